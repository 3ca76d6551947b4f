import type { Context } from "../../context.js";
import { typedOrigin } from "../../credentials/origin.js";
import { usage } from "../../errors/errors.js";
import { findKecamatan, type Kecamatan, nearestKecamatan } from "../../region/kecamatan.js";
import { oneOf } from "../../terminal/prompts/ask.js";
import { cleanLine } from "../../text/clean.js";
import { isWholeText } from "../../text/decode.js";
import { languages } from "../../text/language.js";
import { keyOfSetting, type SettingName, settingNames } from "../../workspace/settings-edit.js";
import type { WorkspaceSettings } from "../../workspace/types.js";
import { askAddress, askKecamatan } from "./questions.js";

/** What kominfo.yaml says, by the names of `kominfo config`; null where it says nothing. */
export function settingValues(settings: WorkspaceSettings) {
  const { kecamatan, newsroom, credit, language } = settings;
  return {
    newsroom: newsroom?.origin ?? null,
    kecamatan: { code: kecamatan.code, name: kecamatan.name },
    credit: credit ?? null,
    lang: language,
  };
}

/** A setting by the name of `kominfo config` or of kominfo.yaml. Throws `bad-choice` (exit 2) with the nearest. */
export function settingNamed(typed: string): SettingName {
  const byKey = settingNames.find((name) => keyOfSetting(name) === typed.trim().toLowerCase());
  return byKey ?? oneOf("<setting>", typed, settingNames);
}

/** A value as a person reads it; undefined where it is not set. */
export function settingText(settings: WorkspaceSettings, name: SettingName): string | undefined {
  const value = settingValues(settings)[name];
  if (value === null) return undefined;
  return cleanLine(typeof value === "string" ? value : value.name);
}

/** The kecamatan that a person names. Throws `kecamatan-unknown` (exit 2) with the nearest. */
export function kecamatanNamed(wanted: string): Kecamatan {
  const kecamatan = findKecamatan(wanted);
  if (kecamatan) return kecamatan;
  throw usage("kecamatan-unknown", { given: wanted, nearest: nearestKecamatan(wanted)?.name });
}

/** What kominfo.yaml holds for a typed value. Throws `address-*`, `kecamatan-unknown`, `bad-choice`, `missing-argument`, `flag-letters` (exit 2). */
export function writtenValue(name: SettingName, typed: string): string {
  const value = cleanLine(typed).trim();
  if (value === "") throw usage("missing-argument", { name: "value", command: `kominfo config set ${name}` });
  if (!isWholeText(value)) throw usage("flag-letters", { flag: "<value>" });
  switch (name) {
    case "newsroom":
      return typedOrigin(value);
    case "kecamatan":
      return kecamatanNamed(value).code;
    case "lang":
      return oneOf("<value>", value, languages);
    default:
      return value;
  }
}

/** A value for a setting, from a person. Throws `missing-argument` (exit 2) where nobody can be asked. */
export async function askSettingValue(context: Context, name: SettingName): Promise<string> {
  const prompter = await context.prompter();
  if (!prompter) throw usage("missing-argument", { name: "value", command: `kominfo config set ${name}` });
  const { settings: messages, diagnostics } = context.messages;
  const { settings } = await context.workspace();
  const message = messages.names[name];
  switch (name) {
    case "newsroom":
      return (await askAddress(context, prompter, { message })) ?? "";
    case "kecamatan":
      return askKecamatan(context, prompter, settings.kecamatan.name);
    case "lang":
      return prompter.select({
        message,
        choices: languages.map((value) => ({ value, name: messages.languages[value] })),
        default: settings.language,
      });
    default:
      return prompter.text({
        message,
        validate: (typed) => (typed.trim() === "" ? diagnostics.required() : ""),
        ...(settings.credit && { default: settings.credit, editable: true }),
      });
  }
}
