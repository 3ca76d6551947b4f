import type { Context } from "../../../context.js";
import { choosePerson } from "../../../contract/choose-person.js";
import type { LoginLink, User } from "../../../contract/contract.js";
import type { Role } from "../../../contract/lifecycle.js";
import { failed, KominfoError, usage } from "../../../errors/errors.js";
import type { StoreLocation } from "../../../newsroom/store/database/open.js";
import type { CreatedUser } from "../../../newsroom-client/types.js";
import { newsroomAddress } from "../address.js";
import { existingStores } from "../stores.js";

/** Flags that choose where people are managed: directly in the newsroom's stores, or as an admin over the API. */
export interface DirectoryFlags {
  data?: string;
  database?: string;
  url?: string;
}

interface NewPerson {
  name: string;
  role: Role;
  /** Kemendagri code. */
  kecamatan?: string;
  /** ISO 8601 with a zone. */
  expires_at?: string;
  token: boolean;
}

interface People {
  /** The newsroom's address. Its own stores do not contain it. */
  readonly origin?: string;
  add(person: NewPerson): Promise<CreatedUser>;
  list(): Promise<User[]>;
  /** @param wanted an id, or a name that only one person with access has */
  link(wanted: string): Promise<LoginLink>;
  /** @param wanted an id, or a name that only one person with access has */
  change(wanted: string, change: "revoke" | "suspend" | "resume"): Promise<User>;
}

export async function openPeople(context: Context, where: DirectoryFlags): Promise<People> {
  const { data, database, url } = where;
  if (data === undefined && database === undefined) return peopleOverApi(context, url);
  if (url !== undefined) {
    throw usage("flags-together", { flags: [database === undefined ? "--data" : "--database", "--url"] });
  }
  const stores = await existingStores(context, where);
  return peopleOfStore(context, stores.database ?? stores.data);
}

async function peopleOfStore(context: Context, place: StoreLocation): Promise<People> {
  const { addPerson, changePerson, linkPerson, listPeople } = await import(
    "../../../newsroom/local-people.js"
  );
  const { now } = context.host;
  return {
    add: (person) => addPerson(place, person, now()),
    list: () => listPeople(place, now()),
    link: (wanted) => linkPerson(place, wanted, now()),
    change: (wanted, change) => changePerson(place, wanted, change, now()),
  };
}

async function peopleOverApi(context: Context, url: string | undefined): Promise<People> {
  const origin = await newsroomAddress(context, url);
  const client = await context.newsroom(origin);
  return {
    origin,
    add: (person) => client.addUser(person),
    list: () => client.users(),
    async link(wanted) {
      const person = choosePerson(await client.users(), wanted);
      try {
        return await client.loginLink(person.id);
      } catch (error) {
        const reason = conflictOf(error);
        if (reason === undefined || !linkRefusals.has(reason)) throw error;
        throw failed("newsroom-link-refused", { name: person.name, reason }, error);
      }
    },
    async change(wanted, change) {
      const person = choosePerson(await client.users(), wanted);
      try {
        return await client.changeUser(person.id, change);
      } catch (error) {
        throw conflictOf(error) === "last-admin"
          ? failed("newsroom-last-admin", { name: person.name }, error)
          : error;
      }
    },
  };
}

/** Why a person gets no link to the desk: their role, or no access. */
const linkRefusals: ReadonlySet<string> = new Set(["operator", "publisher", "inactive"]);

/** The newsroom's reason for a refused change; undefined for any other failure. */
function conflictOf(error: unknown): string | undefined {
  if (!(error instanceof KominfoError) || error.code !== "step-impossible") return undefined;
  return (error as KominfoError<"step-impossible">).params.reason;
}
