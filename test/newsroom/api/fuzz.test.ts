import { randomUUID } from "node:crypto";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { apiPath } from "../../../src/contract/contract.js";
import { answersChecker, ask, type OpenApi } from "../support/api.js";
import { spoiled, valuesOf } from "../support/fuzzing.js";
import { as, cibitung, jpeg, startNewsroom, type TestNewsroom, uploadPhoto } from "../support/newsroom.js";

/*
 * Requests made from `/openapi.json` alone, valid and invalid ones, the same in every run. All of them: npm run
 * test:fuzz.
 */
const requests = Number(process.env.KOMINFO_FUZZ ?? 200);
const seed = 20261124;

let newsroom: TestNewsroom;
let document: OpenApi;
const tokens: string[] = [];
/** Ids that are there, so that requests come further than "not found". */
const realValues: Record<string, string[]> = {
  slug: ["panen-raya"],
  kecamatan: [cibitung],
  number: ["1", "2"],
};
beforeAll(async () => {
  newsroom = await startNewsroom({ token_per_minute: 1_000_000, activations_per_minute: 1_000_000 });
  document = await (await fetch(`${newsroom.url}/openapi.json`)).json();
  const admin = await newsroom.token("admin");
  const operator = await newsroom.token("operator");
  tokens.push(operator, await newsroom.token("editor"), admin);
  const sent = await Promise.all([1, 2, 3, 4].map(() => as(newsroom, operator).submit()));
  for (const id of sent.slice(2)) {
    await as(newsroom, tokens[1]).post(`/submissions/${id}/transitions`, { step: "claim" });
  }
  const victims = await Promise.all(
    [1, 2].map(() => as(newsroom, admin).post("/users", { name: "Korban", role: "editor" })),
  );
  realValues["/submissions"] = sent;
  realValues["/users"] = victims.map(({ body }) => body.user.id);
  realValues.sha256 = [await uploadPhoto(newsroom, operator, await jpeg(3))];
}, 60_000);
afterAll(() => newsroom.remove());

interface Planned {
  method: string;
  path: string;
  url: string;
  headers: Record<string, string>;
  body?: unknown;
  /** The schema says that it is wrong. */
  invalid: boolean;
  token: number;
}

function operations(): { method: string; path: string; operation: OpenApi }[] {
  return Object.entries<OpenApi>(document.paths).flatMap(([path, methods]) =>
    Object.entries<OpenApi>(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
}

const headerValues: Record<string, fc.Arbitrary<string>> = {
  "If-Match": fc.constantFrom('"r1"', '"r2"', '"r1", "r2"', "*", "r1", "", '"r99999999999"'),
  "Idempotency-Key": fc.oneof(fc.uuid(), fc.constantFrom("x", "")),
  "Tus-Resumable": fc.constantFrom("1.0.0", "1.0.0", "1.0.0", "0.2.2"),
  "Upload-Length": fc.oneof(fc.nat(5000).map(String), fc.constantFrom("-1", "x", "99999999999")),
  "Upload-Offset": fc.oneof(fc.nat(100).map(String), fc.constantFrom("0", "0", "-1", "x")),
  "Upload-Metadata": fc.oneof(
    fc
      .tuple(fc.stringMatching(/^[0-9a-f]{64}$/), fc.string({ unit: "grapheme-ascii", maxLength: 20 }))
      .map(
        ([sha256, filename]) =>
          `sha256 ${btoa(sha256)},filename ${btoa(filename)},type ${btoa("image/jpeg")}`,
      ),
    fc.constantFrom("", "sha256", "a b,c", "sha256 !!!"),
  ),
  Accept: fc.constantFrom("application/json", "*/*", "text/event-stream"),
  "Last-Event-ID": fc.constantFrom("1", "x"),
  Range: fc.constantFrom("bytes=0-9", "bytes=5-", "bytes=-5", "bytes=9999999-", "x"),
  "If-None-Match": fc.constantFrom('"x"', 'W/"x", "y"', "*"),
  "If-Range": fc.constantFrom('"x"', "Tue, 17 Nov 2026 03:00:00 GMT"),
};

function requestOf({
  method,
  path,
  operation,
}: ReturnType<typeof operations>[number]): fc.Arbitrary<Planned> {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const schema = operation.requestBody?.content["application/json"]?.schema;
  const bytes = operation.requestBody?.content["application/offset+octet-stream"];
  const fits =
    schema && ajv.compile({ ...JSON.parse(JSON.stringify(schema)), components: document.components });
  const place = (parameter: OpenApi): fc.Arbitrary<string> => {
    const values = valuesOf(document, parameter.schema).map(String);
    const owner = `/${path.slice(apiPath.length + 1).split("/")[0]}`;
    const there = realValues[parameter.name === "id" ? owner : parameter.name] ?? [];
    return there.length === 0
      ? values
      : fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...there) }, { weight: 1, arbitrary: values });
  };
  const named = (kind: string) => operation.parameters.filter((parameter: OpenApi) => parameter.in === kind);
  const odd = fc.string({ maxLength: 10, unit: "grapheme" });
  return fc
    .record({
      token: fc.nat(),
      params: fc.record(
        Object.fromEntries(named("path").map((parameter: OpenApi) => [parameter.name, place(parameter)])),
      ),
      query: fc.record(
        Object.fromEntries(
          named("query").map((parameter: OpenApi) => [
            parameter.name,
            fc.oneof(
              { weight: 6, arbitrary: valuesOf(document, parameter.schema).map(String) },
              { weight: 1, arbitrary: odd },
            ),
          ]),
        ),
        { requiredKeys: [] },
      ),
      headers: fc.record(
        Object.fromEntries(
          named("header").map((parameter: OpenApi) => [parameter.name, headerValues[parameter.name]!]),
        ),
        {
          requiredKeys: named("header")
            .filter((parameter: OpenApi) => parameter.required)
            .map((parameter: OpenApi) => parameter.name),
        },
      ),
      body: schema
        ? fc.oneof(
            { weight: 5, arbitrary: valuesOf(document, schema) },
            { weight: 4, arbitrary: spoiled(valuesOf(document, schema)) },
            { weight: 1, arbitrary: fc.constantFrom("{", "", "null", "[1", '"text"') },
          )
        : bytes
          ? fc.uint8Array({ maxLength: 50 })
          : fc.constant(undefined),
    })
    .map(({ token, params, query, headers, body }) => {
      const asked = new URLSearchParams(query as Record<string, string>).toString();
      const place = path
        .slice(apiPath.length)
        .replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent((params as Record<string, string>)[name]!));
      return {
        method,
        path,
        token,
        url: asked ? `${place}?${asked}` : place,
        headers: {
          ...(headers as Record<string, string>),
          ...(bytes ? { "content-type": "application/offset+octet-stream" } : {}),
        },
        body,
        invalid: schema !== undefined && !fits(body),
      };
    });
}

test(`${requests} requests made from /openapi.json are answered as it says, and none with 5xx`, async () => {
  const { problemWith } = answersChecker(document);
  const every = operations();
  const planned = fc.sample(fc.oneof(...every.map((endpoint) => requestOf(endpoint))), {
    seed,
    numRuns: requests,
  });
  const wrong: string[] = [];
  const statuses = new Map<number, number>();
  for (const request of planned) {
    // This one's login would be gone for the rest of them.
    const spends = request.path.endsWith("/me/token");
    const token = spends ? `kominfo_${randomUUID()}` : tokens[request.token % tokens.length];
    const answer = await ask(newsroom, token, request);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    const problem =
      answer.status >= 500
        ? `status ${answer.status}: ${JSON.stringify(answer.body)}`
        : request.invalid && answer.status < 300
          ? "took what the schema refuses"
          : problemWith(request.method, request.path, answer);
    if (problem) wrong.push(`${request.method} ${request.url}: ${problem}\n  ${JSON.stringify(request)}`);
  }
  expect(wrong.slice(0, 12)).toEqual([]);
  // The requests come further than the door.
  for (const status of [200, 201, 404, 409, 422]) expect(statuses.get(status) ?? 0).toBeGreaterThan(0);
  const every5 = [...new Set(planned.map(({ method, path }) => `${method} ${path}`))];
  if (requests >= 5000) expect(every5).toHaveLength(every.length);
}, 600_000);
