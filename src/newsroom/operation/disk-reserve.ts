import { randomBytes } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { exists } from "../../files/atomic.js";
import { freePart, minFreePart } from "./disk-space.js";

/** Room for what goes on when a disk is full, such as logging in and redacting: some hundreds of changes. Bytes. */
const reserveBytes = 4 * 1024 * 1024;

/** A file that is given up when the disk is full. */
export interface DiskReserve {
  /** Gives the room up. False when there is none any more. */
  spend(): Promise<boolean>;
  /** Makes the file if it is gone and the disk has room again. The service does without one that cannot be made. */
  restore(): Promise<void>;
}

/** @param folder of the database's file */
export function diskReserve(folder: string): DiskReserve {
  const file = path.join(folder, "reserve");
  return {
    async spend() {
      if (!(await exists(file))) return false;
      await rm(file);
      return true;
    },
    async restore() {
      if ((await exists(file)) || (await freePart(folder)) < minFreePart) return;
      // A file system that compresses would store zeros in no room at all.
      await writeFile(file, randomBytes(reserveBytes), { mode: 0o600 }).catch(() =>
        rm(file, { force: true }),
      );
    },
  };
}
