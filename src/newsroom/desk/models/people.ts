import type { User } from "../../../contract/contract.js";
import { abilities, roles } from "../../../contract/roles.js";
import type { Fields, ViewContext } from "../types.js";
import { factsOf, formatTime, kecamatanName, kecamatanOptions } from "./format.js";

/** The list of people. @param isLater whether this is not the first page */
export function peopleModel(
  context: ViewContext,
  { items, next_cursor }: { items: readonly User[]; next_cursor: string | null },
  isLater: boolean,
): object {
  const messages = context.messages.desk;
  return {
    first: isLater ? "/people" : null,
    next: next_cursor && `/people?cursor=${next_cursor}`,
    people: items.map((user) => ({
      href: `/people/${user.id}`,
      name: user.name,
      role: messages.roles[user.role],
      kecamatan: kecamatanName(user.kecamatan) || "–",
      active: user.active,
      access_key: user.active ? "active" : "ended",
      access: user.active ? messages.people.active : messages.people.ended,
      until: user.expires_at ? formatTime(context, user.expires_at) : messages.people.open,
      last_used: user.last_used_at ? formatTime(context, user.last_used_at) : messages.people.never,
    })),
  };
}

export function newPersonModel(context: ViewContext, typed: Fields): object {
  const messages = context.messages.desk;
  return {
    typed: { name: typed.name ?? "", until: typed.until ?? "" },
    roles: roles.map((value) => ({
      value,
      label: messages.roles[value],
      hint: messages.people.roleHints[value],
      checked: typed.role === value,
    })),
    kecamatan: kecamatanOptions(typed.kecamatan ?? ""),
  };
}

export interface LoadedPerson {
  user: User;
  /** Suspended access can be resumed; revoked access cannot. */
  suspended: boolean;
  revoked: boolean;
  lastAdmin: boolean;
  loginName: string | null;
  tokens: readonly {
    id: string;
    label: string;
    created_at: string;
    last_used_at: string | null;
    expires_at: string | null;
    revoked_at: string | null;
    issued_by: string | null;
  }[];
  /** Names of those who issued the tokens, by id. */
  issuers: ReadonlyMap<string, string>;
}

export function personModel(context: ViewContext, person: LoadedPerson): object {
  const messages = context.messages.desk;
  const { user } = person;
  const page = `/people/${user.id}`;
  const at = (instant: string | null, none: string) => (instant ? formatTime(context, instant) : none);
  const { desk, codes } = abilities[user.role];
  const way = (name: string, label: string, hint: string) => ({ action: `${page}/${name}`, label, hint });
  return {
    name: user.name,
    audit: `/audit?person=${user.id}`,
    facts: factsOf([
      [messages.people.role, messages.roles[user.role]],
      [messages.people.kecamatan, kecamatanName(user.kecamatan)],
      [messages.people.access, user.active ? messages.people.active : messages.people.ended],
      [messages.people.until, at(user.expires_at, messages.people.open)],
      [messages.people.lastUsed, at(user.last_used_at, messages.people.never)],
      [messages.account.loginName, person.loginName],
    ]),
    ways: user.active
      ? [
          ...(codes ? [way("code", messages.people.code, messages.people.codeHint)] : []),
          ...(desk ? [way("link", messages.people.link, messages.people.linkHint)] : []),
          way("token", messages.people.token, messages.people.tokenHint),
        ]
      : [],
    refused: user.active ? (desk ? [] : [messages.people.linkNot]) : [messages.problems.inactive],
    tokens: person.tokens.map((token) => ({
      label: token.label,
      created: formatTime(context, token.created_at),
      issuer: (token.issued_by && person.issuers.get(token.issued_by)) ?? "–",
      last_used: at(token.last_used_at, messages.people.never),
      expires: token.revoked_at ? messages.people.revoked : at(token.expires_at, messages.people.open),
      ended:
        token.revoked_at !== null ||
        (token.expires_at !== null && Date.parse(token.expires_at) <= context.now.getTime()),
      revoke: token.revoked_at ? null : `${page}/tokens/${token.id}/revoke`,
      revoke_label: messages.people.revokeTokenOf({ name: token.label }),
    })),
    last_admin: person.lastAdmin,
    changes: changesOf(context, person, page),
  };
}

function changesOf(context: ViewContext, person: LoadedPerson, page: string): object[] {
  const messages = context.messages.desk.people;
  const change = (name: string, label: string, hint: string, sure: string | null = null) => ({
    action: `${page}/${name}`,
    label,
    hint,
    sure,
  });
  if (person.revoked) return [];
  return [
    ...(abilities[person.user.role].desk ? [change("sessions", messages.endSessions, "")] : []),
    ...(person.lastAdmin
      ? []
      : [
          person.suspended
            ? change("resume", messages.resume, "")
            : change("suspend", messages.suspend, messages.suspendHint),
          change("revoke", messages.revoke, messages.revokeHint, messages.revokeSure),
        ]),
  ];
}
