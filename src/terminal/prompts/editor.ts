import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Environment } from "../host.js";
import { shellWords } from "./path.js";

/**
 * Editors that a person can use without having learnt them, the best first, with the flag that makes one wait until the file is closed.
 * No vi: who does not know it does not get out of it.
 */
const plain = [["nano"], ["micro"], ["mcedit"]];
const windows = [
  ["gnome-text-editor", "--standalone"],
  ["gedit", "--wait"],
  ["xed", "--wait"],
  ["kate", "--block"],
  ["code", "--wait"],
];
const byPlatform: Partial<Record<NodeJS.Platform, string[][]>> = {
  win32: [["notepad"]],
  darwin: [...plain, ["open", "-W", "-n", "-t"]],
};

/**
 * The program that edits a text, with its arguments: the person's own ($VISUAL, $EDITOR), else the best that is there. Undefined where
 * there is none.
 *
 * @param isThere whether there is a program of this name, or at this path
 * @param onMissing called with a variable that names a program that is not there, and its name
 */
export function chooseEditor(
  env: Environment,
  platform: NodeJS.Platform,
  isThere: (name: string) => boolean,
  onMissing: (variable: string, program: string) => void = () => {},
): string[] | undefined {
  for (const variable of ["VISUAL", "EDITOR"] as const) {
    const words = shellWords(env[variable] ?? "", platform) ?? [];
    const [program] = words;
    if (program === undefined) continue;
    if (isThere(program)) return words;
    onMissing(variable, program);
  }
  // Windows has it always, and finds it by itself.
  if (platform === "win32") return byPlatform.win32?.[0];
  const hasScreen = Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
  const known = byPlatform[platform] ?? [...plain, ...(hasScreen ? windows : [])];
  return known.find(([name = ""]) => isThere(name));
}

/** Whether PATH has a program of this name, or there is one at this path. @param cwd the base of a relative path */
export function isProgram(
  env: Environment,
  platform: NodeJS.Platform,
  cwd: string,
): (name: string) => boolean {
  // Windows spells it Path, and leaves the ending away.
  const searched = Object.entries(env).find(([name]) => name.toUpperCase() === "PATH")?.[1] ?? "";
  const endings = platform === "win32" ? ["", ".exe", ".com"] : [""];
  return (name) => {
    const isPath = name.includes("/") || (platform === "win32" && name.includes("\\"));
    const folders = isPath ? [cwd] : searched.split(path.delimiter).filter(Boolean);
    return folders.some((folder) =>
      endings.some((ending) => existsSync(path.resolve(folder, name + ending))),
    );
  };
}

/**
 * Opens `text` in an editor of this terminal, and returns the saved text. Undefined where the editor cannot be started.
 *
 * @param file.postfix of its name, for the editor's colours
 * @param run another one in tests only
 */
export async function editIn(
  editor: readonly string[],
  { text, postfix }: { text: string; postfix: string },
  run: typeof runHere = runHere,
): Promise<string | undefined> {
  const folder = await mkdtemp(path.join(tmpdir(), "kominfo-edit-"));
  const file = path.join(folder, `naskah${postfix}`);
  try {
    await writeFile(file, text, { mode: 0o600 });
    await run([...editor, file]);
    return (await readFile(file, "utf8")).replace(/^\ufeff/, "").replace(/\r\n/g, "\n");
  } catch (error) {
    // The program that was named is not there, or may not be run.
    const reason = (error as NodeJS.ErrnoException).code ?? "";
    if (["ENOENT", "EACCES", "ENOTDIR"].includes(reason)) return undefined;
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs a program in this terminal until it ends. Rejects where it cannot be started. */
function runHere([program = "", ...words]: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: "inherit" });
    child.once("error", reject);
    child.once("exit", () => resolve());
  });
}
