import { Readable } from "node:stream";
import { type DataStore, type Locker, Metadata, Server } from "@tus/server";
import type { FastifyRequest } from "fastify";
import { limits } from "../../contract/contract.js";
import { problem } from "../services/problem.js";

/** Passes the id of a new upload's row to @tus/server. A value from the client is overwritten. */
const idHeader = "x-kominfo-upload-id";

/** Locker for uploads that are being created: no other request knows their id, so they need no lock. */
const noLocking: Locker = { newLock: () => ({ lock: async () => {}, unlock: async () => {} }) };

/**
 * The tus 1.0 protocol (https://tus.io/protocols/resumable-upload) over the rows of `uploads` and the bytes in `datastore`.
 * The routes handle ownership, expiry and finished uploads.
 */
export function tusProtocol(datastore: DataStore, locker: Locker, path: string) {
  const server = new Server({
    path,
    datastore,
    locker: (request) => (request.method === "POST" ? noLocking : locker),
    relativeLocation: true,
    maxSize: limits.photo_bytes,
    allowedOrigins: [],
    namingFunction: (request) => request.headers.get(idHeader) ?? "",
  });
  return {
    /**
     * Handles a request on an upload. Throws its errors as problems.
     *
     * @param newId id of the row when the request creates an upload
     */
    async handle(request: FastifyRequest, newId = ""): Promise<Response> {
      const headers = new Headers(
        Object.entries(request.headers).flatMap(([name, value]) =>
          typeof value === "string" && name !== idHeader ? [[name, value] as [string, string]] : [],
        ),
      );
      headers.set(idHeader, newId);
      const hasBody = request.method === "POST" || request.method === "PATCH";
      const response = await server.handleWeb(
        new Request(new URL(request.url, "http://newsroom.invalid"), {
          method: request.method,
          headers,
          ...(hasBody ? { body: Readable.toWeb(request.raw) as ReadableStream, duplex: "half" } : {}),
        }),
      );
      if (response.status >= 400) throw await problemOf(response);
      return response;
    },
  };
}

/** Decodes the `Upload-Metadata` header; undefined when it is malformed. */
export function parseUploadMetadata(header: string): Record<string, string | null> | undefined {
  try {
    return Metadata.parse(header);
  } catch {
    return undefined;
  }
}

/** Turns an error of @tus/server, which is text/plain, into a problem with the protocol's status. */
async function problemOf(response: Response) {
  const { status } = response;
  if (status >= 500) return new Error(`tus: ${await response.text()}`);
  const detail = (await response.text()).trim();
  if (status === 413) return problem("too-large");
  if (status === 404 || status === 410) return problem("not-found", { status });
  if (status === 409 || status === 423) return problem("conflict", { status, detail });
  return problem("invalid", { status, detail });
}
