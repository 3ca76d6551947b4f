import type { Context } from "../../context.js";
import { checkOrigin, typedOrigin } from "../../credentials/origin.js";
import { usage } from "../../errors/errors.js";
import { findWorkspaceFile } from "../../workspace/find.js";
import { newsroomOrigin } from "../../workspace/workspace.js";

/**
 * The newsroom's origin: `--url`, else the workspace's, else that of the vault's only newsroom login: an editor on a computer of their
 * own has no workspace. Throws `address-*` for a bad one and `newsroom-unset` (exit 2) where none of them names one.
 */
export async function newsroomAddress(context: Context, url: string | undefined): Promise<string> {
  if (url !== undefined || findWorkspaceFile(context.cwd)) return givenAddress(context, url);
  const origins = await loginOrigins(context);
  const [only, ...others] = origins;
  if (only === undefined || others.length > 0) throw usage("newsroom-unset", { inWorkspace: false, origins });
  return only;
}

/** As `newsroomAddress`, without what the vault holds: a login is made for an address that a person names. */
export async function givenAddress(context: Context, url: string | undefined): Promise<string> {
  if (url !== undefined) return typedOrigin(url);
  // The missing thing is an address: a workspace is not needed.
  if (!findWorkspaceFile(context.cwd)) throw usage("newsroom-unset", { inWorkspace: false, origins: [] });
  return newsroomOrigin(await context.workspace());
}

/**
 * Where the vault has a login to a newsroom. None while the environment holds one: its address is not known, and it is not sent to
 * another one's.
 *
 * @param options.ask false reads no vault that a person would be asked for; default true
 */
export async function loginOrigins(context: Context, options?: { ask: boolean }): Promise<string[]> {
  const logins = (await (await context.credentials()).list(options)).filter(
    ({ service }) => service === "newsroom",
  );
  if (logins.some(({ source }) => source === "env")) return [];
  return [...new Set(logins.flatMap(({ origin }) => origin ?? []))];
}

/**
 * The origin under which people reach a newsroom that runs here: the flag, else KOMINFO_PUBLIC_URL, else undefined. Throws
 * `address-*` (exit 2) as `checkOrigin` does.
 */
export function publicUrlOf({ host }: Context, flag: string | undefined): string | undefined {
  const given = (flag ?? host.env.KOMINFO_PUBLIC_URL)?.trim();
  return given ? checkOrigin(given) : undefined;
}

/**
 * The origins whose pages may use the API of a newsroom that runs here: the flags, else KOMINFO_ALLOW_ORIGIN with spaces
 * between them, else none. Throws `address-*` (exit 2) as `checkOrigin` does; there is no `*`.
 */
export function allowedOrigins({ host }: Context, flags: readonly string[] | undefined): string[] {
  const given = flags ?? (host.env.KOMINFO_ALLOW_ORIGIN ?? "").split(/\s+/);
  return given
    .map((address) => address.trim())
    .filter(Boolean)
    .map((address) => checkOrigin(address));
}

/** The origin of the website that kominfo.yaml names; an editor needs no workspace. */
export async function workspaceSite(context: Context): Promise<string | undefined> {
  return findWorkspaceFile(context.cwd) ? (await context.workspace()).settings.web?.origin : undefined;
}
