import Fastify from "fastify";
import type { Role } from "../../../src/contract/roles.js";
import { registerDesk } from "../../../src/newsroom/desk/desk.js";
import { defaultRates, type RouteOptions } from "../../../src/newsroom/options.js";
import type { Store } from "../../../src/newsroom/store/database/open.js";

interface DeskRoute {
  method: string;
  url: string;
  /** Whom it admits; null for visitors who have not logged in. */
  roles: readonly Role[] | null;
}

/** The desk's routes as they are registered, without files and without HEAD, which goes with GET. */
export async function routesOfDesk(): Promise<DeskRoute[]> {
  const app = Fastify();
  const routes: DeskRoute[] = [];
  app.addHook("onRoute", ({ method, url, config }) => {
    if (method === "HEAD" || url.startsWith("/assets/")) return;
    routes.push({ method: String(method), url, roles: config?.roles ?? null });
  });
  app.decorateRequest("visitor", null);
  await app.register(async (pages) =>
    registerDesk(pages, { rates: defaultRates } as RouteOptions, {} as Store),
  );
  await app.ready();
  await app.close();
  return routes;
}
