import path from "node:path";
import { z } from "zod";
import { displayStates } from "../contract/lifecycle.js";
import { writeAtomically } from "../files/atomic.js";
import { readInside, realInside } from "../files/links.js";
import type { Bundle } from "./posts.js";

/** What the newsroom last said of a post, for the time when it cannot be asked: `.kominfo/last-known.json`. */
const schema = z.object({
  /** Of the submission. */
  id: z.string(),
  /** When it was asked, by this computer's clock (ISO 8601). */
  at: z.iso.datetime({ offset: true }),
  revision: z.number().int(),
  shown: z.enum(displayStates),
  updated_at: z.string(),
  remarks: z.array(
    z.object({
      author: z.string(),
      at: z.iso.datetime({ offset: true }),
      body: z.string(),
      declines: z.literal(true).optional(),
    }),
  ),
});
export type LastKnown = z.infer<typeof schema>;

/** undefined where nothing was kept of this submission, or it cannot be read: it is no more than a memory. */
export async function readLastKnown(bundle: Bundle, id: string): Promise<LastKnown | undefined> {
  try {
    const text = (await readInside(bundle.folder, fileOf(bundle))).toString("utf8");
    const known = schema.parse(JSON.parse(text));
    return known.id === id ? known : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps what the newsroom said. A folder that cannot be written keeps nobody from reading the answer itself. */
export async function keepLastKnown(bundle: Bundle, known: LastKnown): Promise<void> {
  try {
    const file = await realInside(bundle.folder, fileOf(bundle));
    await writeAtomically(file, `${JSON.stringify(known, null, 2)}\n`);
  } catch {
    // Said above.
  }
}

function fileOf({ state }: Bundle): string {
  return path.join(path.dirname(state), "last-known.json");
}
