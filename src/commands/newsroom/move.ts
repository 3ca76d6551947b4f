import type { Context } from "../../context.js";
import { usage } from "../../errors/errors.js";
import { requireDataFolder, type StoreFlags, storesOf } from "./stores.js";

interface Input extends StoreFlags {
  to?: string;
  dryRun?: boolean;
}

/** Moves a data folder into a database. Without `--to`, the target is the environment's database. */
export async function run(context: Context, input: Input): Promise<void> {
  const { moveNewsroom, planMove } = await import("../../newsroom/transfer/move.js");
  const messages = context.messages.newsroom;
  const target = await storesOf(context, { ...input, database: input.to });
  if (!target.database) throw usage("newsroom-database-invalid");
  const to = target.database.displayUrl;
  const { data } = target;
  await requireDataFolder(context, data);
  const now = context.host.now();
  if (input.dryRun) {
    const planned = await planMove(data, target, now);
    context.output.result({ to, dry_run: true, ...planned }, () =>
      messages.wouldMove({ path: to, ...planned }),
    );
    return;
  }
  const moved = await moveNewsroom(data, target, now, (what) =>
    context.output.detail(messages.copying({ what })),
  );
  context.output.result(
    { to, dry_run: false, ...moved },
    (style) => `${style.good("✓")} ${messages.moved({ path: to, ...moved })}`,
  );
}
