import { readFile, realpath } from "node:fs/promises";
import path from "node:path";
import { isMap, isScalar, type Node, Scalar } from "yaml";
import { usage } from "../errors/errors.js";
import { writeAtomically } from "../files/atomic.js";
import { hasErrors } from "../files/diagnostic.js";
import { readYaml } from "../files/yaml.js";
import { setText, toNode, yamlText } from "../post/front-matter/write.js";
import { findKecamatan } from "../region/kecamatan.js";
import { workspaceFile } from "./find.js";
import { readSettings } from "./settings.js";

/** The settings that `kominfo config` and `setup` change, with their place in kominfo.yaml. */
export const settingPaths = {
  newsroom: ["newsroom", "url"],
  kecamatan: ["kecamatan"],
  credit: ["photos", "credit"],
  lang: ["language"],
} as const;
export type SettingName = keyof typeof settingPaths;
export const settingNames = Object.keys(settingPaths) as SettingName[];

/** What kominfo.yaml calls a setting; `kominfo config` takes this name, too. */
export function keyOfSetting(name: SettingName): string {
  return settingPaths[name].join(".");
}

/** Changes a setting in the kominfo.yaml of a workspace. Throws as `changeSetting`. */
export async function saveSetting(root: string, name: SettingName, value: string): Promise<void> {
  const file = path.join(root, workspaceFile);
  const text = await readFile(file, "utf8");
  const changed = changeSetting(text, name, value, { file, root });
  // A link stays one.
  if (changed !== text) await writeAtomically(await realpath(file), changed);
}

interface Place {
  /** Of kominfo.yaml, for the error. */
  file: string;
  root: string;
}

/**
 * Returns the text of kominfo.yaml with another value. Comments, order, spacing and line ends stay: only the value's own
 * characters change, or a line is added.
 *
 * @throws `workspace-invalid` (exit 2) when the file cannot be parsed, or the result would not be settings
 */
export function changeSetting(text: string, name: SettingName, value: string, place: Place): string {
  const bom = text.startsWith("\ufeff") ? "\ufeff" : "";
  const isWindows = text.includes("\r\n");
  const plain = text.slice(bom.length).replace(/\r\n?/g, "\n");
  const changed = changedText(plain, name, value, place);
  const { settings, problems } = readSettings(changed, place.root);
  if (!settings) throw usage("workspace-invalid", { path: place.file, problems });
  return bom + (isWindows ? changed.replaceAll("\n", "\r\n") : changed);
}

function changedText(text: string, name: SettingName, value: string, { file }: Place): string {
  const { document, problems } = readYaml(text);
  // As `readSettings`: comments are welcome here.
  const found = problems.filter((problem) => problem.code !== "yaml-comment");
  if (hasErrors(found)) throw usage("workspace-invalid", { path: file, problems: found });
  const keys = settingPaths[name];
  const node = document.getIn(keys, true) as Node | undefined;
  if (isWrittenOnOneLine(node)) return spliced(text, node, name, value);
  if (keys.length === 1 && node === undefined) return withLine(text, `${keys[0]}: ${JSON.stringify(value)}`);
  if (keys.length === 2 && !isMap(document.get(keys[0], true))) {
    const whole = { newsroom: `newsroom: { kind: kominfo, url: ${JSON.stringify(value)} }` } as const;
    const line =
      keys[0] === "newsroom" ? whole.newsroom : `${keys[0]}:\n  ${keys[1]}: ${JSON.stringify(value)}`;
    if (!document.has(keys[0])) return replacedExample(text, keys[0], line) ?? withLine(text, line);
    document.delete(keys[0]);
  }
  if (isScalar(node)) setText(node, value);
  else document.setIn(keys, toNode(value));
  return yamlText(document);
}

function isWrittenOnOneLine(node: Node | undefined): node is Scalar {
  const styles: unknown[] = [Scalar.PLAIN, Scalar.QUOTE_DOUBLE, Scalar.QUOTE_SINGLE];
  return isScalar(node) && styles.includes(node.type) && node.range !== undefined && node.value !== "";
}

/** Replaces the characters of a value, and the names that `init` writes beside the code of a kecamatan and in the line of the dateline. */
function spliced(text: string, node: Scalar, name: SettingName, value: string): string {
  const [start, end] = node.range!;
  const rest = text.slice(end);
  if (name !== "kecamatan") return text.slice(0, start) + JSON.stringify(value) + rest;
  const after = rest.replace(
    /^([ \t]+# )Kecamatan [^\n]*/,
    (_, sign) => `${sign}Kecamatan ${findKecamatan(value)?.name}`,
  );
  return withDateline(text.slice(0, start) + JSON.stringify(value) + after, String(node.value), value);
}

/** The comment that `init` writes beside `dateline:` quotes the dateline of the kecamatan. */
function withDateline(text: string, before: string, after: string): string {
  const quoted = (kecamatan: string) => `"${findKecamatan(kecamatan)?.name.toUpperCase()} –"`;
  return text.replace(/^(?:#[ \t]*)?dateline:[^\n]*$/m, (line) =>
    line.replace(quoted(before), quoted(after)),
  );
}

/** `init` leaves the address as a comment to be filled in: the line takes its place. */
function replacedExample(text: string, key: string, line: string): string | undefined {
  const example = new RegExp(`^#[ \\t]*${key}:[^\\n]*$`, "m");
  return example.test(text) ? text.replace(example, () => line) : undefined;
}

function withLine(text: string, line: string): string {
  return `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${line}\n`;
}
