import path from "node:path";
import type { Context } from "../../context.js";
import type { StorageOptions } from "../../newsroom/uploads/storage.js";

/** The flags that locate a newsroom's database and photos. */
export interface StoreFlags {
  data?: string;
  database?: string;
  blobs?: string;
}

/** Locates the stores by flags and environment. `--data` defaults to `newsroom` in the user's data folder. */
export async function storesOf(context: Context, flags: StoreFlags): Promise<StorageOptions> {
  const { postgresAddress, s3Address } = await import("../../newsroom/addresses.js");
  const { env } = context.host;
  return {
    data: path.resolve(context.cwd, flags.data ?? path.join(context.paths.data, "newsroom")),
    database: postgresAddress(flags.database, env),
    blobs: s3Address(flags.blobs, env),
  };
}

/** The file of the secrets key that a flag or the environment names; without one it lies in the data folder. */
export function namedSecretsKey(context: Context, flag?: string): string | undefined {
  const file = flag ?? context.host.env.KOMINFO_NEWSROOM_SECRETS_KEY_FILE;
  return file ? path.resolve(context.cwd, file) : undefined;
}
