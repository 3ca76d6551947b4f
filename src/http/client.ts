import type { Agent } from "node:http";
import axios, { AxiosError, type AxiosInstance, type AxiosResponse } from "axios";
import type { KominfoError } from "../errors/errors.js";
import { cancelled, exit } from "../errors/errors.js";
import { createTunnel } from "./agent.js";
import { connectionFailure, slowFailure } from "./connection-failure.js";
import { type ProxySetting, proxyOf } from "./proxy.js";
import { redirectFailure } from "./redirect.js";
import { type OnWait, persist } from "./retry.js";

export interface HttpOptions {
  /** Scheme, host and port; nothing is ever sent elsewhere. */
  origin: string;
  headers: Readonly<Record<string, string>>;
  /** Aborts every request. */
  signal: AbortSignal;
  /** One line per request, without query, headers or bodies; for `--verbose`. */
  onRequest?: (line: string) => void;
  /** Gives up after this long without any data, in ms. A whole answer may take four times as long. */
  timeoutMs?: number;
  /** Connections that are shared with other clients of the same origin (`createSharedAgent`). */
  agent?: Agent | undefined;
  /** The time by this computer's clock, for certificates that are not valid at it. */
  now?: (() => Date) | undefined;
  /** See `redirectFailure`. */
  neverRedirects?: boolean;
  /** Called before a GET is repeated. */
  onWait?: OnWait | undefined;
}

export interface HttpRequest {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Starts with "/"; may have a query. */
  path: string;
  /** A function is asked before each try: a signature is good for one. */
  headers?: Readonly<Record<string, string>> | (() => Readonly<Record<string, string>>);
  /** Gives the answer's body as text, whatever its type. */
  asText?: boolean;
  /** Sent as JSON, exactly these bytes. */
  json?: string;
  /** Sent as a form instead (application/x-www-form-urlencoded). */
  form?: Readonly<Record<string, string>>;
  /** Sent as a form with files instead (multipart/form-data, RFC 7578). */
  parts?: Readonly<Record<string, string | FilePart>>;
  /** Sent as a file alone instead. */
  file?: FilePart;
}

/** A file in a request. */
export interface FilePart {
  name: string;
  /** Its media type. */
  type: string;
  bytes: Uint8Array;
}

export interface HttpAnswer {
  status: number;
  header(name: string): string | undefined;
  /** undefined where the answer is not JSON, unless `asText` was asked for. */
  body: unknown;
  /** Of `Content-Type`, without parameters. */
  type: string;
}

export type Http = (request: HttpRequest) => Promise<HttpAnswer>;

/** Bytes read of an answer. A page of 100 submissions is far smaller. */
const maxAnswerBytes = 32 * 1024 * 1024;
/** Short, because a person waits for a read. */
const readRetryPolicy = { tries: 3, maxTries: 3, firstWaitMs: 400, maxWaitMs: 2000 };
const lineIsDown: readonly string[] = ["server-unreachable", "proxy-unreachable"];
const formType = "application/x-www-form-urlencoded";

/**
 * Creates a client for one origin. It follows no redirect (it reports the new address) and accepts no absolute URL. It
 * throws no AxiosError, whose config carries the login. Every HTTP status is an answer. A GET is repeated when the
 * connection breaks; other methods are not, because only the caller knows whether a write may be repeated.
 *
 * Throws `proxy-invalid` (exit 2) at once. A request throws `server-unreachable`, `server-slow`, `proxy-unreachable` (exit 5;
 * exit 1 for a certificate that is not accepted), `server-redirects` (exit 1, or 5) and `cancelled`.
 */
export function createHttp(options: HttpOptions): Http {
  const { timeoutMs = 30_000 } = options;
  const agent = options.agent ?? createTunnel(options.origin);
  const client = axios.create({
    baseURL: options.origin,
    allowAbsoluteUrls: false,
    maxRedirects: 0,
    timeout: timeoutMs,
    timeoutErrorMessage: "timeout",
    headers: options.headers,
    maxContentLength: maxAnswerBytes,
    responseType: "text",
    transformResponse: (text: unknown) => text,
    validateStatus: () => true,
    proxy: proxyForAxios(proxyOf(options.origin)),
    ...(agent && { httpAgent: agent, httpsAgent: agent, proxy: false as const }),
  });
  const once = async (request: HttpRequest) => {
    // The idle timeout never ends a request whose server sends a byte now and then.
    const deadline = AbortSignal.timeout(4 * timeoutMs);
    try {
      return await send(client, options, request, AbortSignal.any([options.signal, deadline]));
    } catch (error) {
      throw toKominfoError(error, options, request, deadline.aborted);
    }
  };
  return (request) => {
    if (request.method !== "GET") return once(request);
    const { signal, onWait } = options;
    const mayPass = (error: KominfoError) => lineIsDown.includes(error.code) && error.exit === exit.temporary;
    return persist(() => once(request), { signal, policy: readRetryPolicy, mayPass, onWait });
  };
}

async function send(
  client: AxiosInstance,
  options: HttpOptions,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const started = performance.now();
  const response = await client.request<string>({
    method: request.method,
    url: request.path,
    signal,
    headers: { ...headersOf(request), "content-type": contentTypeOf(request) },
    data: bodyOf(request),
  });
  const took = Math.round(performance.now() - started);
  options.onRequest?.(
    `${request.method} ${options.origin}${withoutQuery(request.path)} ${response.status} ${took} ms`,
  );
  const location = headerOf(response, "location");
  const isRedirect = response.status >= 300 && response.status < 400 && response.status !== 304;
  if (isRedirect && (location !== undefined || !options.neverRedirects)) {
    throw redirectFailure(options.origin, location, options);
  }
  const type = (headerOf(response, "content-type") ?? "").split(";")[0]!.trim().toLowerCase();
  return {
    status: response.status,
    header: (name) => headerOf(response, name),
    type,
    body: request.asText ? response.data : /[/+]json$/.test(type) ? parseJson(response.data) : undefined,
  };
}

/** For addresses without TLS. axios reads the environment by itself, but would speak another scheme to an address without one. */
function proxyForAxios(proxy: ProxySetting | undefined) {
  if (!proxy) return false as const;
  const { protocol, hostname, port, username, password } = proxy.url;
  const login = username !== "" && {
    auth: { username: decoded(username), password: decoded(password) },
  };
  const defaultPort = protocol === "https:" ? 443 : 80;
  return { protocol, host: hostname, port: port === "" ? defaultPort : Number(port), ...login };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function headersOf({ headers }: HttpRequest): Readonly<Record<string, string>> | undefined {
  return typeof headers === "function" ? headers() : headers;
}

function bodyOf({ json, form, parts, file }: HttpRequest): unknown {
  if (json !== undefined) return json;
  if (form) return new URLSearchParams(form).toString();
  if (!parts) return file && Buffer.from(file.bytes);
  const body = new FormData();
  for (const [name, part] of Object.entries(parts)) {
    if (typeof part === "string") body.append(name, part);
    else body.append(name, new Blob([Buffer.from(part.bytes)], { type: part.type }), part.name);
  }
  return body;
}

/** Without a body axios would set the content type of a form, which the newsroom refuses; for parts it names their boundary. */
function contentTypeOf({ json, form, parts, file }: HttpRequest): string | false | undefined {
  if (json !== undefined) return "application/json";
  if (form) return formType;
  if (parts) return undefined;
  return file ? file.type : false;
}

/** Converts a failure to a KominfoError that holds code, origin and path, and never the request itself. */
function toKominfoError(
  error: unknown,
  options: HttpOptions,
  request: HttpRequest,
  isLate: boolean,
): KominfoError {
  if (options.signal.aborted) return cancelled("cancelled");
  if (!(error instanceof AxiosError)) throw error;
  const { origin, now } = options;
  const broken = { origin, path: withoutQuery(request.path), error, now };
  const isSlow = isLate || error.code === "ECONNABORTED" || error.code === "ETIMEDOUT";
  return isSlow ? slowFailure(broken) : connectionFailure(broken);
}

function headerOf(response: AxiosResponse, name: string): string | undefined {
  const value: unknown = response.headers[name.toLowerCase()];
  return typeof value === "string" ? value : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function withoutQuery(path: string): string {
  return path.split("?")[0]!;
}
