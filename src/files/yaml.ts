import {
  type Document,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  Scalar,
} from "yaml";
import type { Diagnostic } from "../errors/diagnostics.js";
import { error } from "./diagnostic.js";
import { mendLines, problemOf } from "./yaml-mends.js";
import { explainError, parseFailsafe, slips } from "./yaml-slips.js";

/** Characters. */
const maxYamlBytes = 256 * 1024;
const maxDiagnostics = 50;
const maxDepth = 30;

/** YAML read with the failsafe schema: every scalar is text, `09:30` and `0123` stay what they are. */
interface ReadYaml {
  document: Document;
  /** Text, lists and objects without a prototype. */
  values: unknown;
  /** Syntax errors, and text that YAML would silently drop or misread. */
  problems: Diagnostic[];
  /** Dotted key -> 1-based line of the file. */
  lines: Map<string, number>;
}

/**
 * Reads YAML that a person wrote. Aliases, anchors and tags are refused: people write them only by mistake here, and
 * without aliases nothing can expand.
 *
 * @param firstLine the line of the file on which `text` starts
 */
export function readYaml(text: string, firstLine = 1): ReadYaml {
  if (text.length > maxYamlBytes) {
    return nothing(error({ line: firstLine }, "file-too-long", { max: maxYamlBytes }));
  }
  try {
    return read(text, firstLine);
  } catch (cause) {
    // Parser and visitors recurse: endless brackets would overflow the stack.
    const reason = cause instanceof RangeError ? "TOO_DEEP" : String(cause);
    return nothing(error({ line: firstLine }, "yaml-invalid", { reason }));
  }
}

function nothing(problem: Diagnostic): ReadYaml {
  return {
    document: parseFailsafe("", new LineCounter()),
    values: {},
    problems: [problem],
    lines: new Map(),
  };
}

function read(given: string, firstLine: number): ReadYaml {
  const { text, document, lineCounter, mends } = mendLines(given);
  const lineAt = (offset: number) => lineCounter.linePos(offset).line + firstLine - 1;
  // One slip causes several errors on its line; only the first is reported.
  const problems = new Map<number, Diagnostic>();
  const add = (problem: Diagnostic) => {
    const line = problem.line ?? firstLine;
    if (!problems.has(line)) problems.set(line, problem);
  };
  for (const [line, mend] of mends) add(problemOf(mend, line + firstLine));
  for (const slip of slips(document, text)) add(slip(lineAt));
  for (const error of [...document.errors, ...document.warnings]) {
    if (problems.size >= maxDiagnostics) break;
    if (!problems.has(lineAt(error.pos[0]))) add(explainError(error, text, document, lineAt));
  }
  const { values, lines } = readNode(document.contents, lineAt);
  const found = [...problems.values()].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return { document, values, problems: found, lines };
}

/** Reads values and lines in one pass. Aliases have been reported already and read as empty text. */
function readNode(
  root: unknown,
  lineAt: (offset: number) => number,
): { values: unknown; lines: Map<string, number> } {
  const lines = new Map<string, number>();
  // JSON writes an absent value as null; in YAML by hand the word is text.
  const isJson = isMap(root) && root.flow === true;
  const read = (node: unknown, key: string, depth: number): unknown => {
    if (depth > maxDepth) throw new RangeError();
    if (isJson && isScalar(node) && node.type === Scalar.PLAIN && node.source === "null") return "";
    if (isScalar(node)) return typeof node.value === "string" ? node.value : "";
    if (!isCollection(node)) return "";
    if (!isMap(node)) {
      return node.items.map((item, index) => {
        const inner = join(key, String(index));
        setLine(lines, inner, item, lineAt);
        return read(item, inner, depth + 1);
      });
    }
    const values: Record<string, unknown> = Object.create(null);
    for (const pair of node.items) {
      if (!isPair(pair) || !isScalar(pair.key)) continue;
      const inner = join(key, String(pair.key.value));
      setLine(lines, inner, pair.key, lineAt);
      values[String(pair.key.value)] = read(pair.value, inner, depth + 1);
    }
    return values;
  };
  return { values: root === null ? Object.create(null) : read(root, "", 0), lines };
}

function setLine(
  lines: Map<string, number>,
  key: string,
  node: unknown,
  lineAt: (offset: number) => number,
): void {
  const range = isNode(node) ? (node as Node).range : undefined;
  if (range) lines.set(key, lineAt(range[0]));
}

function join(key: string, inner: string): string {
  return key === "" ? inner : `${key}.${inner}`;
}
