import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromBufferPromise } from "yauzl";
import { storedZip } from "../../src/files/zip-stored.js";

const at = new Date("2026-11-17T10:30:42Z");

async function archiveOf(files: { name: string; bytes: Uint8Array }[], time = at): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of storedZip(files, time)) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function read(archive: Buffer) {
  const zip = await fromBufferPromise(archive, { lazyEntries: true });
  const found: { name: string; bytes: Buffer; at: Date }[] = [];
  for await (const entry of zip.eachEntry()) {
    // yauzl compares CRC-32 and sizes.
    const stream = await zip.openReadStreamPromise(entry);
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    found.push({
      name: entry.fileName,
      bytes: Buffer.concat(chunks),
      at: entry.getLastModDate({ timezone: "UTC" }),
    });
  }
  return found;
}

describe("a stored archive", () => {
  it("is read as it was made: any number of files of any bytes", async () => {
    const file = fc.record({
      name: fc.stringMatching(/^[a-z0-9-]{1,40}\.jpg$/),
      bytes: fc.uint8Array({ maxLength: 3000 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(file, { maxLength: 8 }), async (files) => {
        const found = await read(await archiveOf(files));
        expect(found.map(({ name }) => name)).toEqual(files.map(({ name }) => name));
        for (const [index, { bytes }] of files.entries())
          expect(found[index]!.bytes.equals(bytes)).toBe(true);
      }),
      { seed: 13, numRuns: 60 },
    );
  });

  it("has the time that it is given", async () => {
    const [file] = await read(await archiveOf([{ name: "a.jpg", bytes: new Uint8Array([1, 2, 3]) }]));
    expect(file!.at.toISOString()).toBe("2026-11-17T10:30:42.000Z");
  });

  it("takes part of a larger buffer as that part", async () => {
    const bytes = Buffer.from("xxabcxx").subarray(2, 5);
    expect((await read(await archiveOf([{ name: "a.jpg", bytes }])))[0]!.bytes.toString()).toBe("abc");
  });
});
