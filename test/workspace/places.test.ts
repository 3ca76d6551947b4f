import { mkdir } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { findWorkspaceFile } from "../../src/workspace/find.js";
import { chooseLanguage } from "../../src/workspace/language.js";
import { userPaths } from "../../src/workspace/paths.js";
import { newsroomOrigin, openWorkspace } from "../../src/workspace/workspace.js";
import { emptyFolder, newWorkspace, put } from "./place.js";

describe("the workspace", () => {
  it("is the nearest folder upward that holds kominfo.yaml", async () => {
    const outer = await emptyFolder();
    const deep = path.join(outer, "berita", "posts", "satu", "foto");
    await mkdir(deep, { recursive: true });
    const file = await put(path.join(outer, "berita", "kominfo.yaml"), "kecamatan: Setu\n");
    await put(path.join(outer, "kominfo.yaml"), "kecamatan: Babelan\n");
    expect(findWorkspaceFile(deep)).toBe(file);
    expect((await openWorkspace(deep)).settings.kecamatan.name).toBe("Setu");
  });

  it("is missing (exit 2) where there is none above", async () => {
    const folder = await emptyFolder();
    expect(findWorkspaceFile(folder)).toBeUndefined();
    await expect(openWorkspace(folder)).rejects.toMatchObject({ code: "workspace-missing", exit: 2 });
  });

  it("is refused with its file and every problem", async () => {
    const folder = await emptyFolder();
    const file = await put(path.join(folder, "kominfo.yaml"), "language: su\n");
    await expect(openWorkspace(folder)).rejects.toMatchObject({
      code: "workspace-invalid",
      exit: 2,
      params: { path: file, problems: [{ code: "required" }, { code: "one-of", line: 1 }] },
    });
  });

  it("hands warnings on, and opens", async () => {
    const folder = await emptyFolder();
    await put(path.join(folder, "kominfo.yaml"), "kecamatan: Setu\nkunci_baru: x\n");
    const received: unknown[] = [];
    await openWorkspace(folder, (_file, warnings) => received.push(...warnings));
    expect(received).toMatchObject([{ code: "unknown-key", line: 2, severity: "warning" }]);
  });

  it("without a newsroom says so when one is needed (exit 2)", async () => {
    const without = await newWorkspace();
    expect(() => newsroomOrigin(without)).toThrow(
      expect.objectContaining({ code: "newsroom-unset", exit: 2 }),
    );
    const online = await newWorkspace("newsroom: { url: https://redaksi.example.go.id }\n");
    expect(newsroomOrigin(online)).toBe("https://redaksi.example.go.id");
  });
});

describe("the language", () => {
  const inEnglish = async () => {
    const folder = await emptyFolder();
    await put(path.join(folder, "kominfo.yaml"), 'kecamatan: Setu\nlanguage: "en" # Inggris\n');
    return folder;
  };

  it("is Indonesian where nobody says otherwise", async () => {
    expect(chooseLanguage([], { cwd: await emptyFolder(), env: { LANG: "en_US.UTF-8" } })).toBe("id");
  });

  it("is the workspace's, also of the one that -C names", async () => {
    const english = await inEnglish();
    const elsewhere = await emptyFolder();
    expect(chooseLanguage([], { cwd: english, env: {} })).toBe("en");
    for (const argv of [["-C", english], ["--workspace", english], [`--workspace=${english}`]])
      expect(chooseLanguage(["post", "list", ...argv], { cwd: elsewhere, env: {} })).toBe("en");
  });

  it("is KOMINFO_LANG before the workspace's, and --lang before both", async () => {
    const cwd = await inEnglish();
    expect(chooseLanguage([], { cwd, env: { KOMINFO_LANG: "id" } })).toBe("id");
    expect(chooseLanguage(["--lang", "en"], { cwd, env: { KOMINFO_LANG: "id" } })).toBe("en");
    expect(chooseLanguage(["--lang=id"], { cwd, env: {} })).toBe("id");
  });

  it("is never one that we do not speak, and never an error", async () => {
    const cwd = await emptyFolder();
    await mkdir(path.join(cwd, "kominfo.yaml"));
    expect(chooseLanguage(["--lang"], { cwd, env: { KOMINFO_LANG: "su" } })).toBe("id");
  });
});

describe("the folders of a person", () => {
  it.each<[string, NodeJS.Platform, string, Record<string, string>, string, string, string]>([
    [
      "Linux",
      "linux",
      "/home/siti",
      {},
      "/home/siti/.config/kominfo",
      "/home/siti/.local/share/kominfo",
      "/home/siti/.local/state/kominfo",
    ],
    [
      "Linux with XDG",
      "linux",
      "/home/siti",
      { XDG_CONFIG_HOME: "/c", XDG_DATA_HOME: "/d", XDG_STATE_HOME: "/s" },
      "/c/kominfo",
      "/d/kominfo",
      "/s/kominfo",
    ],
    [
      "Linux with relative XDG, which is ignored",
      "linux",
      "/home/siti",
      { XDG_CONFIG_HOME: "c", XDG_DATA_HOME: "" },
      "/home/siti/.config/kominfo",
      "/home/siti/.local/share/kominfo",
      "/home/siti/.local/state/kominfo",
    ],
    [
      "macOS",
      "darwin",
      "/Users/siti",
      { XDG_CONFIG_HOME: "/c" },
      "/Users/siti/Library/Application Support/kominfo",
      "/Users/siti/Library/Application Support/kominfo",
      "/Users/siti/Library/Application Support/kominfo/state",
    ],
    [
      "Windows",
      "win32",
      "C:\\Users\\siti",
      { APPDATA: "D:\\Roaming", LOCALAPPDATA: "D:\\Local" },
      "D:\\Roaming\\kominfo",
      "D:\\Local\\kominfo",
      "D:\\Local\\kominfo\\state",
    ],
    [
      "Windows without its variables",
      "win32",
      "C:\\Users\\siti",
      {},
      "C:\\Users\\siti\\AppData\\Roaming\\kominfo",
      "C:\\Users\\siti\\AppData\\Local\\kominfo",
      "C:\\Users\\siti\\AppData\\Local\\kominfo\\state",
    ],
  ])("lie where %s wants them", (_system, platform, home, env, config, data, state) => {
    expect(userPaths(env, home, platform)).toEqual({ config, data, state });
  });
});
