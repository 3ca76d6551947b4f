import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { apiPath } from "../../../src/contract/contract.js";
import type { Endpoint } from "../../../src/contract/endpoints/endpoint.js";

/** A request of one endpoint, below `/api/v1`. */
export interface ApiRequest {
  method: string;
  url: string;
  headers?: Record<string, string>;
  /** JSON, or bytes. */
  body?: unknown;
}

export interface ApiAnswer {
  status: number;
  headers: Headers;
  /** Parsed where it is JSON. */
  body: unknown;
}

export async function ask(
  newsroom: { url: string },
  token: string | undefined,
  { method, url, headers, body }: ApiRequest,
): Promise<ApiAnswer> {
  const isBytes = body instanceof Uint8Array;
  const response = await fetch(newsroom.url + apiPath + url, {
    method,
    // A request that is never answered is a defect too.
    signal: AbortSignal.timeout(20_000),
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined || isBytes ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined
      ? {}
      : { body: isBytes ? new Uint8Array(body) : typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const type = response.headers.get("content-type") ?? "";
  // A stream of events has no end.
  if (/event-stream/.test(type)) {
    await response.body?.cancel();
    return { status: response.status, headers: response.headers, body: "" };
  }
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: /json/.test(type) && text ? JSON.parse(text) : text,
  };
}

// biome-ignore lint/suspicious/noExplicitAny: a document of OpenAPI, looked into as it comes
export type OpenApi = any;

/** Tells whether an answer is one that the document describes; else what is wrong with it. */
export function answersChecker(document: OpenApi) {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: false });
  ajv.addSchema({ $id: "https://newsroom.invalid/openapi.json", components: document.components });
  const compiled = new Map<string, ValidateFunction>();
  const validatorOf = (schema: unknown) => {
    const text = JSON.stringify(schema).replaceAll(
      '"#/components',
      '"https://newsroom.invalid/openapi.json#/components',
    );
    const made = compiled.get(text) ?? ajv.compile(JSON.parse(text));
    compiled.set(text, made);
    return made;
  };
  return {
    /** @param path as in the document */
    problemWith(method: string, path: string, answer: ApiAnswer): string | undefined {
      const described = document.paths[path]?.[method.toLowerCase()]?.responses[String(answer.status)];
      if (!described) return `status ${answer.status} is not described: ${JSON.stringify(answer.body)}`;
      const type = (answer.headers.get("content-type") ?? "").split(";")[0]!.trim();
      if (method === "HEAD" || answer.body === "") return undefined;
      const content = described.content?.[type];
      if (!content) return `status ${answer.status} has no body of type "${type}"`;
      if (!content.schema) return undefined;
      const validate = validatorOf(content.schema);
      return validate(answer.body) ? undefined : JSON.stringify(validate.errors);
    },
  };
}

/** With its params in place. */
export function urlOf(endpoint: Endpoint, params: Record<string, string | number> = {}): string {
  return endpoint.path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(params[name])));
}

export const version: string = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, "../../../package.json"), "utf8"),
).version;
