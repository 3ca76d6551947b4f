import { usage } from "../errors/errors.js";
import type { User } from "./contract.js";

/**
 * Finds a person by id or name. Throws `newsroom-user-unknown` and `newsroom-user-ambiguous` (exit 2).
 *
 * @param wanted an id, or a name that only one person, or only one with access, has
 */
export function choosePerson(everyone: readonly User[], wanted: string): User {
  const name = wanted.trim().toLowerCase();
  const byId = everyone.find((user) => user.id === name);
  if (byId) return byId;
  const named = everyone.filter((user) => user.name.toLowerCase() === name);
  const active = named.filter((user) => user.active);
  // People without access are considered only when nobody with access has the name.
  const meant = active.length > 0 ? active : named;
  const [person, another] = meant;
  if (!person) throw usage("newsroom-user-unknown", { wanted });
  if (another) throw usage("newsroom-user-ambiguous", { wanted, people: meant });
  return person;
}
