import { z } from "zod";
import * as contract from "../../contract/contract.js";
import { apiPath, problemStatus } from "../../contract/contract.js";
import { type Answered, commonProblems, type Endpoint } from "../../contract/endpoints/endpoint.js";
import { everyEndpoint } from "../../contract/endpoints/endpoints.js";
import { answer as storedAnswer } from "../../contract/schemas/content.js";

type Json = { [key: string]: unknown };

/**
 * Describes the API as OpenAPI 3.1 (spec.openapis.org/oas/v3.1.0), from the declarations that the service validates by.
 * Texts must not contain U+0000 or lone surrogates, which JSON Schema cannot express.
 *
 * @param version version of the package
 */
export function openApiDocument(version: string): Json {
  const shapes = shapesOf();
  const paths: Record<string, Json> = {};
  for (const [name, endpoint] of everyEndpoint) {
    const path = apiPath + (endpoint.path === "/" ? "" : endpoint.path);
    const operation = { [endpoint.method.toLowerCase()]: operationOf(name, endpoint, shapes) };
    paths[path] = { ...paths[path], ...operation };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "kominfo newsroom",
      version,
      description: "Submissions of the kecamatan and what becomes of them. Errors are RFC 9457.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: { ...shapes.all },
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
    },
  };
}

interface Shapes {
  all: Json;
  /** A reference, or the schema itself where it has no name. */
  of(schema: z.ZodType, direction: "input" | "output"): Json;
}

/** Every named schema of the contract, in its request (input) and answer (output) form. */
function shapesOf(): Shapes {
  const names = new Map<z.ZodType, string>([[storedAnswer, "StoredAnswer"]]);
  for (const [name, value] of Object.entries(contract)) {
    // The schema of an empty answer is not documented.
    if (value instanceof z.ZodType && !(value instanceof z.ZodUndefined))
      names.set(value, name[0]!.toUpperCase() + name.slice(1));
  }
  const all: Json = {};
  const suffix = { input: "Given", output: "" };
  for (const direction of ["input", "output"] as const) {
    const registry = z.registry<{ id: string }>();
    for (const [schema, name] of names) registry.add(schema, { id: name + suffix[direction] });
    const made = z.toJSONSchema(registry, { io: direction, uri: (id) => `#/components/schemas/${id}` });
    for (const [id, schema] of Object.entries(made.schemas)) all[id] = withoutSchemaHeader(schema);
  }
  return {
    all,
    of(schema, direction) {
      const name = names.get(schema);
      if (name !== undefined) return { $ref: `#/components/schemas/${name}${suffix[direction]}` };
      const registry = z.registry<{ id: string }>();
      for (const [namedSchema, id] of names) registry.add(namedSchema, { id: id + suffix[direction] });
      registry.add(schema, { id: "$this" });
      const made = z.toJSONSchema(registry, { io: direction, uri: (id) => `#/components/schemas/${id}` });
      return withoutSchemaHeader(made.schemas.$this);
    },
  };
}

/** Removes `$id`, which would change the base of `$ref`s, and `$schema`, because the dialect is OpenAPI's own. */
function withoutSchemaHeader(schema: unknown): Json {
  const { $id: _, $schema: __, ...rest } = schema as Json;
  return rest;
}

function operationOf(name: string, endpoint: Endpoint, shapes: Shapes): Json {
  const { summary, roles, takes, body } = endpoint;
  const content = body
    ? { "application/json": { schema: shapes.of(body, "input") } }
    : takes && { [takes]: { schema: { type: "string", format: "binary" } } };
  return {
    operationId: name,
    summary,
    tags: [tagOf(endpoint)],
    ...(roles === null ? { security: [] } : { security: [{ token: [] }], "x-roles": roles }),
    parameters: parametersOf(endpoint),
    ...(content ? { requestBody: { required: body !== undefined, content } } : {}),
    responses: { ...answersOf(endpoint, shapes), ...problemsOf(endpoint) },
  };
}

/** What an operation is listed under: the first word of its path. */
function tagOf({ path }: Endpoint): string {
  return path.split("/")[1] || "service";
}

const tags: Record<string, string> = {
  service: "What this service is, and its limits",
  settings: "Settings of the office",
  activations: "Codes that become tokens",
  me: "The caller and the own tokens",
  users: "People and their access",
  submissions: "Posts of the kecamatan, their revisions, steps, comments and publications",
  publications: "Where everything goes that was approved, for the machines that send it",
  outlets: "Accounts that machines publish on",
  photos: "Photos by the hash of their bytes",
  uploads: "Photos on their way, by tus 1.0",
  albums: "Photos that belong to no post",
  reports: "What a week brought",
  changes: "What has happened since, as a list or as events",
  redactions: "What is taken away for good",
  audit: "Who did what",
};

function parametersOf({ params, query, headers = [] }: Endpoint): Json[] {
  const named = (shape: z.ZodType | undefined, place: string): Json[] => {
    if (!shape) return [];
    const { properties = {}, required = [] } = z.toJSONSchema(shape, { io: "input" });
    return Object.entries(properties).map(([name, schema]) => ({
      name,
      in: place,
      required: place === "path" || required.includes(name),
      schema,
    }));
  };
  const header = (name: string) => ({
    name: name.replace("!", ""),
    in: "header",
    required: name.endsWith("!"),
    schema: { type: "string" },
  });
  return [...named(params, "path"), ...named(query, "query"), ...headers.map(header)];
}

function answersOf({ answers }: Endpoint, shapes: Shapes): Json {
  return Object.fromEntries(
    Object.entries(answers).map(([status, answered]) => [status, answerOf(answered, shapes)]),
  );
}

function answerOf({ description, json, type = [], headers = [] }: Answered, shapes: Shapes): Json {
  const content = {
    ...(json ? { "application/json": { schema: shapes.of(json, "output") } } : {}),
    ...Object.fromEntries(type.map((mediaType) => [mediaType, {}])),
  };
  return {
    description,
    ...(headers.length > 0
      ? { headers: Object.fromEntries(headers.map((name) => [name, { schema: { type: "string" } }])) }
      : {}),
    ...(Object.keys(content).length > 0 ? { content } : {}),
  };
}

/** The problem responses by status, each with the names of its problems. */
function problemsOf(endpoint: Endpoint): Json {
  const names = [...new Set([...commonProblems(endpoint), ...(endpoint.problems ?? [])])].sort();
  const byStatus = new Map<number, string[]>();
  const add = (status: number, name: string) => byStatus.set(status, [...(byStatus.get(status) ?? []), name]);
  for (const name of names) {
    add(problemStatus[name], name);
    if (name === "invalid") {
      add(400, name);
      if (endpoint.body) add(415, name);
    }
  }
  // Statuses of the tus protocol: a failed precondition, an unknown extension, an expired upload, an upload that another
  // request holds.
  if (/^\/uploads/.test(endpoint.path) && endpoint.method !== "OPTIONS") {
    add(412, "invalid");
    add(501, "invalid");
    if (endpoint.takes) add(415, "invalid");
    if (endpoint.params) {
      add(410, "not-found");
      add(423, "conflict");
    }
  }
  const content = {
    "application/problem+json": { schema: { $ref: "#/components/schemas/ProblemDocument" } },
  };
  return Object.fromEntries(
    [...byStatus].map(([status, these]) => [status, { description: these.join(", "), content }]),
  );
}
