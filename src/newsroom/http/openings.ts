import type { FastifyRequest } from "fastify";
import { isUnrecordedOpening, recordOpening, type ShownRevision } from "../services/audit.js";
import type { Caller } from "../services/caller.js";
import type { Store } from "../store/database/open.js";
import type { Writing } from "./write.js";

/**
 * Records in the audit log that the caller opens an internal block, before it is shown. Writes only where an entry is
 * missing, so that most reads cost no write.
 */
export async function noteOpening(
  { store, write, now }: Pick<Writing, "write"> & { store: Store; now: () => Date },
  request: FastifyRequest,
  caller: Caller,
  shown: ShownRevision,
): Promise<void> {
  if (!(await isUnrecordedOpening(store, caller, shown, now()))) return;
  await write(request, (transaction, confirmed) => recordOpening(transaction, confirmed, shown, now()));
}
