import type { Context } from "../../context.js";
import { failed } from "../../errors/errors.js";
import { settingNamed, settingText, settingValues } from "./values.js";

/** Prints the value alone, for scripts. Throws `setting-unset` (exit 1) where there is none. */
export async function run(context: Context, input: { setting: string }): Promise<void> {
  const name = settingNamed(input.setting);
  const { settings } = await context.workspace();
  const text = settingText(settings, name);
  if (text === undefined) {
    throw failed("setting-unset", { setting: context.messages.settings.names[name], name });
  }
  context.output.result({ name, value: settingValues(settings)[name] }, (style) => style.whole(text));
}
