import { usage } from "../../errors/errors.js";

/** A PostgreSQL database, as `--database` or KOMINFO_NEWSROOM_DATABASE names it. */
export interface PostgresAddress {
  /** With its password, where one is known; else libpq's password file is asked. Never shown. */
  url: string;
  /** Without it. */
  displayUrl: string;
}

/** A bucket of an S3-compatible store, as `--blobs` names it. */
export interface S3Address {
  bucket: string;
  /** Before every key, "" or ending in "/". */
  prefix: string;
  /** Origin of a store that is not Amazon's. */
  endpoint: string | undefined;
  region: string;
  keys: S3Keys;
  /** Without the keys. */
  displayUrl: string;
}
interface S3Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The database that is meant: of the command line, else of KOMINFO_NEWSROOM_DATABASE; undefined for SQLite in the
 * data folder. A URL without a password takes PGPASSWORD.
 *
 * Throws `newsroom-database-invalid`, and `newsroom-secret-in-argv` for a password on the command line, which every
 * user of the machine can read there.
 */
export function postgresAddress(flag: string | undefined, variables: Variables): PostgresAddress | undefined {
  const given = (flag ?? variables.KOMINFO_NEWSROOM_DATABASE)?.trim();
  if (!given) return undefined;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || url.hash) throw usage("newsroom-database-invalid");
  const inQuery = url.searchParams.has("password");
  if (flag !== undefined && (url.password || inQuery))
    throw usage("newsroom-secret-in-argv", { flag: "--database" });
  const displayUrl = new URL(url);
  displayUrl.password = "";
  displayUrl.searchParams.delete("password");
  const password = variables.PGPASSWORD?.trim();
  // A URL without a host (a socket) has no place for a password but its query.
  if (password && !url.password && !inQuery) url.searchParams.set("password", password);
  return { url: url.href, displayUrl: displayUrl.href };
}

/**
 * The bucket of `s3://bucket[/prefix][?endpoint=…&region=…]` with the keys of the environment (AWS_ACCESS_KEY_ID,
 * AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN); undefined for the disk.
 * Throws `newsroom-blobs-invalid`, `newsroom-blobs-keys`, `newsroom-secret-in-argv`.
 */
export function s3Address(flag: string | undefined, variables: Variables): S3Address | undefined {
  const given = (flag ?? variables.KOMINFO_NEWSROOM_BLOBS)?.trim();
  if (!given) return undefined;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url?.username || url?.password) throw usage("newsroom-secret-in-argv", { flag: "--blobs" });
  const endpoint = url?.searchParams.get("endpoint") ?? undefined;
  const prefix = decodeURIComponent(url?.pathname ?? "").replace(/^\/+|\/+$/g, "");
  const isGood =
    url?.protocol === "s3:" &&
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(url.hostname) &&
    /^[\w./-]{0,200}$/.test(prefix) &&
    (endpoint === undefined || (URL.canParse(endpoint) && /^https?:/.test(endpoint)));
  if (!isGood) throw usage("newsroom-blobs-invalid");
  const accessKeyId = variables.AWS_ACCESS_KEY_ID?.trim();
  const secretAccessKey = variables.AWS_SECRET_ACCESS_KEY?.trim();
  const sessionToken = variables.AWS_SESSION_TOKEN?.trim();
  if (!accessKeyId || !secretAccessKey) throw usage("newsroom-blobs-keys");
  return {
    bucket: url.hostname,
    prefix: prefix && `${prefix}/`,
    endpoint,
    region: url.searchParams.get("region") ?? variables.AWS_REGION?.trim() ?? "us-east-1",
    keys: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) },
    displayUrl: url.href,
  };
}
