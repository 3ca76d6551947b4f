import { usage } from "../errors/errors.js";

/** Address of a PostgreSQL database, from `--database` or KOMINFO_NEWSROOM_DATABASE. */
export interface PostgresAddress {
  /** URL with the password, if given; otherwise libpq's password file is used. Never print it. */
  url: string;
  /** URL without the password, safe to print. */
  displayUrl: string;
}

/** Address of a bucket of an S3-compatible store, from `--blobs`. */
export interface S3Address {
  bucket: string;
  /** Prefix of every key: "", or ending in "/". */
  prefix: string;
  /** Origin of a store other than Amazon S3. */
  endpoint: string | undefined;
  region: string;
  keys: S3Keys;
  /** URL without the keys, safe to print. */
  displayUrl: string;
}
interface S3Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads the address of the database from the command line, else from KOMINFO_NEWSROOM_DATABASE; undefined for SQLite in the
 * data folder. PGPASSWORD completes a URL without a password.
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
  // A URL without a host (a socket) can hold a password only in its query.
  if (password && !url.password && !inQuery) url.searchParams.set("password", password);
  return { url: url.href, displayUrl: displayUrl.href };
}

/**
 * Reads the address of a bucket: `s3://bucket[/prefix][?endpoint=…&region=…]` with the keys of the environment (AWS_ACCESS_KEY_ID,
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
