import type { User } from "../../../contract/contract.js";
import { roles } from "../../../contract/lifecycle.js";
import type { Fields, ViewContext } from "../types.js";
import { factsOf, kecamatanName, kecamatanOptions, when } from "./format.js";

/** @param isLater whether it is another page than the first */
export function peopleModel(
  telling: ViewContext,
  { items, next_cursor }: { items: readonly User[]; next_cursor: string | null },
  isLater: boolean,
): object {
  const words = telling.messages.desk;
  return {
    first: isLater ? "/people" : null,
    next: next_cursor && `/people?cursor=${next_cursor}`,
    people: items.map((one) => ({
      href: `/people/${one.id}`,
      name: one.name,
      role: words.roles[one.role],
      kecamatan: kecamatanName(one.kecamatan) || "–",
      active: one.active,
      access_key: one.active ? "active" : "ended",
      access: one.active ? words.people.active : words.people.ended,
      until: one.expires_at ? when(telling, one.expires_at) : words.people.open,
      last_used: one.last_used_at ? when(telling, one.last_used_at) : words.people.never,
    })),
  };
}

export function newPersonModel(telling: ViewContext, typed: Fields): object {
  const words = telling.messages.desk;
  return {
    typed: { name: typed.name ?? "", until: typed.until ?? "" },
    roles: roles.map((value) => ({
      value,
      label: words.roles[value],
      hint: words.people.roleHints[value],
      checked: typed.role === value,
    })),
    kecamatan: kecamatanOptions(typed.kecamatan ?? ""),
  };
}

export interface LoadedPerson {
  user: User;
  /** Suspended: it can be given back. */
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
  }[];
}

export function personModel(telling: ViewContext, known: LoadedPerson): object {
  const words = telling.messages.desk;
  const { user } = known;
  const page = `/people/${user.id}`;
  const at = (instant: string | null, none: string) => (instant ? when(telling, instant) : none);
  const isEditor = user.role !== "operator";
  const way = (name: string, label: string, hint: string) => ({ action: `${page}/${name}`, label, hint });
  return {
    name: user.name,
    facts: factsOf([
      [words.people.role, words.roles[user.role]],
      [words.people.kecamatan, kecamatanName(user.kecamatan)],
      [words.people.access, user.active ? words.people.active : words.people.ended],
      [words.people.until, at(user.expires_at, words.people.open)],
      [words.people.lastUsed, at(user.last_used_at, words.people.never)],
      [words.account.loginName, known.loginName],
    ]),
    ways: user.active
      ? [
          way("code", words.people.code, words.people.codeHint),
          ...(isEditor ? [way("link", words.people.link, words.people.linkHint)] : []),
          way("token", words.people.token, words.people.tokenHint),
        ]
      : [],
    refused: user.active ? (isEditor ? [] : [words.people.linkNot]) : [words.problems.inactive],
    tokens: known.tokens.map((one) => ({
      label: one.label,
      created: when(telling, one.created_at),
      last_used: at(one.last_used_at, words.people.never),
      expires: one.revoked_at ? words.people.revoked : at(one.expires_at, words.people.open),
      ended:
        one.revoked_at !== null ||
        (one.expires_at !== null && Date.parse(one.expires_at) <= telling.now.getTime()),
      revoke: one.revoked_at ? null : `${page}/tokens/${one.id}/revoke`,
      revoke_label: words.people.revokeTokenOf({ name: one.label }),
    })),
    last_admin: known.lastAdmin,
    changes: changesOf(telling, known, page),
  };
}

function changesOf(telling: ViewContext, known: LoadedPerson, page: string): object[] {
  const words = telling.messages.desk.people;
  const change = (name: string, label: string, hint: string, sure: string | null = null) => ({
    action: `${page}/${name}`,
    label,
    hint,
    sure,
  });
  if (known.revoked) return [];
  return [
    ...(known.user.role === "operator" ? [] : [change("sessions", words.endSessions, "")]),
    ...(known.lastAdmin
      ? []
      : [
          known.suspended
            ? change("resume", words.resume, "")
            : change("suspend", words.suspend, words.suspendHint),
          change("revoke", words.revoke, words.revokeHint, words.revokeSure),
        ]),
  ];
}
