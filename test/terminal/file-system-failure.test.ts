import { describe, expect, it } from "vitest";
import { explain } from "../../src/language/explain.js";
import { loadMessages } from "../../src/language/index.js";
import { fileSystemFailure } from "../../src/terminal/report.js";

const messages = await loadMessages("id");

/** What is said of an error as Node throws it. */
function told(facts: { code: string; syscall?: string; path?: string; dest?: string }): string | undefined {
  const failure = fileSystemFailure(Object.assign(new Error(facts.code), facts));
  return failure && explain(failure, messages).message;
}

describe("a failure of the file system", () => {
  it("names the file that is written, whose disk is full, and not the one it is copied from", () => {
    const copying = {
      syscall: "copyfile",
      path: "/kartu/a.jpg",
      dest: "/kerja/foto/.a.jpg.0123456789ab.tmp",
    };
    expect(told({ code: "ENOSPC", ...copying })).toBe(
      "/kerja/foto/a.jpg tidak dapat ditulis (ruang penyimpanan penuh).",
    );
    expect(told({ code: "EIO", ...copying })).toBe("/kartu/a.jpg tidak dapat dibuka (disk itu bermasalah).");
  });

  it.each([
    [{ code: "EACCES", syscall: "mkdir", path: "/a" }, "/a tidak dapat ditulis (tidak diizinkan)."],
    [{ code: "EACCES", syscall: "scandir", path: "/a" }, "/a tidak dapat dibaca (tidak diizinkan)."],
    [{ code: "EACCES", syscall: "open", path: "/a" }, "/a tidak dapat dibuka (tidak diizinkan)."],
    [{ code: "ENOSPC", syscall: "write" }, "Sebuah berkas tidak dapat ditulis (ruang penyimpanan penuh)."],
    [{ code: "SQLITE_FULL", path: "/a" }, "/a tidak dapat ditulis (ruang penyimpanan penuh)."],
  ])("of %j says one thing", (facts, sentence) => {
    expect(told(facts)).toBe(sentence);
  });

  it("is no failure of a program", () => {
    expect(told({ code: "ERR_INVALID_ARG_TYPE" })).toBeUndefined();
    expect(told({ code: "ECONNREFUSED", syscall: "connect" })).toBeUndefined();
  });
});
