import { Readable } from "node:stream";
import { type DataStore, type Locker, Metadata, Server } from "@tus/server";
import type { FastifyRequest } from "fastify";
import { limits } from "../../contract/contract.js";
import { problem } from "../services/problem.js";

/** Tells @tus/server the id of the row that was made for a new upload; whatever a client sends in it is replaced. */
const idHeader = "x-kominfo-upload-id";

/** Of an upload that is being created: nobody else knows its id. */
const unshared: Locker = { newLock: () => ({ lock: async () => {}, unlock: async () => {} }) };

/**
 * The tus 1.0 protocol (https://tus.io/protocols/resumable-upload) over the rows of `uploads` and what lies in `datastore`.
 * Owners, expiry and what a finished upload becomes are the route's.
 */
export function tusProtocol(datastore: DataStore, locker: Locker, path: string) {
  const server = new Server({
    path,
    datastore,
    locker: (request) => (request.method === "POST" ? unshared : locker),
    relativeLocation: true,
    maxSize: limits.photo_bytes,
    allowedOrigins: [],
    namingFunction: (request) => request.headers.get(idHeader) ?? "",
  });
  return {
    /**
     * Answers a request on an upload, its errors as problems.
     *
     * @param newId of the row, when the request creates an upload
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

/** `Upload-Metadata` in clear; undefined when it is not in that form. */
export function parseUploadMetadata(header: string): Record<string, string | null> | undefined {
  try {
    return Metadata.parse(header);
  } catch {
    return undefined;
  }
}

/** @tus/server answers in text/plain; its statuses are the protocol's and stay. */
async function problemOf(response: Response) {
  const { status } = response;
  if (status >= 500) return new Error(`tus: ${await response.text()}`);
  const detail = (await response.text()).trim();
  if (status === 413) return problem("too-large");
  if (status === 404 || status === 410) return problem("not-found", { status });
  if (status === 409 || status === 423) return problem("conflict", { status, detail });
  return problem("invalid", { status, detail });
}
