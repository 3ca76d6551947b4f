import type { Content, Rendering } from "../contract/contract.js";
import { publicContent } from "./rendering/public-content.js";
import type { PublicInput } from "./rendering/types.js";

/** What a rendering is made of. It is the same wherever it is made. */
export interface RenderInput {
  content: Content;
  /** Size in pixels of each photo by hash; one that is missing was removed. */
  photos: ReadonlyMap<string, { width: number; height: number }>;
}

/** Renders a revision: here, or in a thread that may refuse it. */
export type RenderChannels = (
  input: RenderInput,
  channels: readonly Rendering["channel"][],
) => Promise<Rendering[]>;

/** Loads a channel's renderer. */
const load: Record<Rendering["channel"], () => Promise<{ render(input: PublicInput): Rendering }>> = {
  web: () => import("./web/render.js"),
  facebook: () => import("./facebook/render.js"),
  instagram: () => import("./instagram/render.js"),
  // Counts with a library that takes 100 ms to load.
  x: () => import("./x/render.js"),
};

/** Renders a revision for each of these channels, in their order. Pure: the same input gives the same bytes, anywhere. */
export async function renderChannels(
  input: RenderInput,
  channels: readonly Rendering["channel"][],
): Promise<Rendering[]> {
  const renderers = await Promise.all(channels.map((channel) => load[channel]()));
  const publicInput = { content: publicContent(input.content), photos: input.photos };
  const renderings: Rendering[] = [];
  for (const { render } of renderers) {
    renderings.push(render(publicInput));
    // A long text takes a renderer some 0.5 s: others get their turn in between.
    await new Promise(setImmediate);
  }
  return renderings;
}
