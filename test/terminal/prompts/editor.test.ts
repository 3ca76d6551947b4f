import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { chooseEditor, editIn, isProgram } from "../../../src/terminal/prompts/editor.js";

const has =
  (...names: string[]) =>
  (name: string) =>
    names.includes(name);

describe("the editor", () => {
  it.each([
    [{ VISUAL: "code --wait", EDITOR: "vi" }, "linux", ["nano", "code"], ["code", "--wait"]],
    [{ VISUAL: "code --wait", EDITOR: "vi" }, "linux", ["nano", "vi"], ["vi"]],
    [{ EDITOR: "tidakada" }, "linux", ["nano"], ["nano"]],
    [{ EDITOR: "vi" }, "linux", ["nano", "vi"], ["vi"]],
    [
      { EDITOR: '"C:\\Program Files\\Notepad++\\n.exe" -multiInst' },
      "win32",
      ["C:\\Program Files\\Notepad++\\n.exe"],
      ["C:\\Program Files\\Notepad++\\n.exe", "-multiInst"],
    ],
    [{}, "linux", ["vi", "vim", "nano", "micro"], ["nano"]],
    [{ EDITOR: " " }, "linux", ["micro", "vim"], ["micro"]],
    [{}, "linux", ["vi", "vim", "gedit"], undefined],
    [{ DISPLAY: ":0" }, "linux", ["vi", "gedit"], ["gedit", "--wait"]],
    [{}, "darwin", ["vi", "nano", "open"], ["nano"]],
    [{}, "darwin", ["vi", "open"], ["open", "-W", "-n", "-t"]],
    [{}, "win32", [], ["notepad"]],
    [{}, "linux", ["vi", "vim"], undefined],
  ] as const)("with %j on %s where %j is there is %j", (env, platform, there, editor) => {
    expect(chooseEditor(env, platform, has(...there))).toEqual(editor);
  });

  it("that a variable names and that is not there is told", () => {
    const told: string[][] = [];
    const env = { VISUAL: "kode --wait", EDITOR: "nano" };
    chooseEditor(env, "linux", has("nano", "micro"), (...missing) => told.push(missing));
    expect(told).toEqual([["VISUAL", "kode"]]);
  });

  it("is looked for on PATH, and where a path leads", () => {
    const [folder, name] = [path.dirname(process.execPath), path.basename(process.execPath)];
    const isThere = isProgram({ PATH: `/tidak-ada${path.delimiter}${folder}` }, "linux", folder);
    expect([name, process.execPath, `./${name}`].map(isThere)).toEqual([true, true, true]);
    expect(["tidak-ada", "/tidak-ada/nano", "./tidak-ada"].map(isThere)).toEqual([false, false, false]);
    expect(isProgram({}, "linux", folder)(name)).toBe(false);
  });

  it("gets the text in a file, and its saved text is read as UTF-8", async () => {
    let opened: readonly string[] = [];
    const runHere = async (command: readonly string[]) => {
      opened = command;
      expect(await readFile(command.at(-1)!, "utf8")).toBe("Lama");
      await writeFile(command.at(-1)!, "\ufeffBaru é\r\n");
    };
    expect(await editIn(["nano", "-w"], { text: "Lama", postfix: ".md" }, runHere)).toBe("Baru é\n");
    expect(opened.slice(0, 2)).toEqual(["nano", "-w"]);
    await expect(readFile(opened[2]!)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("that is not there is none", async () => {
    const runHere = () => Promise.reject(Object.assign(new Error("spawn"), { code: "ENOENT" }));
    expect(await editIn(["tidak-ada"], { text: "", postfix: ".md" }, runHere)).toBeUndefined();
  });
});
