import path from "node:path";
import type { Context } from "../../context.js";
import type { StorageOptions } from "../../newsroom/uploads/storage.js";

/** The flags that locate a newsroom's database and photos. */
export interface StoreFlags {
  data?: string;
  database?: string;
  blobs?: string;
}

/** The folder that `--data` names; without it, `newsroom` in the user's data folder. */
export function dataFolder(context: Context, data?: string): string {
  return path.resolve(context.cwd, data ?? path.join(context.paths.data, "newsroom"));
}

/** Locates the stores by flags and environment. `--data` defaults to `newsroom` in the user's data folder. */
export async function storesOf(context: Context, flags: StoreFlags): Promise<StorageOptions> {
  const { postgresAddress, s3Address } = await import("../../newsroom/addresses.js");
  const { env } = context.host;
  return {
    data: dataFolder(context, flags.data),
    database: postgresAddress(flags.database, env),
    blobs: s3Address(flags.blobs, env),
  };
}

/**
 * The stores of a newsroom that is there already. Throws `newsroom-folder-missing` (exit 2) where the data folder holds none; whether a
 * database does is found when it is opened.
 */
export async function existingStores(context: Context, flags: StoreFlags): Promise<StorageOptions> {
  const stores = await storesOf(context, flags);
  if (!stores.database) await requireDataFolder(context, stores.data);
  return stores;
}

/** Throws `newsroom-folder-missing` (exit 2) unless the folder holds a newsroom. */
export async function requireDataFolder(context: Context, folder: string): Promise<void> {
  const { requireNewsroom } = await import("../../newsroom/store/database/find.js");
  await requireNewsroom(folder, dataFolder(context));
}

/** Quotes a path for a shell if necessary. */
export function quotePath(file: string): string {
  return /^[\w./\\:~-]+$/.test(file) ? file : `"${file}"`;
}

/** The file of the secrets key that a flag or the environment names; without one it lies in the data folder. */
export function namedSecretsKey(context: Context, flag?: string): string | undefined {
  const file = flag ?? context.host.env.KOMINFO_NEWSROOM_SECRETS_KEY_FILE;
  return file ? path.resolve(context.cwd, file) : undefined;
}
