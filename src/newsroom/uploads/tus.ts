import { Readable } from "node:stream";
import { type DataStore, type Locker, Metadata, Server } from "@tus/server";
import type { FastifyRequest } from "fastify";
import { limits } from "../../contract/contract.js";
import { connectionCut } from "../http/closed.js";
import { overrideHeader } from "../http/method-override.js";
import { problem } from "../services/problem.js";
import type { HeldLock } from "./lock.js";

const bytesType = "application/offset+octet-stream";

/** Passes the id of the upload's row to @tus/server. A value from the client is never passed on. */
const idHeader = "x-kominfo-upload-id";

/**
 * The only headers that @tus/server gets. It acts on several more, such as those of extensions that we do not have, and
 * refuses a request for a header that does not concern it.
 */
const passedHeaders: Readonly<Record<string, readonly string[]>> = {
  OPTIONS: [],
  POST: ["tus-resumable", "upload-length", "upload-metadata", "content-type", "content-length"],
  PATCH: ["tus-resumable", "upload-offset", "upload-length", "content-type", "content-length"],
};

/**
 * Headers of extensions that change what a request means, with the answer to them. Ignoring them would store something
 * else than the client asked for. (`Upload-Checksum` is not among them: a photo is checked by the hash in its metadata.)
 */
const unsupportedHeaders: Readonly<Record<string, number>> = {
  "upload-concat": 501,
  "upload-defer-length": 400,
};

/**
 * The tus 1.0 protocol (https://tus.io/protocols/resumable-upload) over the rows of `uploads` and the bytes in `datastore`.
 * The routes handle ownership, expiry and finished uploads.
 */
export function tusProtocol(datastore: DataStore, path: string) {
  const locks = new WeakMap<Request, HeldLock>();
  /** What was thrown while a request was handled. @tus/server makes a text of it: "Something went wrong". */
  const failures = new WeakMap<Request, unknown>();
  const server = new Server({
    path,
    datastore,
    locker: (request) => joined(locks.get(request)),
    onResponseError: async (passed, error) => void failures.set(passed, error) as undefined,
    relativeLocation: true,
    maxSize: limits.photo_bytes,
    allowedOrigins: [],
    namingFunction: idOf,
    // Never from the address: what @tus/server makes of it may not be the upload that the route has authorised.
    getFileIdFromRequest: idOf,
  });
  return {
    /**
     * Handles a request on an upload. Throws its errors as problems.
     *
     * @param id of the upload's row; "" for OPTIONS
     * @param held the upload's lock. An upload that is being created needs none: no other request knows its address.
     */
    async handle(request: FastifyRequest, id = "", held?: HeldLock): Promise<Response> {
      const headers = new Headers({ [idHeader]: id });
      for (const name of passedHeaders[request.method] ?? []) {
        const value = request.headers[name];
        if (typeof value === "string") headers.set(name, value);
      }
      const isSending = hasBytes(request);
      // Gone while its row was read or written, with its body, also if all of that had come: no stream can be made of it.
      if (isSending && request.raw.destroyed) throw connectionCut();
      // @tus/server reads an id from the end of the address before it asks `getFileIdFromRequest`.
      const passed = new Request(`http://newsroom.invalid${path}/${request.method === "POST" ? "" : id}`, {
        method: request.method,
        headers,
        ...(isSending ? { body: Readable.toWeb(request.raw) as ReadableStream, duplex: "half" } : {}),
      });
      if (held) locks.set(passed, held);
      const response = await server.handleWeb(passed);
      if (response.status >= 400) {
        throw problemOf(response.status, (await response.text()).trim(), request, failures.get(passed));
      }
      return response;
    },
    /** How many bytes of an unfinished upload are there. Throws `not-found` where they are gone. */
    async offsetOf(id: string, request: FastifyRequest): Promise<number> {
      try {
        return (await datastore.getUpload(id)).offset;
      } catch (error) {
        // What @tus/server answers itself, it throws as an object that is no Error.
        const { status_code, body } = error as { status_code?: number; body?: string };
        throw status_code === undefined ? error : problemOf(status_code, (body ?? "").trim(), request);
      }
    },
  };
}

/** Locker of a request that holds its lock already: @tus/server only asks to be told when another request waits. */
function joined(held: HeldLock | undefined): Locker {
  return {
    newLock: () => ({
      lock: async (_signal, requestRelease) => held?.onWanted(requestRelease),
      unlock: async () => held?.onWanted(() => {}),
    }),
  };
}

function idOf(request: Request): string {
  return request.headers.get(idHeader) ?? "";
}

/**
 * Throws `invalid` (501, 400) for a header of a tus extension that this service does not have, and for a method that was
 * named beside another one (`overrideMethod` follows those that may be).
 */
export function refuseUnsupported(request: FastifyRequest): void {
  const named = request.headers[overrideHeader];
  if (named !== undefined && named !== request.method) {
    throw problem("invalid", { status: 400, detail: overrideHeader });
  }
  for (const [name, status] of Object.entries(unsupportedHeaders)) {
    if (request.headers[name] !== undefined) throw problem("invalid", { status, detail: name });
  }
}

/** Whether the request brings bytes of an upload, or says so. */
export function hasBytes({ method, headers }: FastifyRequest): boolean {
  return method === "PATCH" || (method === "POST" && Number(headers["content-length"] ?? 0) > 0);
}

/** Throws `invalid` (415) for bytes that are not an upload's (tus 1.0, PATCH). Of an empty creation the type means nothing. */
export function refuseOtherBodies(request: FastifyRequest): void {
  if (hasBytes(request) && request.headers["content-type"] !== bytesType) {
    throw problem("invalid", { status: 415, detail: bytesType });
  }
}

/** Decodes the `Upload-Metadata` header; undefined when it is malformed. */
export function parseUploadMetadata(header: string): Record<string, string | null> | undefined {
  try {
    return Metadata.parse(header);
  } catch {
    return undefined;
  }
}

/** Encodes the `Upload-Metadata` header. */
export function formatUploadMetadata(stored: Record<string, string>): string {
  return Metadata.stringify(stored);
}

/**
 * Turns an answer of @tus/server that is an error, as text/plain, into a problem with the protocol's status.
 *
 * @param failure what was thrown meanwhile
 */
function problemOf(status: number, detail: string, request: FastifyRequest, failure?: unknown): Error {
  if (status >= 500) {
    if (isCut(request)) return connectionCut();
    return failure instanceof Error ? failure : new Error(`tus: ${detail}`);
  }
  if (status === 413) return problem("too-large");
  if (status === 404 || status === 410) return problem("not-found", { status });
  if (status === 409 || status === 423) return problem("conflict", { status, detail });
  return problem("invalid", { status, detail });
}

/** Whether the client has gone before its body has come. */
function isCut({ raw }: FastifyRequest): boolean {
  return raw.destroyed && !raw.complete;
}
