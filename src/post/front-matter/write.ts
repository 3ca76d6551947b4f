import { type Document, isMap, isScalar, isSeq, type Node, Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import type { Written } from "./keys.js";

/** How kominfo writes YAML: long lines are never folded, and an operator's own style is kept. */
export function yamlText(document: Document): string {
  if (isMap(document.contents) && document.contents.items.length === 0 && !document.commentBefore) return "";
  return document.toString({ lineWidth: 0, flowCollectionPadding: false, doubleQuotedAsJSON: true });
}

/** A new node: text in double quotes, or a block where it has several lines; never plain, which YAML may misread. */
export function toNode(value: Written): Node {
  if (typeof value === "string") return styled(new Scalar(value));
  if (Array.isArray(value)) {
    const list = new YAMLSeq();
    list.items = value.map(toNode);
    // Short words stay on the line of their key, as `tag: ["musrenbang"]`.
    list.flow = value.every((item) => typeof item === "string") && JSON.stringify(value).length <= 80;
    return list;
  }
  const map = new YAMLMap();
  map.items = Object.entries(value).map(([key, inner]) => new Pair(keyNode(key), toNode(inner)));
  return map;
}

/** Changes a scalar where it stands: its comments stay. */
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

/** A block shows neither blanks at line ends nor odd white space, and loses `\r`. */
function isReadableBlock(text: string): boolean {
  return !/^\s|[ \t]\n|[ \t]$|\n\n$|[^\P{C}\n]|[\u2028\u2029]/u.test(text);
}

/**
 * Makes `key` of `map` hold `value`, touching only what differs: comments, order and unknown keys of lists of
 * groups stay where they are.
 */
export function assign(map: YAMLMap, key: string, value: Written): void {
  const present = map.get(key, true) as Node | undefined;
  const next = merged(present, value);
  if (next === present) return;
  const pair = map.items.find((item) => isScalar(item.key) && item.key.value === key);
  // A note beside an empty value (`foto:   # opsional`) stays above what comes.
  if (isScalar(present) && present.comment && !isScalar(next)) next.commentBefore = present.comment;
  if (pair) pair.value = next;
  else map.items.push(new Pair(keyNode(key), next));
}

/** Keys that YAML could read as something else are quoted. */
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
