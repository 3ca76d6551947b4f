import { z } from "zod";
import { denied, failed, type KominfoError, temporary } from "../../errors/errors.js";
import type { HttpAnswer, HttpRequest } from "../../http/client.js";
import { cleanLine } from "../../text/clean.js";
import { problemOf } from "../login/answers.js";
import type { Session } from "../publishing.js";

/** What a role of WordPress may lack (https://wordpress.org/documentation/article/roles-and-capabilities/). */
export type Capability = "edit_posts" | "upload_files" | "edit_published_posts";

/** The WordPress user of a login. */
export interface SiteUser {
  id: number;
  /** As the site writes it; foreign text. */
  name: string;
  can(capability: Capability | "publish_posts"): boolean;
}

/** The fields in which WordPress reports a failure: https://developer.wordpress.org/rest-api/extending-the-rest-api/adding-custom-endpoints/#return-value */
const failure = z.object({
  code: z.coerce.string(),
  message: z.string().default(""),
  data: z.object({ term_id: z.coerce.number().int().positive().optional() }).nullish().catch(undefined),
});
export type SiteFailure = z.infer<typeof failure>;

const me = z.object({
  id: z.number().int().positive(),
  name: z.string(),
  slug: z.string(),
  // An empty list is how PHP writes an empty object.
  capabilities: z.union([
    z.record(z.string(), z.unknown()),
    z.array(z.unknown()).transform((): Record<string, unknown> => ({})),
  ]),
});

/** Sends a request below /wp-json/wp/v2 as the login's user. */
export function ask(session: Session, request: HttpRequest): Promise<HttpAnswer> {
  return askApi(session, { ...request, path: `/wp/v2${request.path}` });
}

/** Sends a request below /wp-json as the login's user. */
export function askApi(session: Session, request: HttpRequest): Promise<HttpAnswer> {
  const login = Buffer.from(`${session.secret.user}:${session.secret.app_password}`).toString("base64");
  return session.http({
    ...request,
    path: `/wp-json${request.path}`,
    headers: { ...request.headers, authorization: `Basic ${login}` },
  });
}

/** Reads what must be there. Throws as `siteProblem`. */
export async function read<T>(session: Session, path: string, schema: z.ZodType<T>): Promise<T> {
  return expectAnswer(session, await ask(session, { method: "GET", path }), schema);
}

/** The answer's body when it is a success of this form. Throws as `siteProblem`. */
export function expectAnswer<T>(
  session: Session,
  answer: HttpAnswer,
  schema: z.ZodType<T>,
  lacks: Capability = "edit_posts",
): T {
  const found = isSuccess(answer) ? schema.safeParse(answer.body) : undefined;
  if (found?.success) return found.data;
  throw siteProblem(session, answer, lacks);
}

export function isSuccess({ status }: HttpAnswer): boolean {
  return status >= 200 && status < 300;
}

export function failureOf({ body }: HttpAnswer): SiteFailure | undefined {
  return failure.safeParse(body).data;
}

/** Who the login is, and what the site lets this user do. Asked once in a run. */
export function siteUser(session: Session): Promise<SiteUser> {
  const ask = () => readUser(session);
  return session.remember ? session.remember("user", ask) : ask();
}

async function readUser(session: Session): Promise<SiteUser> {
  const { id, name, slug, capabilities } = await read(session, "/users/me?context=edit", me);
  // Some hosts write a capability as "1".
  const can = (capability: string) => [true, 1, "1"].some((yes) => capabilities[capability] === yes);
  return { id, name: cleanLine(name) || cleanLine(slug), can };
}

/** The failure of a user whose role does not suffice (exit 4). */
export function roleProblem(session: Session, lacks: Capability): KominfoError {
  return denied("web-role", { origin: session.origin, account: session.secret.user ?? "", lacks });
}

/**
 * The failure that an answer of the site tells.
 *
 * @param lacks what the role lacks when WordPress itself refuses
 */
export function siteProblem(session: Session, answer: HttpAnswer, lacks: Capability): KominfoError {
  const { origin } = session;
  const { status, type } = answer;
  const told = failureOf(answer);
  if (status === 403) return told ? roleProblem(session, lacks) : failed("web-firewall", { origin });
  if (status === 413) return failed("web-upload-refused", { origin, reason: "413" });
  if (told && /^rest_upload_/.test(told.code)) {
    return failed("web-upload-refused", {
      origin,
      reason: cleanLine(`${told.code}: ${told.message}`).slice(0, 300),
    });
  }
  if (status >= 200 && status < 300 && /[/+]json$/.test(type) && answer.body === undefined) {
    return failed("web-answer-broken", { origin });
  }
  if (status === 400 && told) {
    return failed("web-refused", {
      origin,
      reason: cleanLine(`${told.code}: ${told.message}`).slice(0, 300),
    });
  }
  if (status === 408) return temporary("server-failing", { origin, status });
  return problemOf(answer, { service: "web", origin });
}
