// The thread's side of checkpoints.ts.
import { parentPort } from "node:worker_threads";
import Libsql from "libsql";
import type { CheckpointJob } from "./checkpoints.js";

const open = new Map<string, Libsql.Database>();

parentPort?.on("message", ({ database: file, isLast }: CheckpointJob) => {
  const database = open.get(file) ?? new Libsql(file);
  open.set(file, database);
  database.prepare("PRAGMA wal_checkpoint(PASSIVE)").all();
  if (isLast) {
    database.close();
    open.delete(file);
  }
  parentPort?.postMessage(null);
});
