import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Context } from "../../context.js";
import { readYaml } from "../../files/yaml.js";
import { hashtagOf, kecamatanOfHashtag } from "../../region/kecamatan.js";
import { untouched } from "../../terminal/prompts/untouched.js";
import { cleanLine } from "../../text/clean.js";
import { workspaceFile } from "../../workspace/find.js";
import { type SettingName, saveSetting } from "../../workspace/settings-edit.js";
import type { WorkspaceSettings } from "../../workspace/types.js";
import { openWorkspace } from "../../workspace/workspace.js";
import { askSettingValue, settingNamed, settingText, settingValues, writtenValue } from "./values.js";

interface Input {
  setting: string;
  /** The words of the value: a name of two needs no quotation marks. */
  value?: string[];
}

export async function run(context: Context, input: Input): Promise<void> {
  const name = settingNamed(input.setting);
  const { root, settings: before } = await context.workspace();
  const typed = input.value?.length
    ? input.value.join(" ")
    : await untouched(() => askSettingValue(context, name));
  const isCleared = name === "credit" && typed === "" && input.value !== undefined && input.value.length > 0;
  await saveSetting(root, name, isCleared ? "" : writtenValue(name, typed));

  const messages = context.messages.settings;
  const { settings } = await openWorkspace(root);
  const change = { setting: messages.names[name], value: settingText(settings, name) ?? "" };
  const told = isCleared ? messages.cleared(change) : messages.changed(change);
  const changed = (settingText(before, name) ?? "") !== change.value;
  context.output.result({ name, value: settingValues(settings)[name], changed }, (style) =>
    changed ? `${style.good("✓")} ${told}` : isCleared ? told : messages.unchanged(change),
  );
  if (!changed) return;
  for (const note of consequences(context, name, before.credit)) context.output.note(note);
  if (name === "kecamatan") await noteHashtags(context, root, settings);
}

/** What does not change with a setting, and may have to. */
function consequences({ messages }: Context, name: SettingName, credit: string | undefined): string[] {
  if (name === "newsroom") return [messages.settings.loginNext];
  if (name === "kecamatan" && credit) return [messages.settings.creditStays({ credit })];
  return [];
}

/** The hashtags of a kecamatan go out with every post: those of another one are told, with the line that would be right. */
async function noteHashtags(
  { messages, output }: Context,
  root: string,
  { hashtags, kecamatan }: WorkspaceSettings,
): Promise<void> {
  const isOther = (tag: string) => {
    const named = kecamatanOfHashtag(tag);
    return named !== undefined && named.code !== kecamatan.code;
  };
  const others = hashtags.filter(isOther);
  if (others.length === 0) return;
  const path = join(root, workspaceFile);
  const { lines } = readYaml((await readFile(path, "utf8")).replace(/^\ufeff/, ""));
  const right = hashtags.map((tag) => (isOther(tag) ? hashtagOf(kecamatan) : tag));
  output.note(
    messages.settings.hashtagsStay({ tags: others.map(cleanLine), path, line: lines.get("hashtags") }),
  );
  const shown = [...new Set(right)].map((tag) => JSON.stringify(cleanLine(tag))).join(", ");
  output.note(`  ${output.noteStyle.command(`hashtags: [${shown}]`)}`);
}
