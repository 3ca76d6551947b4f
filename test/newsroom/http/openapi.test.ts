import { createConfig, lintFromString } from "@redocly/openapi-core";
import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startNewsroom, type TestNewsroom } from "../support/newsroom.js";

/* Validators that others wrote, on the document as the service serves it. */

let newsroom: TestNewsroom;
let source: string;
beforeAll(async () => {
  newsroom = await startNewsroom();
  source = await (await fetch(`${newsroom.url}/openapi.json`)).text();
});
afterAll(() => newsroom.remove());

test("/openapi.json fits the schema of OpenAPI 3.1 (@seriousme/openapi-schema-validator)", async () => {
  const validator = new Validator();
  expect(await validator.validate(JSON.parse(source))).toEqual({ valid: true });
  expect(validator.version).toBe("3.1");
});

test("/openapi.json has no error and no warning by the rules that redocly recommends", async () => {
  const config = await createConfig({
    extends: ["recommended"],
    // Every schema of the contract is named there, for the programs that are generated from them.
    rules: { "no-unused-components": "off" },
  });
  const found = await lintFromString({ source, absoluteRef: "openapi.json", config });
  expect(found.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([]);
});

test("every operation of /openapi.json names itself, what it does, its answers and its problems", () => {
  const { paths, tags } = JSON.parse(source);
  const listed = tags.map(({ name }: { name: string }) => name);
  const operations = Object.values<object>(paths).flatMap((methods) => Object.values(methods));
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  for (const { operationId, summary, tags: own, responses } of operations) {
    expect(
      [summary, ...own].every((text) => text.length > 1),
      operationId,
    ).toBe(true);
    expect(listed).toEqual(expect.arrayContaining(own));
    const statuses = Object.keys(responses);
    for (const pattern of [/^2/, /^4/, /^5/])
      expect(
        statuses.some((status) => pattern.test(status)),
        operationId,
      ).toBe(true);
  }
});
