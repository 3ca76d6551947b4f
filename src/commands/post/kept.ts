import { cancelled, exit, KominfoError } from "../../errors/errors.js";
import type { PostErrors } from "../../errors/posts.js";
import { type Bundle, readIndex } from "../../workspace/posts.js";

/** Questions about a post, as they began. */
interface Begun {
  bundle: Bundle;
  /** index.md before the first question. */
  before: Buffer;
  during: PostErrors["texts-kept"]["during"];
  command: string;
}

/**
 * Asks what is written into index.md answer by answer. Ctrl-C then says whether any of it is there.
 *
 * @throws `texts-kept` or `declined` (exit 130) instead of `cancelled`
 */
export async function orKept<T>(
  { bundle, before, during, command }: Begun,
  ask: () => Promise<T>,
): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof KominfoError) || error.exit !== exit.cancelled) throw error;
    if (before.equals(await readIndex(bundle))) throw cancelled("declined");
    throw cancelled("texts-kept", { during, command });
  }
}
