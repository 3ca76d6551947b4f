import { chmod, mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import type { Kysely } from "kysely";
import { failed, usage } from "../../../errors.js";
import { exists } from "../../../files/atomic.js";
import { migrate, newestMigration } from "./migrations.js";
import type { Schema } from "./schema.js";
import { openSqlite } from "./sqlite.js";

/** The newsroom's database. A repository takes it, or a transaction of it. */
export type Store = Kysely<Schema>;

const databaseName = "newsroom.db";

/**
 * Opens the newsroom in `folder`, its tables up to date. An empty or missing folder becomes a newsroom,
 * for its owner only, unless `make` is false.
 *
 * Throws `newsroom-folder-missing` (nothing to open), `newsroom-folder-foreign` (a folder with other things in it),
 * `newsroom-folder-unusable` (not writable, or a damaged database), `newsroom-newer` (made by a newer kominfo).
 */
export async function openStore(folder: string, now: Date, make = true): Promise<Store> {
  const file = path.join(folder, databaseName);
  if (!(await exists(file))) {
    if (!make) throw usage("newsroom-folder-missing", { path: folder });
    await prepareFolder(folder);
  }
  let store: Store | undefined;
  try {
    store = openSqlite(file);
    const reached = await migrate(store, now);
    if (reached <= newestMigration) return store;
  } catch (error) {
    await store?.destroy();
    throw unusable(folder, error);
  }
  await store.destroy();
  throw failed("newsroom-newer", { path: folder });
}

async function prepareFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (!(await readdir(folder)).every(mayBeThere)) throw usage("newsroom-folder-foreign", { path: folder });
    await chmod(folder, 0o700);
  } catch (error) {
    throw unusable(folder, error);
  }
}

/** A new disk has lost+found, a repository .gitkeep; another process may be making the database right now. */
function mayBeThere(name: string): boolean {
  return name.startsWith(".") || name === "lost+found" || name.startsWith(databaseName);
}

function unusable(folder: string, error: unknown): unknown {
  const code = (error as { code?: unknown }).code;
  const ofSystem = typeof code === "string" && /^(E[A-Z]+|SQLITE_[A-Z_]+)$/.test(code);
  return ofSystem ? failed("newsroom-folder-unusable", { path: folder, reason: code }, error) : error;
}
