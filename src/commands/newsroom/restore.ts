import path from "node:path";
import type { Context } from "../../context.js";
import { type StoreFlags, storesOf } from "./stores.js";

export async function run(context: Context, input: StoreFlags & { dir: string }): Promise<void> {
  const { restoreNewsroom } = await import("../../newsroom/transfer/move.js");
  const messages = context.messages.newsroom;
  const target = await storesOf(context, input);
  const copied = await restoreNewsroom(
    path.resolve(context.cwd, input.dir),
    target,
    context.host.now(),
    (what) => context.output.detail(messages.copying({ what })),
  );
  context.output.warn(messages.restoredBehind);
  const place = target.database?.displayUrl ?? target.data;
  context.output.result(
    { path: place, ...copied },
    (style) => `${style.good("✓")} ${messages.restored({ path: place, ...copied })}`,
  );
}
