import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isInside, isPortableName, portableName } from "../../src/files/names.js";

const seed = 23;
const anyName = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({ unit: fc.constantFrom(..."aZ0. ._-:*?\\/\u202e\u0000\u0301é👪\ud800"), maxLength: 300 }),
  fc
    .tuple(
      fc.constantFrom("con", "NUL", "Com1", "lpt¹", "aux", "CONIN$"),
      fc.constantFrom("", " ", ".", ".jpg", " .txt"),
    )
    .map(([device, ending]) => device + ending),
);

describe("isPortableName", () => {
  test.each(["foto.jpg", "IMG 0001.JPG", ".kominfo", "Kegiatan é.png", "console.txt", "com10", "nulis.md"])(
    "takes %j",
    (name) => {
      expect(isPortableName(name)).toBe(true);
    },
  );

  test.each(["", ".", "..", "a.", "a ", "a/b", "a\\b", "C:a", "a?", "a\u0000b", "a\nb", "x".repeat(256)])(
    "refuses %j",
    (name) => {
      expect(isPortableName(name)).toBe(false);
    },
  );

  test.each(["con", "NUL", "aux.txt", "Com1.tar.gz", "lpt¹.jpg", "CONOUT$", "nul .txt"])(
    "refuses the Windows device %j",
    (name) => {
      expect(isPortableName(name)).toBe(false);
    },
  );
});

describe("portableName", () => {
  test("gives a name that every system accepts, whatever comes in", () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const portable = portableName(name, "foto");
        expect(isPortableName(portable)).toBe(true);
        expect(portable.isWellFormed()).toBe(true);
      }),
      { seed, numRuns: 1500 },
    );
  });

  test("stays inside its folder by the rules of Windows and of POSIX", () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const portable = portableName(name, "foto");
        expect(path.win32.resolve("C:\\kerja\\foto", portable)).toBe(`C:\\kerja\\foto\\${portable}`);
        expect(path.posix.resolve("/kerja/foto", portable)).toBe(`/kerja/foto/${portable}`);
      }),
      { seed, numRuns: 500 },
    );
  });

  test("changes nothing the second time", () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const once = portableName(name, "foto");
        expect(portableName(once, "foto")).toBe(once);
      }),
      { seed, numRuns: 1000 },
    );
  });

  test.each([
    ["IMG_0001.JPG", "IMG_0001.JPG"],
    ["C:\\Users\\Ani\\foto: rapat?.jpg", "foto rapat.jpg"],
    ["../../etc/passwd", "passwd"],
    ["CON.jpg", "foto-CON.jpg"],
    ["nul .txt", "foto-nul.txt"],
    ["evil\u202egpj.exe", "evilgpj.exe"],
    ["???", "foto"],
    ["  rapat   minggon  .png", "rapat minggon.png"],
    ["e\u0301.jpg", "é.jpg"],
  ])("makes %j %j", (name, expected) => {
    expect(portableName(name, "foto")).toBe(expected);
  });

  test("cuts a long stem at a whole character and keeps the ending", () => {
    const name = portableName(`${"é".repeat(200)}.jpeg`, "foto");
    expect(name).toBe(`${"é".repeat(50)}.jpeg`);
  });
});

describe("isInside", () => {
  test.each([
    ["/kerja", "/kerja", true],
    ["/kerja", "/kerja/tulisan/a.md", true],
    ["/kerja", "/kerja/..a", true],
    ["/kerja", "/kerja-lain/a.md", false],
    ["/kerja", "/kerja/../rahasia", false],
    ["/kerja/a", "/kerja", false],
  ])("POSIX: %s holds %s: %s", (folder, target, expected) => {
    expect(isInside(folder, target, path.posix)).toBe(expected);
  });

  test.each([
    ["C:\\Kerja", "c:\\kerja\\a.md", true],
    ["C:\\Kerja", "C:/Kerja/foto/a.jpg", true],
    ["C:\\Kerja", "C:\\Kerja\\..\\Rahasia", false],
    ["C:\\Kerja", "D:\\Kerja\\a.md", false],
    ["C:\\Kerja", "\\\\server\\share\\a.md", false],
    ["\\\\server\\share\\kerja", "\\\\server\\share\\kerja\\a", true],
    ["\\\\server\\share\\kerja", "\\\\server\\other\\kerja\\a", false],
  ])("Windows: %s holds %s: %s", (folder, target, expected) => {
    expect(isInside(folder, target, path.win32)).toBe(expected);
  });

  test("holds whatever is reached by portable names alone, and nothing above it", () => {
    const names = fc.array(
      anyName.map((name) => portableName(name, "foto")),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(names, fc.constantFrom(path.win32, path.posix), (parts, system) => {
        const folder = system === path.win32 ? "C:\\kerja" : "/kerja";
        const target = system.join(folder, ...parts);
        expect(isInside(folder, target, system)).toBe(true);
        expect(isInside(target, folder, system)).toBe(false);
        expect(isInside(folder, system.join(folder, ...parts, ...parts.map(() => ".."), ".."), system)).toBe(
          false,
        );
      }),
      { seed, numRuns: 300 },
    );
  });
});
