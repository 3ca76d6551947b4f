import { usage } from "../errors/errors.js";
import type { DeviceLogin } from "./contract.js";

/** Ends all of them, in either language. */
const everyToken: readonly string[] = ["all", "semua"];

/**
 * The tokens that are meant: all of them, or one by its id or by the name of its device. Throws `newsroom-token-unknown` and
 * `newsroom-token-ambiguous` (exit 2).
 *
 * @param name of the person, for the errors
 */
export function chooseTokens(live: readonly DeviceLogin[], wanted: string, name: string): DeviceLogin[] {
  const word = wanted.trim().toLowerCase();
  if (everyToken.includes(word)) return [...live];
  const byId = live.find(({ id }) => id === word);
  if (byId) return [byId];
  const named = live.filter(({ label }) => label.toLowerCase() === word);
  if (named.length === 0) throw usage("newsroom-token-unknown", { wanted, name });
  if (named.length > 1) throw usage("newsroom-token-ambiguous", { wanted, ids: named.map(({ id }) => id) });
  return named;
}
