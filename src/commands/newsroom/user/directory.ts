import type { Context } from "../../../context.js";
import { choosePerson } from "../../../contract/choose-person.js";
import { chooseTokens } from "../../../contract/choose-token.js";
import type { DeviceLogin, LoginLink, PersonTokens, User } from "../../../contract/contract.js";
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

export interface People {
  /** The newsroom's address; of its own stores the one at which it was served last, undefined where it never was. */
  readonly origin?: string;
  add(person: NewPerson): Promise<CreatedUser>;
  /**
   * Another activation code; those logged in stay so.
   *
   * @param wanted an id, or a name that only one person with access has
   */
  code(wanted: string): Promise<CreatedUser>;
  list(): Promise<User[]>;
  /** @param wanted an id, or a name that only one person with access has */
  link(wanted: string): Promise<LoginLink>;
  /**
   * Their logins that have not ended, after ending those that `end` means (`chooseTokens`).
   *
   * @param wanted an id, or a name that only one person with access has
   */
  tokens(wanted: string, end: string | undefined): Promise<PersonTokens & { ended: DeviceLogin[] }>;
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
  const { servedAddress } = await import("../../../newsroom/operation/served-address.js");
  const origin = await servedAddress(stores.data);
  return peopleOfStore(context, stores.database ?? stores.data, origin);
}

async function peopleOfStore(
  context: Context,
  place: StoreLocation,
  origin: string | undefined,
): Promise<People> {
  const { addPerson, changePerson, linkPerson, listPeople, renewCode, tokensOfPerson } = await import(
    "../../../newsroom/local-people.js"
  );
  const { now } = context.host;
  return {
    ...(origin !== undefined && { origin }),
    add: (person) => addPerson(place, person, now()),
    code: (wanted) => renewCode(place, wanted, now()),
    list: () => listPeople(place, now()),
    link: (wanted) => linkPerson(place, wanted, now()),
    tokens: (wanted, end) => tokensOfPerson(place, wanted, end, now()),
    change: (wanted, change) => changePerson(place, wanted, change, now()),
  };
}

async function peopleOverApi(context: Context, url: string | undefined): Promise<People> {
  const origin = await newsroomAddress(context, url);
  const client = await context.newsroom(origin);
  return {
    origin,
    add: (person) => client.addUser(person),
    async code(wanted) {
      const person = choosePerson(await client.users(), wanted);
      try {
        return await client.renewCode(person.id);
      } catch (error) {
        const reason = conflictOf(error);
        if (reason === undefined || !codeRefusals.has(reason)) throw error;
        throw failed("newsroom-code-refused", { name: person.name, reason }, error);
      }
    },
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
    async tokens(wanted, end) {
      const { id } = choosePerson(await client.users(), wanted);
      const before = await client.userTokens(id);
      if (end === undefined) return { ...before, ended: [] };
      const ended = chooseTokens(before.items, end, before.user.name);
      for (const token of ended) await client.endUserToken(id, token.id);
      // With the caller's own login among them, nothing more can be asked.
      const gone = new Set(ended.map((token) => token.id));
      return { ...before, items: before.items.filter((token) => !gone.has(token.id)), ended };
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

/** Why a person gets no activation code: their role, or no access. */
const codeRefusals: ReadonlySet<string> = new Set(["publisher", "inactive"]);

/** The newsroom's reason for a refused change; undefined for any other failure. */
function conflictOf(error: unknown): string | undefined {
  if (!(error instanceof KominfoError) || error.code !== "step-impossible") return undefined;
  return (error as KominfoError<"step-impossible">).params.reason;
}
