import type { FastifyInstance } from "fastify";
import { forVisitors } from "../http/admission.js";
import type { Assets } from "../pages/assets.js";

/** Serves the desk's stylesheet, script and icon. */
export function assetRoutes(app: FastifyInstance, assets: Assets): void {
  for (const [address, { type, body }] of assets.bytes) {
    app.get(address, forVisitors, async (_request, reply) =>
      reply
        .headers({ "content-type": type, "cache-control": "public, max-age=31536000, immutable" })
        .send(body),
    );
  }
}
