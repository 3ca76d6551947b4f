import { describe, expect, it } from "vitest";
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
