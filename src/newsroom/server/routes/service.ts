import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import { categories, limits, type service, type settings } from "../../contract.js";
import type { NewsroomOptions } from "../app.js";
import { minimumClient } from "../client-version.js";

/** What anyone may know: what this is, and how posts are filed here. */
export function serviceRoutes(app: FastifyInstance, { version, now }: NewsroomOptions): void {
  app.get("/", async (): Promise<z.infer<typeof service>> => {
    return {
      name: "kominfo-newsroom",
      version,
      minimum_client: minimumClient,
      time: now().toISOString(),
      limits: { ...limits },
    };
  });
  app.get("/settings", async (): Promise<z.infer<typeof settings>> => {
    return { categories: [...categories] };
  });
}
