import { randomBytes, randomInt } from "node:crypto";
import { z } from "zod";

interface Shape {
  $ref?: string;
  $defs?: Record<string, Shape>;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Shape[];
  type?: string;
  format?: string;
  pattern?: string;
  maxLength?: number;
  items?: Shape;
  properties?: Record<string, Shape>;
  additionalProperties?: Shape | boolean;
  propertyNames?: Shape;
}

/** A value of a schema with a text of its own in every field that takes one. */
export interface Marked<T> {
  value: T;
  /** The texts by JSON pointer; a key of a record has the pointer of its value, with `#`. */
  marks: Map<string, string>;
}

const deepest = 3;

/**
 * Fills every field of a schema, and marks those that take free text: a field that is added to the contract is marked
 * without being asked.
 *
 * @param fixed values by pointer that must be just so, such as the hash of a photo that exists
 */
export function marked<S extends z.ZodType>(
  schema: S,
  fixed: Record<string, unknown> = {},
): Marked<z.output<S>> {
  const root = z.toJSONSchema(schema, { io: "input" }) as Shape;
  const marks = new Map<string, string>();

  function mark(pointer: string, text: string): string {
    marks.set(pointer, text);
    return text;
  }

  function fill(shape: Shape, pointer: string, depth: number): unknown {
    if (pointer in fixed) return fixed[pointer];
    if (shape.$ref) return fill(resolve(shape.$ref), pointer, depth + 1);
    if (shape.const !== undefined) return shape.const;
    if (shape.enum) return shape.enum[0];
    if (shape.anyOf) return choiceOf(shape.anyOf, pointer, depth);
    switch (shape.type) {
      case "string":
        return textOf(shape, pointer);
      case "boolean":
        return true;
      case "integer":
      case "number":
        return 1;
      case "array":
        return shape.items && depth <= 2 * deepest ? [fill(shape.items, `${pointer}/0`, depth)] : [];
      case "object":
        return objectOf(shape, pointer, depth);
      default:
        throw new Error(`no value for ${pointer}: ${JSON.stringify(shape)}`);
    }
  }

  /** A union is filled with its widest member that may still be nested: a record of all members. */
  function choiceOf(choices: Shape[], pointer: string, depth: number): unknown {
    const record = choices.find((choice) => choice.type === "object" && choice.additionalProperties);
    if (!record || depth > deepest) return fill(choices[0]!, pointer, depth);
    const each = choices.map((choice) => [
      mark(`${pointer}/${choice.type}#`, newMark()),
      fill(choice, `${pointer}/${choice.type}`, depth + deepest),
    ]);
    return Object.fromEntries(each);
  }

  function objectOf(
    { properties, additionalProperties, propertyNames }: Shape,
    pointer: string,
    depth: number,
  ) {
    if (properties) {
      return Object.fromEntries(
        Object.entries(properties).map(([name, shape]) => [name, fill(shape, `${pointer}/${name}`, depth)]),
      );
    }
    if (typeof additionalProperties !== "object" || depth > 2 * deepest) return {};
    const names = propertyNames?.enum ?? [mark(`${pointer}/*#`, newMark())];
    return Object.fromEntries(
      names.map((name) => [
        name,
        fill(additionalProperties, `${pointer}/${propertyNames?.enum ? name : "*"}`, depth),
      ]),
    );
  }

  function textOf({ format, pattern, maxLength }: Shape, pointer: string): unknown {
    if (format === "date") return "2026-11-16";
    if (format === "date-time") return "2026-11-20T03:00:00.000Z";
    if (format === "uuid") throw new Error(`${pointer} needs an id`);
    if (pattern?.includes("[0-9a-f]{64}")) return mark(pointer, randomBytes(32).toString("hex"));
    const isBox = pattern?.includes("%") && new RegExp(pattern).test("1.234%,1.234%,1.234%,1.234%");
    const text = isBox ? newBox() : newMark();
    if (pattern && !new RegExp(pattern).test(text)) throw new Error(`no text for ${pointer}: ${pattern}`);
    if (maxLength !== undefined && text.length > maxLength) throw new Error(`${pointer} is too short`);
    return mark(pointer, text);
  }

  function resolve(ref: string): Shape {
    if (ref === "#") return root;
    const found = root.$defs?.[ref.replace("#/$defs/", "")];
    if (!found) throw new Error(`no ${ref}`);
    return found;
  }

  return { value: fill(root, "", 0) as z.output<S>, marks };
}

/** A text that is a slug too, and stands nowhere else. */
/** A box of a picture that nothing else has by chance. */
function newBox(): string {
  const percent = () => `${randomInt(10, 40)}.${randomInt(100, 1000)}%`;
  return [percent(), percent(), percent(), percent()].join(",");
}

export const newMark = () => `tanda${randomBytes(10).toString("hex")}`;
