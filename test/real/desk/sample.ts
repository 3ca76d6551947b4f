import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fillNewsroom, sampleNow } from "../../../scripts/desk-sample.mjs";
import { linkPerson } from "../../../src/newsroom/local-people.js";
import { type RunningNewsroom, serve } from "../../../src/newsroom/serve.js";
import { checkpointThread, images, textsFile } from "../../newsroom/support/newsroom.js";
import type { Watched } from "./browser.js";

/** The newsroom of docs/desk, served in this process: people, submissions in every state, photos. */
export interface SampleNewsroom extends RunningNewsroom {
  folder: string;
  /** Ids. */
  admin: string;
  editor: string;
  submission: string;
  people: Record<string, { id: string; token: string }>;
  /** Logs a browser in as someone, by a link. */
  enter(desk: Watched, who: string): Promise<void>;
  remove(): Promise<void>;
}

export async function startSample(): Promise<SampleNewsroom> {
  const parent = await mkdtemp(path.join(tmpdir(), "kominfo-desk-test-"));
  const folder = path.join(parent, "newsroom");
  const sample = await fillNewsroom(folder);
  const now = () => sampleNow as Date;
  const running = await serve({
    host: "127.0.0.1",
    port: 0,
    data: folder,
    images,
    version: "0.1.0",
    now,
    texts: { file: textsFile },
    checkpointThread,
  });
  return {
    ...running,
    ...sample,
    folder,
    async enter({ page }, who) {
      const { path: link } = await linkPerson(folder, sample.people[who]!.id, now());
      await page.goto(running.url + link);
      await page.locator("main button").click();
      await page.waitForURL(`${running.url}/`);
    },
    async remove() {
      await running.close();
      await rm(parent, { recursive: true, force: true });
    },
  };
}
