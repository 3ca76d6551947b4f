import { cancelled, KominfoError } from "../../errors/errors.js";

/**
 * Asks what is needed before anything is done. Ctrl-C then says that nothing has changed, not that what was done is kept.
 *
 * @throws `declined` (exit 130) instead of `cancelled`
 */
export async function untouched<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof KominfoError && error.code === "cancelled") throw cancelled("declined");
    throw error;
  }
}
