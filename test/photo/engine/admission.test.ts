import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createSharpEngine } from "../../../src/photo/engine/sharp-engine.js";
import type { Admission } from "../../../src/photo/types.js";
import { photoFolder, pictureKinds, pictureOf } from "../../support/photos.js";

const engine = createSharpEngine();
const pixels = 60 * 40;
const pixelsDecodedWhole = 30 * 40;

/** Verifies a picture of this kind; `cut` takes its last bytes away. */
async function verify(kind: string, width: number, admission: Partial<Admission> = {}, cut = false) {
  const bytes = await pictureOf(kind, width, 40);
  const file = path.join(await photoFolder(), "a");
  const format = pictureKinds.find((picture) => picture.kind === kind)!.format;
  // The end of a PNG is a chunk of 12 bytes that no decoder needs.
  const missing = format === "png" ? 20 : 3;
  await writeFile(file, cut ? bytes.subarray(0, bytes.length - missing) : bytes);
  return engine.verify(file, { format, pixels, pixelsDecodedWhole, ...admission });
}

describe.each(pictureKinds)("an admitted photo: $kind", ({ kind, format, whole }) => {
  const most = whole ? 30 : 60;

  it("may have as many pixels as the limit of its kind", async () => {
    await expect(verify(kind, most)).resolves.toMatchObject({ width: most, height: 40 });
  });

  it("may have no more: it is refused with its size and that limit", async () => {
    await expect(verify(kind, most + 1)).rejects.toMatchObject({
      code: "photo-too-large",
      params: { width: most + 1, height: 40, megapixels: (most * 40) / 1_000_000 },
    });
  });

  // A WebP tells its length in its header.
  it.skipIf(format === "webp")(
    "is refused by its header alone: that its pixels are cut off is not noticed",
    async () => {
      await expect(verify(kind, most + 1, {}, true)).rejects.toMatchObject({ code: "photo-too-large" });
      await expect(verify(kind, most, {}, true)).rejects.toMatchObject({ code: "photo-damaged" });
    },
  );

  it("is of one format: another is not decoded", async () => {
    const other = format === "png" ? "jpeg" : "png";
    await expect(verify(kind, most, { format: other }, true)).rejects.toMatchObject({
      code: "photo-not-supported",
      params: { found: format },
    });
  });
});

it("without a limit of its own a photo may be as large as the engine takes", async () => {
  const file = path.join(await photoFolder(), "a.jpg");
  await writeFile(file, await pictureOf("jpeg, progressive", 61, 40));
  await expect(engine.verify(file)).resolves.toMatchObject({ width: 61 });
});
