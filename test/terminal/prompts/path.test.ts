import { describe, expect, it } from "vitest";
import { typedPath, typedPaths } from "../../../src/terminal/prompts/path.js";

const linux = { home: "/home/siti", platform: "linux" } as const;
const windows = { home: "C:\\Users\\Siti", platform: "win32" } as const;
const nothing = () => false;
const only = (path: string) => (candidate: string) => candidate === path;

describe("a path that is dragged or pasted", () => {
  it.each([
    ["'/foto/acara desa/a.jpg'", "/foto/acara desa/a.jpg"],
    ['"/foto/acara desa/a.jpg"', "/foto/acara desa/a.jpg"],
    ["“/foto/acara desa/a.jpg”", "/foto/acara desa/a.jpg"],
    ["/foto/acara\\ desa/a.jpg ", "/foto/acara desa/a.jpg"],
    ["  /foto/a.jpg  ", "/foto/a.jpg"],
    ["'/foto/Jum'\\''at/a.jpg'", "/foto/Jum'at/a.jpg"],
    ["/foto/Jum\\'at\\ \\(1\\).jpg", "/foto/Jum'at (1).jpg"],
    ["file:///foto/acara%20desa/a.jpg", "/foto/acara desa/a.jpg"],
    ["'file:///foto/acara%20desa/a.jpg'", "/foto/acara desa/a.jpg"],
    ["file://localhost/foto/a.jpg", "/foto/a.jpg"],
    ["~/foto/a.jpg", "/home/siti/foto/a.jpg"],
    ["'~/foto acara'", "/home/siti/foto acara"],
    ["~", "/home/siti"],
    ["akhir\\ ", "akhir "],
    ["", ""],
  ])("%j is %j", (typed, path) => {
    expect(typedPath(typed, linux, nothing)).toBe(path);
  });

  it.each([
    ["/foto/acara desa/a.jpg"],
    ["/foto/Jum'at/a.jpg"],
    ["/foto/'a'.jpg"],
    ["/foto/a\\b.jpg"],
    ["foto ~/a.jpg"],
  ])("%j stays as it is where it exists so", (typed) => {
    expect(typedPath(typed, linux, only(typed))).toBe(typed);
  });

  it.each([
    ['"D:\\Foto Acara\\a.jpg"', "D:\\Foto Acara\\a.jpg"],
    ["& 'D:\\Foto Acara\\a.jpg'", "D:\\Foto Acara\\a.jpg"],
    ["D:\\Foto\\a.jpg", "D:\\Foto\\a.jpg"],
    ["~\\Foto", "C:\\Users\\Siti\\Foto"],
    ["file:///D:/Foto%20Acara/a.jpg", "D:\\Foto Acara\\a.jpg"],
  ])("on Windows %j is %j", (typed, path) => {
    expect(typedPath(typed, windows, nothing)).toBe(path);
  });
});

describe("several files that are dragged together", () => {
  it("are several", () => {
    expect(typedPaths("'/foto/a 1.jpg' /foto/b\\ 2.jpg ~/c.jpg ", linux, nothing)).toEqual([
      "/foto/a 1.jpg",
      "/foto/b 2.jpg",
      "/home/siti/c.jpg",
    ]);
  });

  it("are one where the name holds blanks and exists", () => {
    expect(typedPaths("/foto/acara desa", linux, only("/foto/acara desa"))).toEqual(["/foto/acara desa"]);
  });
});
