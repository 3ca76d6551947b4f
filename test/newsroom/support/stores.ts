import { randomUUID } from "node:crypto";
import { inject } from "vitest";
import {
  type PostgresAddress,
  postgresAddress,
  type S3Address,
  s3Address,
} from "../../../src/newsroom/addresses.js";

export interface Stores {
  database?: PostgresAddress;
  blobs?: S3Address;
}

declare module "vitest" {
  interface ProvidedContext {
    database?: string;
    /** With the variables that hold its keys. */
    blobs?: { url: string; keys: Record<string, string> };
  }
}

/** Where the suites keep what they store, as their project says (vitest.real.config.ts). */
export const database = inject("database");
export const blobs = inject("blobs");
export const onSqlite = database === undefined;
export const onDisk = blobs === undefined;

/**
 * Stores that nobody else uses: a schema of its own in the database, a prefix of its own in the bucket; nothing where
 * their project names none, and a newsroom keeps all in its folder.
 */
export async function ownStores(): Promise<Stores> {
  return {
    ...(database === undefined ? {} : { database: await ownSchema(database) }),
    ...(blobs === undefined ? {} : { blobs: ownPrefix(blobs) }),
  };
}

async function ownSchema(url: string): Promise<PostgresAddress> {
  const { default: pg } = await import("pg");
  const schema = `uji_${randomUUID().replaceAll("-", "")}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create schema ${schema}`);
  await client.end();
  const own = new URL(url);
  own.searchParams.set("options", `-c search_path=${schema}`);
  return postgresAddress(undefined, { KOMINFO_NEWSROOM_DATABASE: own.href })!;
}

function ownPrefix({ url, keys }: NonNullable<typeof blobs>): S3Address {
  const own = new URL(url);
  own.pathname = `/${randomUUID()}`;
  return s3Address(own.href, keys)!;
}
