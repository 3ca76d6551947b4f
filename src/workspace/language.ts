import { readFileSync } from "node:fs";
import path from "node:path";
import type { Host } from "../terminal/host.js";
import { decodeText, isDecoded } from "../text/decode.js";
import type { Language } from "../text/language.js";
import { languages } from "../text/language.js";
import { findWorkspaceFile } from "./find.js";

/**
 * The language of this run: `--lang`, else `KOMINFO_LANG`, else `language:` of kominfo.yaml, else Indonesian. Help needs
 * it before the arguments and kominfo.yaml are parsed, so this function only scans them. It ignores invalid values, which
 * the parsers report later.
 */
export function chooseLanguage(argv: readonly string[], host: Pick<Host, "env" | "cwd">): Language {
  const start = path.resolve(host.cwd, flagValue(argv, "--workspace") ?? flagValue(argv, "-C") ?? ".");
  return (
    findLanguage(flagValue(argv, "--lang")) ??
    findLanguage(host.env.KOMINFO_LANG) ??
    findLanguage(languageOfWorkspace(start)) ??
    "id"
  );
}

function flagValue(argv: readonly string[], flag: string): string | undefined {
  const i = argv.findIndex((argument) => argument === flag || argument.startsWith(`${flag}=`));
  if (i < 0) return undefined;
  return argv[i] === flag ? argv[i + 1] : argv[i]?.slice(flag.length + 1);
}

function findLanguage(text: string | undefined): Language | undefined {
  return languages.find((language) => language === text);
}

function languageOfWorkspace(start: string): string | undefined {
  const file = findWorkspaceFile(start);
  if (!file) return undefined;
  try {
    const text = decodeText(readFileSync(file));
    return isDecoded(text) ? /^language:\s*["']?(\w+)/m.exec(text.text)?.[1] : undefined;
  } catch {
    return undefined;
  }
}
