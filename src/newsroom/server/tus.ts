import { Readable } from "node:stream";
import { FileStore } from "@tus/file-store";
import { Metadata, Server, Upload } from "@tus/server";
import type { FastifyRequest } from "fastify";
import { limits } from "../contract.js";
import { problem } from "./domain/problem.js";
import type { Store } from "./store/open.js";
import { deleteUpload, findUpload } from "./store/uploads.js";

/** Tells @tus/server the id of the row that was made for a new upload; whatever a client sends in it is replaced. */
const idHeader = "x-kominfo-upload-id";

/**
 * The tus 1.0 protocol (https://tus.io/protocols/resumable-upload) over the rows of `uploads` and files in `folder`.
 * Owners, expiry and what a finished upload becomes are the route's.
 */
export function tusProtocol(store: Store, folder: string, path: string) {
  const files = new FileStore({ directory: folder, configstore: rowsOfUploads(store) });
  files.extensions = ["creation", "creation-with-upload", "termination", "expiration"];
  const server = new Server({
    path,
    datastore: files,
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

/** The route makes the row before @tus/server makes the file, so there is nothing to set. */
function rowsOfUploads(store: Store): NonNullable<ConstructorParameters<typeof FileStore>[0]["configstore"]> {
  return {
    async get(id) {
      const row = await findUpload(store, id);
      if (!row) return undefined;
      return new Upload({ id, size: row.size, offset: 0, metadata: JSON.parse(row.metadata) });
    },
    async set() {},
    delete: (id) => deleteUpload(store, id),
  };
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
