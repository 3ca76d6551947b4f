import type { z } from "zod";

/**
 * What a hostile service puts into its answers: each sequence between brackets of its own, so that what is left of it
 * can be told from what kominfo prints itself.
 */
const sequences = [
  "\u001b[8m",
  "\u001b[31;1m",
  "\u001b[2J",
  "\u001b]8;;https://jahat.example\u0007",
  "\u001b]52;c;amFoYXQ=\u001b\\",
  "\u001bPq\u001b\\",
  "\u001b",
  "\r",
  "\u0007\u0008\u000b\u007f",
  "\u009b31m\u0085\u0090",
  "\u061c\u200e\u202e\u2066\u2069",
  "\u2028\u2029",
  "\u200b\u200d\u2060\ufeff\u00ad",
  "\u{e0041}",
];
const bracketed = (texts: readonly string[]) => texts.map((text) => `⟦${text}⟧`).join("");
export const hostileText = bracketed(sequences);
/** What fits where less does. */
const shorter = [bracketed(sequences.slice(0, 8)), bracketed(sequences.slice(0, 3)), "⟦\u001b[8m⟧"];

/** Colours of ours, and the beginning of our progress line. */
const ours = /\u001b\[(?:1|2|22|3[1236]|39)m|\r\u001b\[2K/g;

/** Control characters and others that nobody sees, which are neither line breaks nor colours of ours. */
export function residueOf(printed: string): string[] {
  const inBrackets = printed.match(/⟦[^⟧]*[\p{C}\u2028\u2029][^⟧]*⟧/gu) ?? [];
  const anywhere = printed.replace(ours, "").match(/[^\P{C}\n]|[\u2028\u2029]/gu) ?? [];
  return [...inBrackets, ...anywhere].map((text) => JSON.stringify(text));
}

/** Valid values for the fields whose form leaves no room for a foreign word. */
const formed = [
  "00000000-0000-4000-8000-000000000001",
  "2026-11-24T03:00:00.000Z",
  "2026-11-24",
  "a".repeat(64),
  "32.16.07",
  "musrenbang",
  "2026-W47",
  "https://bekasikab.go.id/x",
  "40%,10%,15%,20%",
];

interface Definition {
  type: string;
  shape?: Record<string, z.ZodType>;
  element?: z.ZodType;
  innerType?: z.ZodType;
  options?: z.ZodType[];
  entries?: Record<string, unknown>;
  values?: unknown[];
  keyType?: z.ZodType;
  valueType?: z.ZodType;
  getter?: () => z.ZodType;
}

/**
 * A value that a schema allows, with hostile words wherever it lets them. Absent and empty values are left to others:
 * every optional field is there, and every list has an entry of each kind.
 */
export function hostileValue(schema: z.ZodType, key = "", depth = 0): unknown {
  const def = (schema as unknown as { def: Definition }).def;
  const inner = (other: z.ZodType | undefined, name = key) => hostileValue(other!, name, depth + 1);
  switch (def.type) {
    case "object":
      return Object.fromEntries(
        Object.entries(def.shape!).map(([name, field]) => [name, inner(field, name)]),
      );
    case "array":
      return listOf(def.element!, key, depth);
    case "record":
      return { [String(firstFitting(def.keyType!, "kunci"))]: inner(def.valueType) };
    case "nullable":
      // A page that names another one would never end.
      return key === "next_cursor" ? null : inner(def.innerType);
    case "optional":
    case "default":
      return inner(def.innerType);
    case "lazy":
      return inner(def.getter!());
    case "union":
      return inner(def.options![0]);
    case "enum":
      return Object.values(def.entries!)[0];
    case "literal":
      return def.values![0];
    case "boolean":
      return true;
    case "number":
      return [2, 1, 90].find((number) => schema.safeParse(number).success) ?? 2;
    case "undefined":
      return undefined;
    case "string":
      return firstFitting(schema, key);
    default:
      throw new Error(`${key}: no hostile value for a ${def.type}; add one here`);
  }
}

function listOf(element: z.ZodType, key: string, depth: number): unknown[] {
  const { type, entries } = (element as unknown as { def: Definition }).def;
  return type === "enum" ? Object.values(entries!) : [hostileValue(element, key, depth + 1)];
}

function firstFitting(schema: z.ZodType, key: string): unknown {
  const { type, entries } = (schema as unknown as { def: Definition }).def;
  if (type === "enum") return Object.values(entries!)[0];
  const fitting = [hostileText, ...shorter, ...formed].find((text) => schema.safeParse(text).success);
  if (fitting === undefined) throw new Error(`${key}: no text fits; add one to "formed"`);
  return fitting;
}
