import type { Context } from "../../context.js";
import { oneOf } from "../../terminal/prompts/ask.js";
import { type SettingName, saveSetting, settingNames } from "../../workspace/settings-edit.js";
import { openWorkspace } from "../../workspace/workspace.js";
import { askSettingValue, settingText, settingValues, writtenValue } from "./values.js";

interface Input {
  setting: string;
  /** The words of the value: a name of two needs no quotation marks. */
  value?: string[];
}

export async function run(context: Context, input: Input): Promise<void> {
  const name = oneOf("setting", input.setting, settingNames);
  const { root, settings: before } = await context.workspace();
  const typed = input.value?.length ? input.value.join(" ") : await askSettingValue(context, name);
  await saveSetting(root, name, writtenValue(name, typed));

  const messages = context.messages.settings;
  const { settings } = await openWorkspace(root);
  const change = { setting: messages.names[name], value: settingText(settings, name) ?? "" };
  const changed = settingText(before, name) !== change.value;
  context.output.result({ name, value: settingValues(settings)[name], changed }, (style) =>
    changed ? `${style.good("✓")} ${messages.changed(change)}` : messages.unchanged(change),
  );
  if (changed) for (const note of consequences(context, name, before.credit)) context.output.note(note);
}

/** What does not change with a setting, and may have to. */
function consequences({ messages }: Context, name: SettingName, credit: string | undefined): string[] {
  if (name === "newsroom") return [messages.settings.loginNext];
  if (name === "kecamatan" && credit) return [messages.settings.creditStays({ credit })];
  return [];
}
