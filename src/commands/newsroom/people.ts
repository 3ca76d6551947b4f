import path from "node:path";
import type { Context } from "../../context.js";
import { failed, KominfoError, usage } from "../../errors.js";
import type { CreatedUser } from "../../newsroom/client/types.js";
import type { LoginLink, User } from "../../newsroom/contract.js";
import type { Role } from "../../newsroom/lifecycle.js";
import { choosePerson } from "../../newsroom/person.js";
import { newsroomAddress } from "./address.js";

/** Where the newsroom's people are managed: in its folder on this machine, or over the API as an admin. */
export interface Where {
  data?: string;
  url?: string;
}

export interface WantedPerson {
  name: string;
  role: Role;
  /** Kemendagri code. */
  kecamatan?: string;
  /** ISO 8601 with a zone. */
  expires_at?: string;
  token: boolean;
}

export interface People {
  /** The newsroom's address, where it is known. */
  readonly origin?: string;
  add(person: WantedPerson): Promise<CreatedUser>;
  list(): Promise<User[]>;
  /** @param wanted an id, or a name that only one person with access has */
  link(wanted: string): Promise<LoginLink>;
  /** @param wanted an id, or a name that only one person with access has */
  change(wanted: string, change: "revoke" | "suspend" | "resume"): Promise<User>;
}

export async function openPeople(context: Context, where: Where): Promise<People> {
  if (where.data === undefined) return peopleOverApi(context, where.url);
  if (where.url !== undefined) throw usage("flags-together", { flags: ["--data", "--url"] });
  return peopleOfFolder(context, path.resolve(context.cwd, where.data));
}

async function peopleOfFolder(context: Context, folder: string): Promise<People> {
  const { addPerson, changePerson, linkPerson, listPeople } = await import("../../newsroom/server/people.js");
  const { now } = context.host;
  return {
    add: (person) => addPerson(folder, person, now()),
    list: () => listPeople(folder, now()),
    link: (wanted) => linkPerson(folder, wanted, now()),
    change: (wanted, change) => changePerson(folder, wanted, change, now()),
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
        if (reason !== "operator" && reason !== "inactive") throw error;
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

/** Why the newsroom would not do it; undefined for any other failure. */
function conflictOf(error: unknown): string | undefined {
  if (!(error instanceof KominfoError) || error.code !== "step-impossible") return undefined;
  return (error as KominfoError<"step-impossible">).params.reason;
}
