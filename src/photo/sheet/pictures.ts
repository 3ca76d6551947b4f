import type { ImageEngine } from "../types.js";

/** Bytes of all pictures of a sheet; a browser on an old laptop still opens it. */
const budget = 40 * 1024 * 1024;

/** Small pictures for a sheet of `photos` photos: the more photos, the smaller. Those beyond the budget are left out. */
export function createGallery(engine: Pick<ImageEngine, "thumbnail">, photos: number) {
  const [sourceEdge, renditionEdge] = photos <= 60 ? [760, 400] : photos <= 250 ? [480, 280] : [320, 200];
  let spent = 0;
  let unseen = 0;
  const draw = async (file: string, edge: number): Promise<Buffer | undefined> => {
    if (spent > budget) {
      unseen++;
      return undefined;
    }
    // What cannot be drawn is said beside its place.
    const jpeg = await engine.thumbnail(file, edge).catch(() => undefined);
    spent += jpeg?.length ?? 0;
    return jpeg;
  };
  return {
    source: (file: string) => draw(file, sourceEdge),
    rendition: (file: string) => draw(file, renditionEdge),
    /** How many were left out. */
    unseen: () => unseen,
  };
}
