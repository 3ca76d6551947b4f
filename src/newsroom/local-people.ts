import { choosePerson } from "../contract/choose-person.js";
import type { LoginLink, User } from "../contract/contract.js";
import { failed, usage } from "../errors/errors.js";
import {
  type AccessChange,
  type AddedUser,
  addUser,
  changeAccess,
  kecamatanProblem,
  type NewUser,
} from "./services/people/accounts.js";
import { makeLink } from "./services/people/login-links.js";
import { openStore, type Store, type StoreLocation } from "./store/database/open.js";
import { readUsers } from "./store/people/users.js";

/**
 * The newsroom's people, managed where its rows are; a service may be running on it meanwhile.
 * All throw the errors of `openStore`.
 */
export async function addPerson(place: StoreLocation, wanted: NewUser, now: Date): Promise<AddedUser> {
  const problem = kecamatanProblem(wanted.role, wanted.kecamatan);
  if (problem) throw usage("newsroom-user-kecamatan", { role: wanted.role, problem });
  return withStore(place, now, true, (transaction) => addUser(transaction, wanted, now));
}

/** Everyone, in the order they were added, also those whose access has ended. */
export async function listPeople(place: StoreLocation, now: Date): Promise<User[]> {
  return withStore(place, now, false, (transaction) => readUsers(transaction, now));
}

/**
 * Ends, suspends or gives back someone's access. Throws `newsroom-user-unknown`, `newsroom-user-ambiguous`,
 * `newsroom-last-admin`.
 *
 * @param wanted an id, or a name that only one person with access has
 */
export async function changePerson(
  place: StoreLocation,
  wanted: string,
  change: AccessChange,
  now: Date,
): Promise<User> {
  return withStore(place, now, false, async (transaction) => {
    const person = choosePerson(await readUsers(transaction, now), wanted);
    const outcome = await changeAccess(transaction, person.id, change, now);
    if (typeof outcome === "string") throw failed("newsroom-last-admin", { name: person.name });
    return outcome;
  });
}

/** A link that lets an editor in at the desk. Throws as `changePerson` does, and `newsroom-link-refused`. */
export async function linkPerson(place: StoreLocation, wanted: string, now: Date): Promise<LoginLink> {
  return withStore(place, now, false, async (transaction) => {
    const person = choosePerson(await readUsers(transaction, now), wanted);
    const link = await makeLink(transaction, person, now);
    if (typeof link === "string") throw failed("newsroom-link-refused", { name: person.name, reason: link });
    return link;
  });
}

async function withStore<T>(
  place: StoreLocation,
  now: Date,
  make: boolean,
  work: (transaction: Store) => Promise<T>,
): Promise<T> {
  const store = await openStore(place, now, make);
  try {
    return await store.transaction().execute(work);
  } finally {
    await store.destroy();
  }
}
