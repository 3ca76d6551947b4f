import { type Document, isMap, isScalar, isSeq, type Node, Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import type { Written } from "./keys.js";

/** Serialises YAML. Long lines are not folded, and the operator's own style is kept. */
export function yamlText(document: Document): string {
  if (isMap(document.contents) && document.contents.items.length === 0 && !document.commentBefore) return "";
  return document.toString({ lineWidth: 0, flowCollectionPadding: false, doubleQuotedAsJSON: true });
}

/**
 * Creates a node. Text is in double quotes, or in a block when it has several lines. It is never a plain scalar, because
 * YAML may read that as another type.
 */
export function toNode(value: Written): Node {
  if (typeof value === "string") return styled(new Scalar(value));
  if (Array.isArray(value)) {
    const list = new YAMLSeq();
    list.items = value.map(toNode);
    // A short list of texts stays on the line of its key: `tag: ["musrenbang"]`.
    list.flow = value.every((item) => typeof item === "string") && JSON.stringify(value).length <= 80;
    return list;
  }
  const map = new YAMLMap();
  map.items = Object.entries(value).map(([key, inner]) => new Pair(keyNode(key), toNode(inner)));
  return map;
}

/** Changes the text of a scalar in place, so that its comments stay. */
export function setText(scalar: Scalar, text: string): void {
  scalar.value = text;
  styled(scalar);
}

function styled(scalar: Scalar): Scalar {
  const text = String(scalar.value);
  scalar.type = /\n[^\n]/.test(text) && isReadableBlock(text) ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_DOUBLE;
  delete scalar.source;
  return scalar;
}

/** Whether a block can hold the text. A block hides blanks at line ends and odd white space, and loses `\r`. */
function isReadableBlock(text: string): boolean {
  return !/^\s|[ \t]\n|[ \t]$|\n\n$|[^\P{C}\n]|[\u2028\u2029]/u.test(text);
}

/**
 * Sets `key` of `map` to `value` and changes only the nodes that differ, so that comments and the order of keys stay.
 */
export function assign(map: YAMLMap, key: string, value: Written): void {
  const present = map.get(key, true) as Node | undefined;
  const next = merged(present, value);
  if (next === present) return;
  const pair = map.items.find((item) => isScalar(item.key) && item.key.value === key);
  // A comment beside an empty value (`foto:   # opsional`) moves above the new value.
  if (isScalar(present) && present.comment && !isScalar(next)) next.commentBefore = present.comment;
  if (pair) pair.value = next;
  else map.items.push(new Pair(keyNode(key), next));
}

/** Quotes keys that YAML could read as another type. */
function keyNode(key: string): Scalar {
  const node = new Scalar(key);
  node.type = /^[\w-]*[a-z][\w-]*$/i.test(key) ? Scalar.PLAIN : Scalar.QUOTE_DOUBLE;
  return node;
}

function merged(present: Node | undefined, value: Written): Node {
  if (typeof value === "string") {
    if (!isScalar(present)) return toNode(value);
    if (present.value !== value) setText(present, value);
    return present;
  }
  if (Array.isArray(value)) {
    if (!isSeq(present) || value.length === 0) return toNode(value);
    present.items = value.map((item, index) => merged(present.items[index] as Node | undefined, item));
    return present;
  }
  if (!isMap(present)) return toNode(value);
  present.items = present.items.filter(
    (pair) => isScalar(pair.key) && Object.hasOwn(value, String(pair.key.value)),
  );
  for (const [key, inner] of Object.entries(value)) assign(present, key, inner);
  return present;
}
