import { existsSync } from "node:fs";
import path from "node:path";
import { pathOfAddress } from "../../files/file-address.js";
import type { Host } from "../host.js";
import type { Prompter } from "./prompter.js";

type Machine = Pick<Host, "home" | "platform">;

/**
 * Reads a path as a person gives it: typed, dragged onto the terminal, or by "Copy as path". Quotation marks, `\ `, `~`, `file://`
 * and blanks around it are taken off. The reading that exists wins, since a name may hold any of these signs itself.
 *
 * @param exists whether there is something at this path
 * @returns absolute, or relative as it was typed; "" for nothing
 */
export function typedPath(typed: string, machine: Machine, exists: (path: string) => boolean): string {
  const readings = readingsOf(typed, machine);
  return readings.find(exists) ?? readings[0] ?? "";
}

/** As `typedPath`, for one or more: several files that are dragged together arrive side by side. */
export function typedPaths(typed: string, machine: Machine, exists: (path: string) => boolean): string[] {
  const whole = readingsOf(typed, machine);
  const found = whole.find(exists);
  if (found !== undefined) return [found];
  const words = shellWords(typed, machine.platform) ?? [];
  if (words.length > 1) return words.map((word) => typedPath(word, machine, exists));
  return whole.slice(0, 1);
}

/** What a person may have meant, the likeliest first. */
function readingsOf(typed: string, machine: Machine): string[] {
  // A blank after a backslash belongs to the name.
  const bare = typed.replace(/^\s+/, "").replace(/(?<!\\)\s+$/, "");
  if (bare === "") return [];
  const words = shellWords(bare, machine.platform);
  const quoted = /^(?:["'“”‘’])(.+)(?:["'“”‘’])$/s.exec(bare)?.[1];
  const readings = [
    ...(words?.length === 1 ? words : []),
    ...(quoted === undefined ? [] : [quoted]),
    ...(machine.platform === "win32" ? [] : [bare.replace(/\\(.)/g, "$1")]),
    bare,
    bare.trim(),
  ];
  return [...new Set(readings.map((reading) => expanded(reading, machine)))];
}

/** Words as a POSIX shell separates them; on Windows a backslash is part of a path. Undefined for an open quotation mark. */
export function shellWords(text: string, platform: NodeJS.Platform): string[] | undefined {
  const escapes = platform !== "win32";
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  // PowerShell puts a call operator before a file that is dropped on it.
  const signs = [...(escapes ? text : text.replace(/^&\s+(?=["'])/, ""))];
  for (let i = 0; i < signs.length; i++) {
    const sign = signs[i]!;
    if (quote !== "") {
      if (sign === quote) quote = "";
      else if (sign === "\\" && escapes && quote === '"' && /["\\$`]/.test(signs[i + 1] ?? ""))
        word += signs[++i]!;
      else word += sign;
    } else if (sign === '"' || sign === "'") {
      quote = sign;
      word ??= "";
    } else if (sign === "\\" && escapes) {
      word = (word ?? "") + (signs[++i] ?? "");
    } else if (/\s/.test(sign)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? "") + sign;
    }
  }
  if (quote !== "") return undefined;
  return word === undefined ? words : [...words, word];
}

function expanded(reading: string, { home, platform }: Machine): string {
  return pathOfAddress(reading, platform === "win32").replace(/^~(?=$|[/\\])/, () => home);
}

/** What of a context a question for a path needs. */
interface Place {
  cwd: string;
  host: Machine;
}

/**
 * Asks for a path until it will do, and returns it absolute.
 *
 * @param problemOf why an absolute path will not do, or ""
 */
export async function askPath(
  { cwd, host }: Place,
  prompter: Prompter,
  question: { message: string; default?: string; problemOf: (path: string) => string },
): Promise<string> {
  const read = (typed: string) =>
    path.resolve(
      cwd,
      typedPath(typed, host, (candidate) => existsSync(path.resolve(cwd, candidate))),
    );
  const typed = await prompter.text({
    message: question.message,
    ...(question.default !== undefined && { default: question.default }),
    validate: (answer) => question.problemOf(answer.trim() === "" ? "" : read(answer)),
  });
  return read(typed);
}
