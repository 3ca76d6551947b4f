import { failed, usage } from "../../errors.js";
import type { User } from "../contract.js";
import { choosePerson } from "../person.js";
import { type AddedUser, addUser, kecamatanProblem, type NewUser, revokeUser } from "./accounts.js";
import { openStore, type Store } from "./store/open.js";
import { readUsers } from "./store/users.js";

/**
 * The newsroom's people, managed on its own machine in its data folder; a service may be running on it meanwhile.
 * All throw the errors of `openStore`.
 */
export async function addPerson(folder: string, wanted: NewUser, now: Date): Promise<AddedUser> {
  const problem = kecamatanProblem(wanted.role, wanted.kecamatan);
  if (problem) throw usage("newsroom-user-kecamatan", { role: wanted.role, problem });
  return withStore(folder, now, true, (store) => addUser(store, wanted, now));
}

/** Everyone, in the order they were added, also those whose access has ended. */
export async function listPeople(folder: string, now: Date): Promise<User[]> {
  return withStore(folder, now, false, (store) => readUsers(store, now));
}

/**
 * Ends someone's access. Throws `newsroom-user-unknown`, `newsroom-user-ambiguous`, `newsroom-last-admin`.
 *
 * @param wanted an id, or a name that only one person with access has
 */
export async function revokePerson(folder: string, wanted: string, now: Date): Promise<User> {
  return withStore(folder, now, false, async (store) => {
    const person = choosePerson(await readUsers(store, now), wanted);
    if ((await revokeUser(store, person.id, now)) === "last-admin") {
      throw failed("newsroom-last-admin", { name: person.name });
    }
    return { ...person, active: false };
  });
}

async function withStore<T>(
  folder: string,
  now: Date,
  make: boolean,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const store = await openStore(folder, now, make);
  try {
    return await work(store);
  } finally {
    await store.destroy();
  }
}
