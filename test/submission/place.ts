import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { bundleLayout } from "../../src/post/bundle.js";
import type { Bundle } from "../../src/workspace/posts.js";
import { as, startNewsroom, type TestNewsroom } from "../newsroom/support/newsroom.js";
import { startProxy, type TestProxy } from "../support/proxy.js";

/** A newsroom behind a line that can be cut, its operator's token, and an editor. */
export interface Place {
  newsroom: TestNewsroom;
  line: TestProxy;
  operator: string;
  editor: ReturnType<typeof as>;
  close(): Promise<void>;
}

export async function openPlace(): Promise<Place> {
  const newsroom = await startNewsroom();
  const line = await startProxy(newsroom.url);
  return {
    newsroom,
    line,
    operator: await newsroom.token("operator"),
    editor: as(newsroom, await newsroom.token("editor")),
    async close() {
      await line.close();
      await newsroom.remove();
    },
  };
}

/** Where a post may be written, in a folder of its own; nothing is there yet. */
export async function newBundle(): Promise<{ bundle: Bundle; remove: () => Promise<void> }> {
  const parent = await mkdtemp(path.join(tmpdir(), "kominfo-post-"));
  const slug = `posyandu-${randomUUID().slice(0, 8)}`;
  const folder = path.join(parent, slug);
  return {
    bundle: { folder, slug, ...bundleLayout(folder) },
    remove: () => rm(parent, { recursive: true, force: true }),
  };
}
