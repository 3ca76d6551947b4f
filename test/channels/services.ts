import { createHmac } from "node:crypto";
import http, { type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** What a stand-in for a service was asked. */
export interface Seen {
  line: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

export interface Service {
  url: string;
  seen: Seen[];
  close(): Promise<void>;
}

export interface Reply {
  status?: number;
  json?: unknown;
  text?: string;
  headers?: Record<string, string>;
}

/** A server of its own on this machine that answers as `reply` says. */
export async function startService(reply: (asked: Seen & { url: URL }) => Reply): Promise<Service> {
  const seen: Seen[] = [];
  const server = http.createServer(async (request, response) => {
    const body = await bodyOf(request);
    const asked = { line: `${request.method} ${request.url}`, headers: request.headers, body };
    seen.push(asked);
    const {
      status = 200,
      json,
      text,
      headers,
    } = reply({ ...asked, url: new URL(request.url ?? "/", "http://x") });
    const type = json === undefined ? "text/html" : "application/json; charset=utf-8";
    response.writeHead(status, { "content-type": type, ...headers });
    response.end(json === undefined ? (text ?? "") : JSON.stringify(json));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += chunk;
  return body;
}

export const pageId = "104206801976382";
export const pageToken = "EAAGm0PX4ZCpsBAKZCtokenOfThePage1234567890";

/** What Meta's Graph API answers: debug_token as its reference says, nodes by the fields of ../shared/specs/meta. */
export function metaReply(about: {
  node: string;
  nodeFields: Record<string, string>;
  token: string;
  debug?: Record<string, unknown>;
}) {
  return ({ url, headers }: Seen & { url: URL }): Reply => {
    const [, version, path] = /^\/(v\d+\.\d+)\/(.+)$/.exec(url.pathname) ?? [];
    const failure = (code: number, message: string): Reply => ({
      status: 400,
      json: { error: { message, type: "OAuthException", code, fbtrace_id: "A1" } },
    });
    if (!version) return failure(2500, "Unknown path components");
    if (headers.authorization !== `Bearer ${about.token}`) return failure(190, "Invalid OAuth access token.");
    if (path === "debug_token") {
      if (url.searchParams.get("input_token") !== about.token) return failure(100, "Invalid input_token");
      return { json: { data: { app_id: "1", is_valid: true, type: "PAGE", expires_at: 0, ...about.debug } } };
    }
    if (path !== about.node) return failure(100, "Unsupported get request.");
    const fields = (url.searchParams.get("fields") ?? "id").split(",");
    const known: Record<string, string> = { id: about.node, ...about.nodeFields };
    const unknown = fields.find((field) => known[field] === undefined);
    if (unknown) return failure(100, `Tried accessing nonexisting field (${unknown})`);
    return { json: Object.fromEntries(fields.map((field) => [field, known[field]])) };
  };
}

export const xKeys = {
  api_key: "kunciAplikasi1234567890",
  api_secret: "rahasiaAplikasi/+&=~1234567890",
  access_token: "1460323737035677698-tokenKantor",
  access_secret: "rahasiaKantor!*'()1234567890",
};

/** X's `GET /2/users/me`, which takes OAuth 1.0a signed by `keys` (RFC 5849, checked anew here) or one bearer. */
export function xReply(keys: typeof xKeys, bearer?: () => string) {
  return ({ line, headers }: Seen): Reply => {
    const refused = { status: 401, json: { title: "Unauthorized", type: "about:blank", status: 401 } };
    const authorization = headers.authorization ?? "";
    const isSigned =
      authorization.startsWith("OAuth ") &&
      isRightlySigned(authorization, `http://${headers.host}${line.split(" ")[1]}`, keys);
    const isBearer = bearer !== undefined && authorization === `Bearer ${bearer()}`;
    if (line !== "GET /2/users/me" || !(isSigned || isBearer)) return refused;
    return { json: { data: { id: "2244994945", name: "Kecamatan Cibitung", username: "kec_cibitung" } } };
  };
}

function isRightlySigned(authorization: string, url: string, keys: typeof xKeys): boolean {
  const fields = Object.fromEntries(
    [...authorization.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [
      name!,
      decodeURIComponent(value!),
    ]),
  );
  const { oauth_signature, ...signed } = fields;
  const encode = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
  const parameters = Object.entries(signed)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join("&");
  const base = ["GET", url, parameters].map(encode).join("&");
  const key = `${encode(keys.api_secret)}&${encode(keys.access_secret)}`;
  const isItsTime = Math.abs(Number(signed.oauth_timestamp) * 1000 - Date.now()) < 5 * 60_000;
  return isItsTime && oauth_signature === createHmac("sha1", key).update(base).digest("base64");
}
