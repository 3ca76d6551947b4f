import type { ImageEngine } from "../types.js";

/** Total bytes of the pictures of a sheet, so that a browser on an old laptop opens it. */
const budget = 40 * 1024 * 1024;

/**
 * Draws the small pictures of a sheet. Pictures beyond the budget are left out.
 *
 * @param photos number of photos on the sheet; the more, the smaller each picture
 */
export function createGallery(engine: Pick<ImageEngine, "thumbnail">, photos: number) {
  const [sourceEdge, renditionEdge] = photos <= 60 ? [760, 400] : photos <= 250 ? [480, 280] : [320, 200];
  let spent = 0;
  let unseen = 0;
  const draw = async (file: string, edge: number): Promise<Buffer | undefined> => {
    if (spent > budget) {
      unseen++;
      return undefined;
    }
    // The sheet shows a message in place of a picture that cannot be drawn.
    const jpeg = await engine.thumbnail(file, edge).catch(() => undefined);
    spent += jpeg?.length ?? 0;
    return jpeg;
  };
  return {
    source: (file: string) => draw(file, sourceEdge),
    rendition: (file: string) => draw(file, renditionEdge),
    /** Number of pictures left out. */
    unseen: () => unseen,
  };
}
