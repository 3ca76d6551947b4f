import type { SettingsErrors } from "../../errors/workspace.js";
import type { settings as original } from "../id/settings.js";
import type { ErrorSentences } from "../types.js";

export const settings: typeof original = {
  names: {
    newsroom: "Newsroom address",
    kecamatan: "Kecamatan",
    credit: "Photo credit",
    lang: "Language",
  },
  languages: { id: "Indonesian", en: "English" },
  unset: "not set",
  changed: (p) => `${p.setting}: ${p.value}`,
  cleared: (p) => `${p.setting}: cleared`,
  unchanged: (p) => `${p.setting} is ${p.value} already.`,
  creditStays: (p) =>
    `The photo credit is still "${p.credit}". To change it: kominfo config set credit "Foto: …"`,
  hashtagsStay: (p) =>
    `Every post still goes out with ${p.tags.map((tag) => `#${tag}`).join(", ")}. Change it in ${p.path}${p.line === undefined ? "" : `, line ${p.line}`}, to:`,
  loginNext: "A login is for one address. Log in with: kominfo auth login newsroom",
};

export const settingsErrors: ErrorSentences<SettingsErrors> = {
  "setting-unset": (p) => [
    `${p.setting} is not set in kominfo.yaml.`,
    `kominfo config set ${p.name} <value>`,
  ],
};
