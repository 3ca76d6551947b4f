import { describe, expect, it } from "vitest";
import { batchLine } from "../../src/commands/photo/upload/upload-report.js";
import { temporary } from "../../src/errors/errors.js";
import { loadMessages } from "../../src/language/index.js";
import { createInk } from "../../src/terminal/style.js";
import type { UploadedPhoto } from "../../src/upload/types.js";
import { untruths } from "../support/truth.js";

const told = (argv: string, code: number, stdout: string, stderr = "") =>
  untruths({ argv: argv.split(" "), code, stdout, stderr }).length;

describe("the look at what a run says", () => {
  it("finds a ✓ beside a failure, in any colour, and on either stream", () => {
    expect(told("post attach a b.jpg", 3, "✓ 1 foto ditambahkan")).toBe(1);
    expect(told("photo upload a --event x", 5, "", "\u001b[32m✓\u001b[39m 3 foto lengkap")).toBe(1);
    expect(told("post attach a b.jpg", 0, "✓ 1 foto ditambahkan")).toBe(0);
    expect(told("post attach a b.jpg", 3, "! 1 foto ditambahkan")).toBe(0);
  });

  it("lets commands that print one line for each of several things mark each", () => {
    expect(told("sync", 5, "✓ Naskah a terkirim (revisi 1).")).toBe(0);
    expect(told("--lang en post publish a --to x", 3, "✓ Web: terbit\n✗ X: gagal")).toBe(0);
    expect(told("doctor", 1, "✓ Foto dapat diolah\n✗ Ruang redaksi")).toBe(0);
  });

  it("finds a count of nothing in those too, unless it says why", () => {
    expect(told("sync", 0, "✓ 0 foto lengkap di album.")).toBe(1);
    expect(told("photo inspect a", 0, "✓ 0 foto diperiksa, tidak ada yang bocor")).toBe(1);
    expect(told("photo inspect a", 0, "✓ 10 foto diperiksa")).toBe(0);
    expect(told("newsroom backup a", 0, "✓ Cadangan lengkap: 0 naskah, 0 foto (masih kosong).")).toBe(0);
    expect(told("newsroom backup a", 0, "✓ Cadangan lengkap: 3 naskah, 0 foto.")).toBe(0);
    expect(told("newsroom serve", 0, "✓ http://127.0.0.1:0/x")).toBe(0);
  });
});

describe("the line of a batch", () => {
  const photos = (...attached: boolean[]): UploadedPhoto[] =>
    attached.map((isThere, n) => ({
      ...{ source: `IMG_${n}.jpg`, sha256: null, bytes: 0, attached: isThere },
      status: isThere ? "uploaded" : "waiting",
    }));
  const paused = temporary("lock-held", { path: "lock", host: "laptop", pid: 4711 });

  it("says ✓ only where all photos are there, and there is one", async () => {
    const { upload } = await loadMessages("id");
    const line = (outcome: Parameters<typeof batchLine>[3], how?: { stopped: boolean }) =>
      batchLine(createInk(false), upload, "album", outcome, how);
    expect(line({ photos: photos(true, true) })).toBe("✓ 2 foto lengkap di album.");
    expect(line({ photos: photos(true, false) })).toBe("! 1 dari 2 foto lengkap di album.");
    // Another process holds the lock: nothing is known of these photos.
    expect(line({ photos: photos(false), paused })).toBe("! 0 dari 1 foto lengkap di album.");
    expect(line({ photos: [], paused })).toMatch(/^! Tidak ada foto lagi/);
    expect(line({ photos: photos(true) }, { stopped: true })).toBe("· 1 foto lengkap di album.");
  });
});
