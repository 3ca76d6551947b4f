import type { ListedAccount } from "./types.js";

type Login = Pick<ListedAccount, "account" | "origin" | "source">;

/**
 * The logins of one service that are meant: by their name or, where none has it, by the address or host that they are for. Of several with
 * one name, as an office has them after its site has moved, it is that of `site`.
 */
export function chosenAmong<T extends Login>(
  own: readonly T[],
  name: string | undefined,
  site: string | undefined,
): T[] {
  const named = own.filter(({ account }) => name === undefined || account === name);
  const meant = named.length > 0 ? named : own.filter(({ origin }) => isAt(origin, name));
  const isOfSite = ({ origin }: Login) => origin !== null && origin === site;
  return meant.filter(
    (login) =>
      login.source === "env" ||
      isOfSite(login) ||
      !meant.some((other) => other.account === login.account && isOfSite(other)),
  );
}

/** Names by which each of these is chosen: its own, or the host that it is for where another one has the same. */
export function distinctNames(logins: readonly Login[]): string[] {
  return logins.map(({ account, origin }) => {
    const alike = logins.filter((other) => other.account === account);
    if (alike.length === 1 || origin === null) return account;
    const { host } = new URL(origin);
    return alike.every((other) => other.origin === origin || !isAt(other.origin, host)) ? host : origin;
  });
}

function isAt(origin: string | null, name: string | undefined): boolean {
  return origin !== null && (origin === name || new URL(origin).host === name);
}
