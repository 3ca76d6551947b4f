import type { RenderChannels } from "../../channels/render.js";
import { problem } from "../services/problem.js";
import { type PreparedRenderings, prepare, Unprepared } from "../services/submissions/renderings.js";
import type { Writing } from "./write.js";

/** Somebody may change the revision or its photos while they are rendered; hardly three times. */
const maxTries = 3;
/** When to ask again, in s. */
const retryAfter = 1;

/** A way to write what may need renderings, and those that were made for it. */
interface RenderedWriting {
  /**
   * Writes as `write` does. Work that throws `Unprepared` is undone, what it needs is rendered outside the transaction, and it
   * begins again: it is refused for its own reasons first, and nothing is rendered for it then. Throws as `render` does, and
   * `too-many-requests` (503) when what is rendered changes each time.
   */
  write: Writing["write"];
  /** For the work to use. */
  prepared(): PreparedRenderings | undefined;
}

/** @param render in a thread: a text may take seconds */
export function writeRendered(write: Writing["write"], render: RenderChannels): RenderedWriting {
  let prepared: PreparedRenderings | undefined;
  return {
    prepared: () => prepared,
    async write(request, work) {
      for (let tries = 0; tries <= maxTries; tries += 1) {
        try {
          return await write(request, work);
        } catch (error) {
          if (!(error instanceof Unprepared)) throw error;
          if (tries < maxTries) prepared = await prepare(error, render);
        }
      }
      throw problem("too-many-requests", { status: 503, retry_after: retryAfter });
    },
  };
}
