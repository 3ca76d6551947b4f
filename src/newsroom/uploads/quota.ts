import type { FastifyInstance } from "fastify";
import { limits } from "../../contract/contract.js";
import { callerOf } from "../http/auth.js";
import { createCounts } from "../http/counts.js";
import { minFreePart } from "../operation/disk-space.js";
import { quotaProblem } from "../services/allowances.js";
import type { Caller } from "../services/caller.js";
import { problem } from "../services/problem.js";
import type { Store } from "../store/database/open.js";
import { unattachedOf } from "../store/photos/quota.js";
import { isRedacted } from "../store/submissions/redactions.js";

/**
 * Checks whether the caller may start an upload. Throws `quota` when too many bytes or files of theirs are in no submission
 * and no album yet, or too many uploads unfinished, `photo-invalid` for a photo that was redacted.
 *
 * @param upload declared size in bytes and declared hash
 */
export async function requireRoom(
  store: Store,
  caller: Caller,
  upload: { size: number; sha256: string },
): Promise<void> {
  if (await isRedacted(store, upload.sha256)) throw problem("photo-invalid", { detail: "redacted" });
  const { bytes, files, unfinished } = await unattachedOf(store, caller.id);
  if (bytes + upload.size > limits.unattached_bytes) throw quotaProblem("unattached_bytes");
  if (files >= limits.unattached_files) throw quotaProblem("unattached_files");
  if (unfinished >= limits.unfinished_uploads) throw quotaProblem("unfinished_uploads");
}

/**
 * Limits concurrent uploads per person, and refuses uploads while the disk is nearly full.
 *
 * @param freeSpace free fraction of the disk, 0 to 1
 */
export function guardUploads(app: FastifyInstance, freeSpace: () => Promise<number>): void {
  const sending = createCounts();
  app.addHook("preHandler", async (request, reply) => {
    if (request.method !== "POST" && request.method !== "PATCH") return;
    if ((await freeSpace()) < minFreePart) throw problem("storage-full");
    // The client disconnected during the disk check: no "close" event follows to decrement the count.
    if (reply.raw.closed) return;
    const { id } = callerOf(request);
    if (sending.get(id) >= limits.uploads_at_once) {
      reply.header("retry-after", "5");
      throw problem("too-many-requests");
    }
    sending.add(id, 1);
    // Bytes come for minutes. What costs has its own turns, and each transaction too.
    request.endTurn?.();
    reply.raw.once("close", () => sending.add(id, -1));
  });
}
