import type { FastifyInstance } from "fastify";
import { admins, deskUsers, editors, overseers, preparers } from "../../../contract/roles.js";

/*
 * Whom a page of the desk admits, as the options of its route. A route without one of these cannot be registered.
 */
export const forVisitors = { config: { roles: null } };
export const forDeskUsers = { config: { roles: deskUsers } };
export const forOverseers = { config: { roles: overseers } };
export const forPreparers = { config: { roles: preparers } };
export const forEditors = { config: { roles: editors } };
export const forAdmins = { config: { roles: admins } };

/** Refuses to register routes that do not declare whom they admit. */
export function requireAdmission(app: FastifyInstance): void {
  app.addHook("onRoute", ({ method, url, config }) => {
    if (config?.roles === undefined) throw new Error(`${method} ${url} does not declare its roles`);
  });
}
