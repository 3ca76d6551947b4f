import { Readable } from "node:stream";
import { FileStore } from "@tus/file-store";
import type { FastifyRequest } from "fastify";
import { expect, it } from "vitest";
import { isClientGone } from "../../../src/newsroom/http/closed.js";
import { tusProtocol } from "../../../src/newsroom/uploads/tus.js";
import { photoFolder } from "../../support/photos.js";

it.each([
  ["POST", false],
  ["POST", true],
  ["PATCH", false],
  ["PATCH", true],
])(
  "%s by a client that has gone before its body is read is a cut request, and no failure; all of it had come: %s",
  async (method, complete) => {
    const raw = Object.assign(new Readable({ read() {} }), { complete, socket: { destroyed: true } });
    raw.destroy();
    const request = { method, headers: { "content-length": "1" }, raw } as unknown as FastifyRequest;
    const tus = tusProtocol(new FileStore({ directory: await photoFolder() }), "/uploads");
    const failure = await tus.handle(request, "1").catch((error: unknown) => error);
    expect([isClientGone(failure, request), failure]).toEqual([true, expect.any(Error)]);
  },
);
