import { z } from "zod";
import type { HttpAnswer, HttpRequest } from "../../http/client.js";
import type { Asking, Secret } from "../login/types.js";
import { defaultGraphVersion } from "./versions.js";

/** The channels that are reached by Meta's Graph API. */
export type MetaChannel = "facebook" | "instagram";

/** A call of the Graph API. */
export interface GraphCall extends Pick<HttpRequest, "form" | "parts"> {
  method: "GET" | "POST" | "DELETE";
  /** Below the version: "/1234/feed". */
  path: string;
  query?: Readonly<Record<string, string>>;
}

/** Calls the Graph API with the login of one account. Every status is an answer; throws as `Http`. */
export type Graph = (call: GraphCall) => Promise<HttpAnswer>;

export function openGraph({ http, graphVersion = defaultGraphVersion }: Asking, { token }: Secret): Graph {
  return ({ method, path, query, ...body }) => {
    const search = query ? `?${new URLSearchParams(query)}` : "";
    const headers = { authorization: `Bearer ${token}` };
    return http({ method, path: `/${graphVersion}${path}${search}`, headers, ...body });
  };
}

/** @param fields with the Graph API's own braces: "id,attachments{target{id}}" */
export function readNode(graph: Graph, id: string, fields: string): Promise<HttpAnswer> {
  return graph({ method: "GET", path: `/${encodeURIComponent(id)}`, query: { fields } });
}

/** https://developers.facebook.com/docs/graph-api/guides/error-handling */
const failure = z.object({
  error: z.object({
    code: z.int(),
    error_subcode: z.int().optional(),
    message: z.string().optional(),
    error_user_msg: z.string().optional(),
  }),
});

/** What Meta says about a call that it refuses. `reason` is foreign text. */
export interface GraphFailure {
  code: number;
  subcode?: number;
  reason: string;
}

/** undefined where the answer is not an error of the Graph API. */
export function graphFailure(answer: HttpAnswer): GraphFailure | undefined {
  const error = failure.safeParse(answer.body).data?.error;
  if (!error) return undefined;
  const { code, error_subcode, message = "", error_user_msg } = error;
  return {
    code,
    ...(error_subcode !== undefined && { subcode: error_subcode }),
    reason: error_user_msg ?? message,
  };
}

/** "100/1366051", as it is written in reports and told to the newsroom. */
export function writeGraphCode({ code, subcode }: GraphFailure): string {
  return subcode === undefined ? String(code) : `${code}/${subcode}`;
}

/** The error of an id that is not there, or that this login may not see: Meta does not distinguish them. */
export function isNotThere(answer: HttpAnswer): boolean {
  const found = graphFailure(answer);
  return found?.code === 100 && found.subcode === 33;
}
