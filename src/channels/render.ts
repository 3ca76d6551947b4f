import type { Content, Rendering } from "../contract/contract.js";

/** What a rendering is made of. It is the same wherever it is made. */
export interface RenderInput {
  content: Content;
  /** Size in pixels of each photo by hash; one that is missing was removed. */
  photos: ReadonlyMap<string, { width: number; height: number }>;
}

/** Renders a revision for each of these channels, in their order. Pure. */
export async function renderChannels(
  { content }: RenderInput,
  channels: readonly Rendering["channel"][],
): Promise<Rendering[]> {
  const text = `${content.title}\n\n${content.body}`;
  return channels.map((channel) => ({
    channel,
    text: [text],
    link: null,
    length: text.length,
    limit: null,
    photos: [],
    left_out: [],
    article: null,
    warnings: [],
  }));
}
