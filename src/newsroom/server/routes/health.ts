import type { FastifyInstance } from "fastify";
import type { NewsroomOptions } from "../app.js";

/** For the one who runs the newsroom: answers while the process and its database do. */
export function healthRoutes(app: FastifyInstance, { store }: NewsroomOptions): void {
  app.get("/healthz", { config: { rateLimit: false } }, async () => {
    await store.selectFrom("migrations").select("number").executeTakeFirst();
    return { status: "ok" };
  });
}
