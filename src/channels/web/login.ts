import { z } from "zod";
import { problemOf } from "../login/answers.js";
import type { Asking, Channel, Checked, Secret } from "../login/types.js";

const me = z.object({ name: z.string(), slug: z.string() });

/**
 * A WordPress site (5.6 or newer), spoken to by an application password:
 * https://developer.wordpress.org/rest-api/reference/users/#retrieve-a-user-2
 */
export const web: Channel = {
  fields: [
    { name: "user", open: true, form: /^[^:\p{Cc}]{1,60}$/u },
    // WordPress shows it in groups of four, and takes it with or without the gaps.
    { name: "app_password", form: /^[\x21-\x7e]{8,100}$/, tidy: (typed) => typed.replace(/\s+/g, "") },
  ],
  source: (origin) => `${origin}/wp-admin/profile.php#application-passwords-section`,
  check,
};

async function check({ http, origin }: Asking, secret: Secret): Promise<Checked> {
  const login = Buffer.from(`${secret.user}:${secret.app_password}`).toString("base64");
  const answer = await http({
    method: "GET",
    // Only with context=edit does WordPress ask who it is; without it, a public profile would do.
    path: "/wp-json/wp/v2/users/me?context=edit",
    headers: { authorization: `Basic ${login}` },
  });
  const found = answer.status === 200 ? me.safeParse(answer.body) : undefined;
  if (found?.success) return { name: found.data.name || found.data.slug };
  throw problemOf(answer, { service: "web", origin });
}
