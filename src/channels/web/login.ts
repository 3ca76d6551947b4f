import { z } from "zod";
import { problemOf } from "../login/answers.js";
import type { Asking, CheckedLogin, Secret } from "../login/types.js";

const me = z.object({ name: z.string(), slug: z.string() });

/** A site that is one refuses who asks for themselves without a login (401), with JSON. */
export async function lookFor({ http, origin }: Asking): Promise<void> {
  const answer = await http({ method: "GET", path: "/wp-json/wp/v2/users/me" });
  if (answer.status === 401 || answer.status === 403 || (answer.status === 200 && answer.body !== undefined))
    return;
  throw problemOf(answer, { service: "web", origin });
}

/** https://developer.wordpress.org/rest-api/reference/users/#retrieve-a-user-2 */
export async function check({ http, origin }: Asking, secret: Secret): Promise<CheckedLogin> {
  const login = Buffer.from(`${secret.user}:${secret.app_password}`).toString("base64");
  const answer = await http({
    method: "GET",
    // Only with context=edit does WordPress require the login; a public profile needs none.
    path: "/wp-json/wp/v2/users/me?context=edit",
    headers: { authorization: `Basic ${login}` },
  });
  const found = answer.status === 200 ? me.safeParse(answer.body) : undefined;
  if (found?.success) return { name: found.data.name || found.data.slug };
  throw problemOf(answer, { service: "web", origin });
}
