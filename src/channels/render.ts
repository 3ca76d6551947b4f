import type { Rendering } from "../contract/contract.js";
import type { RenderInput } from "./rendering/types.js";

export type { RenderInput };

/** Loads a channel's renderer. */
const load: Record<Rendering["channel"], () => Promise<{ render(input: RenderInput): Rendering }>> = {
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
  return renderers.map(({ render }) => render(input));
}
