import fc from "fast-check";
import type { OpenApi } from "./api.js";

type Json = unknown;
interface Schema {
  $ref?: string;
  const?: Json;
  enum?: Json[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  type?: string | string[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  propertyNames?: Schema;
}

const deepest = 5;
/** Longer is only slower. */
const longest = 60;

/** Values that a schema of the document allows. */
export function valuesOf(document: OpenApi, schema: Schema, depth = 0): fc.Arbitrary<Json> {
  if (schema.$ref) {
    const name = schema.$ref.split("/").at(-1) ?? "";
    if (depth > deepest) return fc.constant("");
    return valuesOf(document, document.components.schemas[name], depth + 1);
  }
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => valuesOf(document, choice, depth + 1)));
  switch (schema.type) {
    case "string":
      return textOf(schema);
    case "integer":
    case "number":
      return fc.integer({ min: schema.minimum ?? -1000, max: Math.min(schema.maximum ?? 1000, 2 ** 31) });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(valuesOf(document, schema.items ?? {}, depth + 1), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 4, 4),
      });
    case "object":
      return objectOf(document, schema, depth);
    default:
      return fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;
  }
}

function textOf(schema: Schema): fc.Arbitrary<Json> {
  const { format, pattern, minLength = 0, maxLength = longest } = schema;
  if (format === "uuid") return fc.uuid();
  if (format === "date-time") {
    const range = { min: new Date("1990-01-01"), max: new Date("2090-01-01"), noInvalidDate: true };
    return fc.date(range).map((date) => date.toISOString());
  }
  if (format === "date") {
    const range = { min: new Date("1990-01-01"), max: new Date("2090-01-01"), noInvalidDate: true };
    return fc.date(range).map((date) => date.toISOString().slice(0, 10));
  }
  if (format === "uri") return fc.webUrl();
  if (pattern) {
    const matching = fc.stringMatching(new RegExp(pattern));
    return matching.filter((text) => text.length <= (schema.maxLength ?? Number.POSITIVE_INFINITY));
  }
  const size = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, longest)) };
  return fc.oneof(
    {
      weight: 8,
      arbitrary: fc.string({ ...size, unit: "grapheme" }).filter(({ length }) => length <= maxLength),
    },
    { weight: 1, arbitrary: fc.string({ ...size, unit: "binary-ascii" }) },
  );
}

function objectOf(document: OpenApi, schema: Schema, depth: number): fc.Arbitrary<Json> {
  const { properties = {}, required = [], additionalProperties, propertyNames } = schema;
  const named = fc.record(
    Object.fromEntries(
      Object.entries(properties).map(([key, property]) => [key, valuesOf(document, property, depth + 1)]),
    ),
    { requiredKeys: required },
  );
  if (typeof additionalProperties !== "object" || depth > deepest) return named;
  const others = fc.dictionary(
    valuesOf(document, propertyNames ?? { type: "string" }) as fc.Arbitrary<string>,
    valuesOf(document, additionalProperties, depth + 1),
    { maxKeys: 3 },
  );
  return fc.tuple(named, others).map(([fixed, other]) => ({ ...other, ...(fixed as object) }));
}

const junk: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom(null, true, -1, 1e308, "", "\u0000", "x".repeat(3000), [], {}, [[]], { a: { b: {} } }),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
);

/** A value that was right once: something in it is gone, changed, or too much. */
export function spoiled(value: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  const change = fc.record({ where: fc.nat(), how: fc.constantFrom("drop", "junk", "add"), junk });
  return fc.oneof(
    { weight: 1, arbitrary: junk },
    { weight: 6, arbitrary: fc.tuple(value, change).map(([whole, how]) => spoil(whole, how)) },
  );
}

function spoil(value: Json, change: { where: number; how: string; junk: Json }): Json {
  const places: { in: Record<string, Json>; key: string }[] = [];
  const copy = structuredClone(value);
  const walk = (value: Json) => {
    if (typeof value !== "object" || value === null) return;
    for (const key of Object.keys(value)) {
      places.push({ in: value as Record<string, Json>, key });
      walk((value as Record<string, Json>)[key]);
    }
  };
  walk(copy);
  const place = places[change.where % Math.max(1, places.length)];
  if (!place) return change.junk;
  if (change.how === "drop") delete place.in[place.key];
  else if (change.how === "add" && !Array.isArray(place.in)) place.in.tidak_dikenal = change.junk;
  else place.in[place.key] = change.junk;
  return copy;
}
