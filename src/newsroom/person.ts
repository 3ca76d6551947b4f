import { usage } from "../errors.js";
import type { User } from "./contract.js";

/**
 * The one of the newsroom's people that is meant. Throws `newsroom-user-unknown` and `newsroom-user-ambiguous`
 * (exit 2).
 *
 * @param wanted an id, or a name that only one person with access has
 */
export function choosePerson(everyone: readonly User[], wanted: string): User {
  const name = wanted.trim().toLowerCase();
  const byId = everyone.find((one) => one.id === name);
  if (byId) return byId;
  const [person, another] = everyone.filter((one) => one.active && one.name.toLowerCase() === name);
  if (!person) throw usage("newsroom-user-unknown", { wanted });
  if (another) throw usage("newsroom-user-ambiguous", { wanted });
  return person;
}
