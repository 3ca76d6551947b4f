import { choosePerson } from "../contract/choose-person.js";
import { chooseTokens } from "../contract/choose-token.js";
import type { DeviceLogin, LoginLink, PersonTokens, User } from "../contract/contract.js";
import { failed, usage } from "../errors/errors.js";
import { folderOwner } from "./services/caller.js";
import {
  type AccessChange,
  type AddedUser,
  addUser,
  changeAccess,
  issueAgain,
  kecamatanProblem,
  type NewUser,
} from "./services/people/accounts.js";
import { endTokens, liveTokens } from "./services/people/device-logins.js";
import { makeLink } from "./services/people/login-links.js";
import { openStore, type Store, type StoreLocation } from "./store/database/open.js";
import { readUsers } from "./store/people/users.js";

/**
 * Adds a person directly in the newsroom's database, which is made where there is none: a command makes sure before that it is the one
 * that was meant (`requireNewsroom`). A service may run on it at the same time. Throws
 * `newsroom-user-kecamatan` when role and kecamatan do not go together. All functions of this file throw the errors of
 * `openStore` too.
 */
export async function addPerson(place: StoreLocation, person: NewUser, now: Date): Promise<AddedUser> {
  const problem = kecamatanProblem(person.role, person.kecamatan);
  if (problem) throw usage("newsroom-user-kecamatan", { role: person.role, problem });
  return withStore(place, now, (transaction) => addUser(transaction, folderOwner, person, now), true);
}

/** Lists all people in the order they were added, including those whose access has ended. */
export async function listPeople(place: StoreLocation, now: Date): Promise<User[]> {
  return withStore(place, now, (transaction) => readUsers(transaction, now));
}

/**
 * Revokes, suspends or restores a person's access. Throws `newsroom-user-unknown`, `newsroom-user-ambiguous`,
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
  return withStore(place, now, async (transaction) => {
    const person = choosePerson(await readUsers(transaction, now), wanted);
    const outcome = await changeAccess(transaction, folderOwner, person.id, change, now);
    if (typeof outcome === "string") throw failed("newsroom-last-admin", { name: person.name });
    return outcome;
  });
}

/**
 * Creates a link with which an editor logs in at the desk. Throws as `changePerson` does, and `newsroom-link-refused`.
 */
export async function linkPerson(place: StoreLocation, wanted: string, now: Date): Promise<LoginLink> {
  return withStore(place, now, async (transaction) => {
    const person = choosePerson(await readUsers(transaction, now), wanted);
    const link = await makeLink(transaction, folderOwner, person, now);
    if (typeof link === "string") throw failed("newsroom-link-refused", { name: person.name, reason: link });
    return link;
  });
}

/**
 * Issues another activation code to a person, e.g. for a new laptop; their logins stay. Throws as `changePerson` does, and
 * `newsroom-code-refused`.
 */
export async function renewCode(place: StoreLocation, wanted: string, now: Date): Promise<AddedUser> {
  return withStore(place, now, async (transaction) => {
    const person = choosePerson(await readUsers(transaction, now), wanted);
    const issued = await issueAgain(transaction, folderOwner, person, { token: false }, now);
    if (typeof issued === "string")
      throw failed("newsroom-code-refused", { name: person.name, reason: issued });
    return issued;
  });
}

/**
 * Lists a person's logins that have not ended, after ending those that `end` means, if any (`chooseTokens`). Throws as `changePerson`
 * and `chooseTokens` do.
 */
export async function tokensOfPerson(
  place: StoreLocation,
  wanted: string,
  end: string | undefined,
  now: Date,
): Promise<PersonTokens & { ended: DeviceLogin[] }> {
  return withStore(place, now, async (transaction) => {
    const person = choosePerson(await readUsers(transaction, now), wanted);
    const live = await liveTokens(transaction, person.id, now);
    const ended = end === undefined ? [] : chooseTokens(live, end, person.name);
    const ids = ended.map(({ id }) => id);
    await endTokens(transaction, folderOwner, person, ids, now);
    return { user: person, items: await liveTokens(transaction, person.id, now), ended };
  });
}

async function withStore<T>(
  place: StoreLocation,
  now: Date,
  work: (transaction: Store) => Promise<T>,
  make = false,
): Promise<T> {
  const store = await openStore(place, now, make);
  try {
    return await store.transaction().execute(work);
  } finally {
    await store.destroy();
  }
}
