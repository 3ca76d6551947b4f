import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { sha256, sha256File } from "../../src/files/hash.js";

test("sha256 gives the digests of FIPS 180-4, of text and of bytes", () => {
  expect(sha256("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(sha256(new Uint8Array())).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

test("sha256File gives the digest of a file larger than one read", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "kominfo-hash-"));
  try {
    const bytes = Buffer.alloc(300_001, "kominfo");
    await writeFile(path.join(folder, "foto.jpg"), bytes);
    expect(await sha256File(path.join(folder, "foto.jpg"))).toBe(
      createHash("sha256").update(bytes).digest("hex"),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("sha256File of a file that is missing fails", async () => {
  await expect(sha256File(path.join(tmpdir(), "kominfo-no-such-file"))).rejects.toMatchObject({
    code: "ENOENT",
  });
});
