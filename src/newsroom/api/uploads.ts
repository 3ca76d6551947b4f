import { finished } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { validate as isUuid, v7 as uuid } from "uuid";
import { apiPath, limits, uploadMetadata } from "../../contract/contract.js";
import { endpoints } from "../../contract/endpoints/endpoints.js";
import { callerOf } from "../http/auth.js";
import { routeOf } from "../http/endpoint.js";
import { validate } from "../http/validate.js";
import { confirmCaller, type Transact } from "../http/write.js";
import type { RouteOptions } from "../options.js";
import { ProblemError, problem } from "../services/problem.js";
import { findUpload, insertUpload } from "../store/photos/uploads.js";
import type { UploadRow } from "../store/schema.js";
import { type HeldLock, lockedProblem, withLock } from "../uploads/lock.js";
import { guardUploads, requireRoom } from "../uploads/quota.js";
import {
  formatUploadMetadata,
  hasBytes,
  parseUploadMetadata,
  refuseOtherBodies,
  refuseUnsupported,
  tusProtocol,
} from "../uploads/tus.js";
import { makePhoto, removeUpload, storedMetadata, uploadLifetimeMs } from "../uploads/uploads.js";
import type { ById } from "./submissions.js";

const uploadsPath = `${apiPath}/uploads`;
/** Matches the addresses of tus, with their query. */
const uploadAddress = new RegExp(`^${uploadsPath}(?:[/?]|$)`);

/** Names the version of tus in every answer at its addresses, also where nobody is let in, or no route has the method. */
export function nameTusVersion(app: FastifyInstance): void {
  app.addHook("onSend", async ({ url }, reply) => {
    if (uploadAddress.test(url)) reply.header("tus-resumable", "1.0.0");
  });
}

/** Photo uploads by tus 1.0. An upload is visible to its owner only; anyone else gets `not-found`. */
export function uploadRoutes(app: FastifyInstance, options: RouteOptions): void {
  const { store, write, staging, locker, now } = options;
  const turns = options.decoding;
  const deps = { ...options, turns };
  const tus = tusProtocol(staging.datastore, uploadsPath);

  guardUploads(app, options.freeSpace);
  // `refuseOtherBodies` looks after the type.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (request, payload, done) => {
    // The tus server reads the bytes as a stream. A body that means nothing is waited for, as everywhere.
    if (hasBytes(request)) done(null);
    else finished(payload.resume(), (error) => done(error ?? null));
  });
  app.addHook("onRequest", async (request, reply) => {
    if (request.method !== "OPTIONS" && request.headers["tus-resumable"] !== "1.0.0") {
      reply.header("tus-version", "1.0.0");
      throw problem("invalid", { status: 412, detail: "Tus-Resumable: 1.0.0" });
    }
    refuseUnsupported(request);
    refuseOtherBodies(request);
  });

  app.options("/uploads", routeOf(endpoints.uploadOptions), async (request, reply) =>
    relay(await tus.handle(request), reply),
  );

  app.post("/uploads", routeOf(endpoints.createUpload), async (request, reply) => {
    const row = announcedUpload(request, now());
    const { sha256 } = storedMetadata.parse(JSON.parse(row.metadata));
    // In one transaction, so that two concurrent uploads are both counted against the quota.
    await write(request, async (transaction, caller) => {
      await requireRoom(transaction, caller, { size: row.size, sha256 });
      await insertUpload(transaction, row);
    });
    try {
      // No lock is needed: no other request knows the upload's address yet.
      const response = await tus.handle(request, row.id);
      if (response.headers.get("upload-offset") === String(row.size)) {
        await makePhoto(deps, row, writeFor(request));
      } else await confirmCaller(store, request);
      return relay(response, withExpiry(reply, row));
    } catch (error) {
      // A refusal names no address at which the upload could go on. What cannot be removed now expires.
      await removeUpload(options, row.id, writeFor(request)).catch(() => {});
      throw error;
    }
  });

  app.head<ById>("/uploads/:id", routeOf(endpoints.readUpload), async (request, reply) => {
    const { row, offset } = await alone(request, reply, async (row) => {
      if (row.finished_at !== null) return { row, offset: row.size };
      const offset = await tus.offsetOf(row.id, request);
      // All bytes arrived, but the client did not get the last answer: finish the photo now.
      if (offset === row.size) {
        await makePhoto(deps, row, writeFor(request)).catch((error: unknown) => {
          // A client of tus takes any other refusal (4xx) of a HEAD for the end of the upload, and begins anew.
          throw isBusy(error) ? lockedProblem() : error;
        });
      }
      return { row, offset };
    });
    reply.headers({
      "upload-offset": offset,
      "upload-length": row.size,
      "upload-metadata": formatUploadMetadata(JSON.parse(row.metadata)),
    });
    return withExpiry(reply, row).send();
  });

  app.patch<ById>("/uploads/:id", routeOf(endpoints.continueUpload), async (request, reply) => {
    if (!/^(?:0|[1-9]\d*)$/.test(String(request.headers["upload-offset"] ?? ""))) {
      throw problem("invalid", { status: 400, detail: "Upload-Offset" });
    }
    const { row, response } = await alone(request, reply, async (row, held) => {
      if (row.finished_at !== null) throw problem("conflict", { detail: "finished" });
      const response = await tus.handle(request, row.id, held);
      if (response.headers.get("upload-offset") === String(row.size)) {
        await makePhoto(deps, row, writeFor(request));
      }
      // Bytes come for minutes. Of whoever may send no more nothing is acknowledged, and the upload expires.
      else await confirmCaller(store, request);
      return { row, response };
    });
    return relay(response, withExpiry(reply, row));
  });

  app.delete<ById>("/uploads/:id", routeOf(endpoints.removeUpload), async (request, reply) => {
    await alone(request, reply, (row) => removeUpload(options, row.id, writeFor(request)));
    return reply.status(204).send();
  });

  async function ownUpload(request: FastifyRequest<ById>): Promise<UploadRow> {
    const { id } = request.params;
    const row = isUuid(id) ? await findUpload(store, id) : undefined;
    if (!row || row.user_id !== callerOf(request).id) throw problem("not-found");
    if (expiryOf(row) <= now()) throw problem("not-found", { status: 410 });
    return row;
  }

  /**
   * Works on the caller's upload while no other request does. Its row is read again once it is locked: while the request
   * waited, another may have finished the upload or given it up.
   */
  async function alone<T>(
    request: FastifyRequest<ById>,
    reply: FastifyReply,
    work: (row: UploadRow, held: HeldLock) => Promise<T>,
  ): Promise<T> {
    const { id } = await ownUpload(request);
    const gone = new AbortController();
    reply.raw.once("close", () => gone.abort());
    return withLock(locker, id, gone.signal, async (held) => work(await ownUpload(request), held));
  }

  /** 20 MB may take half an hour on a slow line: whether the sender may still add a photo is read when it is added. */
  function writeFor(request: FastifyRequest): Transact {
    return (work) => write(request, work);
  }
}

/**
 * Makes the row of a new upload from the request headers. All that @tus/server would refuse is refused here, before the row
 * counts against the quota.
 */
function announcedUpload(request: FastifyRequest, now: Date): UploadRow {
  const caller = callerOf(request);
  const length = String(request.headers["upload-length"] ?? "");
  if (!/^[1-9]\d*$/.test(length)) throw problem("invalid", { status: 400, detail: "Upload-Length" });
  if (Number(length) > limits.photo_bytes) throw problem("too-large");
  // Of bytes that come along. `answerInTurn` refuses a body that does not say how long it is.
  if (Number(request.headers["content-length"] ?? 0) > Number(length)) throw problem("too-large");
  const header = parseUploadMetadata(String(request.headers["upload-metadata"] ?? ""));
  if (!header) throw problem("invalid", { status: 400, detail: "Upload-Metadata" });
  return {
    id: uuid(),
    user_id: caller.id,
    kecamatan: caller.kecamatan ?? "",
    size: Number(length),
    metadata: JSON.stringify(storedMetadata.parse(validate(uploadMetadata, header, request))),
    created_at: now.toISOString(),
    finished_at: null,
  };
}

function isBusy(error: unknown): boolean {
  return error instanceof ProblemError && error.problem === "too-many-requests";
}

function expiryOf(row: UploadRow): Date {
  return new Date(Date.parse(row.created_at) + uploadLifetimeMs);
}

function withExpiry(reply: FastifyReply, row: UploadRow): FastifyReply {
  return reply.header("upload-expires", expiryOf(row).toUTCString());
}

/** Forwards an answer of the tus server, whose body is empty. `allowOrigins` looks after other origins. */
function relay(response: Response, reply: FastifyReply): FastifyReply {
  for (const [name, value] of response.headers) {
    if (name !== "content-length" && !name.startsWith("access-control-")) reply.header(name, value);
  }
  return reply.status(response.status).send();
}
