import { randomUUID } from "node:crypto";
import {
  type PostgresAddress,
  postgresAddress,
  type S3Address,
  s3Address,
} from "../../../src/newsroom/server/addresses.js";

export interface Stores {
  database?: PostgresAddress;
  blobs?: S3Address;
}

/** Where the suites keep what they store, as the environment says (vitest.real.config.ts). */
export const database = process.env.KOMINFO_TEST_DATABASE;
export const blobs = process.env.KOMINFO_TEST_BLOBS;
export const onSqlite = database === undefined;
export const onDisk = blobs === undefined;

/**
 * Stores that nobody else uses: a schema of its own in the database, a prefix of its own in the bucket; nothing where
 * the environment names none, and a newsroom keeps all in its folder.
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

function ownPrefix(url: string): S3Address {
  const own = new URL(url);
  own.pathname = `/${randomUUID()}`;
  return s3Address(own.href, process.env)!;
}
