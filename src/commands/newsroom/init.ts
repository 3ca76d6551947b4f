import type { Context } from "../../context.js";
import { dataFolder, quotePath } from "./stores.js";

/** Makes a newsroom in a folder, and says what comes next. A folder that holds one stays as it is. */
export async function run(context: Context, input: { data?: string }): Promise<void> {
  const { holdsNewsroom } = await import("../../newsroom/store/database/find.js");
  const { openStore } = await import("../../newsroom/store/database/open.js");
  const folder = dataFolder(context, input.data);
  const created = !(await holdsNewsroom(folder));
  const store = await openStore(folder, context.host.now());
  await store.destroy();
  const { output } = context;
  const messages = context.messages.newsroom;
  output.result({ path: folder, created }, (style) =>
    created
      ? `${style.good("✓")} ${messages.madeIn({ path: folder })}`
      : messages.isInAlready({ path: folder }),
  );
  const data = `--data ${quotePath(folder)}`;
  output.note(messages.afterInit);
  output.note(`  ${output.noteStyle.command(`kominfo newsroom user add --role admin ${data}`)}`);
  output.note(`  ${output.noteStyle.command(`kominfo newsroom serve ${data}`)}`);
}
