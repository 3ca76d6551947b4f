import path from "node:path";
import type { Context } from "../../context.js";
import { type StoreFlags, storesOf } from "./stores.js";

export async function run(context: Context, input: StoreFlags & { dir: string }): Promise<void> {
  const { backUp } = await import("../../newsroom/transfer/backup.js");
  const folder = path.resolve(context.cwd, input.dir);
  const copied = await backUp(await storesOf(context, input), folder, context.version, context.host.now());
  const messages = context.messages.newsroom;
  context.output.result(
    { path: folder, ...copied },
    (style) => `${style.good("✓")} ${messages.backedUp({ path: folder, ...copied })}`,
  );
}
