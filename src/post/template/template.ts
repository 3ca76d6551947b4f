import { type Document, isMap, isScalar, isSeq, parseDocument, YAMLMap } from "yaml";
import { usage } from "../../errors/errors.js";
import { error, hasErrors } from "../../files/diagnostic.js";
import { isGroup } from "../../files/group.js";
import { readYaml } from "../../files/yaml.js";
import { postKeys, type Written, writePhoto, writeYesNo } from "../front-matter/keys.js";
import { readPost } from "../front-matter/read.js";
import { unknownKeys } from "../front-matter/shapes.js";
import { frontLine, splitSource } from "../front-matter/source.js";
import { assign, setText, yamlText } from "../front-matter/write.js";
import type { Answer, Answers, PostPhoto, Question, Template } from "../types.js";
import { isLiquid, liquidEngine, liquidFault } from "./liquid.js";
import { checkPlaceholders } from "./placeholders.js";
import { allQuestions, readHead } from "./questions.js";
import { proposeSummary } from "./summary.js";

export interface RenderSettings {
  kecamatan: { code: string; name: string };
  /** YYYY-MM-DD in Asia/Jakarta (`today` of dates.ts). */
  today: string;
  /** false when the newsroom's site adds the dateline itself. The filter `dateline` then returns "". */
  dateline: boolean;
  /** Written under `foto:`; `file` is the path inside the bundle. */
  photos?: readonly PostPhoto[];
}

/**
 * Parses one template file.
 *
 * @param name of the file, without its extension
 * @throws `template-invalid` (exit 2) with all problems, each with its line
 */
export function parseTemplate(name: string, text: Uint8Array | string): Template {
  const { source, problems } = splitSource(text);
  if (!source) throw usage("template-invalid", { name, problems });
  const yaml = readYaml(source.front, frontLine);
  if (hasErrors(yaml.problems)) throw usage("template-invalid", { name, problems: yaml.problems });
  const values = isGroup(yaml.values) ? yaml.values : {};
  const { head, problems: found } = readHead(values.template, yaml.lines);
  found.push(...unknownKeys(values, "", ["template", ...Object.keys(postKeys)], yaml.lines, "error"));
  yaml.document.delete("template");
  const template: Template = {
    name,
    title: { id: "", en: "" },
    description: { id: "", en: "" },
    menu: true,
    questions: [],
    ...head,
    front: yamlText(yaml.document),
    body: source.body,
  };
  if (head) found.push(...checkPlaceholders(template, values, yaml.lines, source.bodyLine));
  if (hasErrors(found)) {
    throw usage("template-invalid", { name, problems: found.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)) });
  }
  return template;
}

/**
 * Renders the text of a new `index.md`. The template's YAML is parsed before each string is rendered, so that any answer
 * stays a single value. Answers themselves are never rendered. The result is parsed again to make sure that it is a post.
 *
 * @throws `template-invalid` (exit 2) when a placeholder fails, or the result is not a post
 */
export function renderPost(template: Template, answers: Answers, settings: RenderSettings): string {
  const engine = liquidEngine(settings);
  const scope = {
    ...Object.fromEntries(
      allQuestions(template).map((question) => [
        question.key,
        answers[question.key] ?? emptyAnswer(question),
      ]),
    ),
    kecamatan: settings.kecamatan,
    today: settings.today,
  };
  const render = (text: string, key?: string): string => {
    try {
      return engine.parseAndRenderSync(text, scope);
    } catch (cause) {
      const problems = [error({ key }, "liquid-invalid", { reason: liquidFault(cause).reason })];
      throw usage("template-invalid", { name: template.name, problems }, cause);
    }
  };
  const document = parseDocument(template.front, { schema: "failsafe" });
  const map: YAMLMap = isMap(document.contents) ? document.contents : new YAMLMap();
  (document as Document).contents = map;
  const rendered = new Set(map.items.flatMap((pair) => (holdsLiquid(pair.value) ? [String(pair.key)] : [])));
  renderMap(map, render);
  const body = `${render(template.body).trim()}\n`;
  for (const [key, value] of Object.entries(frontValues(template, answers, rendered)))
    assign(map, key, value);
  if (!textAt(map, "ringkasan")) {
    const summary = proposeSummary(body);
    if (summary) assign(map, "ringkasan", summary);
  }
  if (settings.photos?.length) assign(map, "foto", settings.photos.map(writePhoto));
  const { isian, internal } = ownAnswers(template, answers);
  if (Object.keys(isian).length > 0) assign(map, "isian", isian);
  if (Object.keys(internal).length > 0) assign(map, "internal", internal);
  const text = `---\n${yamlText(document as Document)}---\n${body}`;
  const { problems } = readPost(text);
  if (hasErrors(problems)) throw usage("template-invalid", { name: template.name, problems });
  return text;
}

/** The Liquid value of an unanswered question. With it, `!= blank` and `!= empty` work as expected. */
function emptyAnswer(question: Question): Answer {
  if (question.repeat) return [];
  if (question.type !== "group") return "";
  return Object.fromEntries((question.fields ?? []).map((field) => [field.key, emptyAnswer(field)]));
}

function holdsLiquid(node: unknown): boolean {
  if (isScalar(node)) return isLiquid(String(node.value));
  if (isSeq(node)) return node.items.some(holdsLiquid);
  return isMap(node) && node.items.some((pair) => holdsLiquid(pair.value));
}

/** Renders each string of a map in place. Removes strings that render to blank text. */
function renderMap(map: YAMLMap, render: (text: string, key: string) => string): void {
  map.items = map.items.filter((pair) => renderNode(pair.value, String(pair.key), render));
}

function renderNode(node: unknown, key: string, render: (text: string, key: string) => string): boolean {
  if (isSeq(node)) node.items = node.items.filter((item) => renderNode(item, key, render));
  else if (isMap(node)) renderMap(node, render);
  else if (isScalar(node) && isLiquid(String(node.value))) {
    const text = render(String(node.value), key);
    setText(node, text);
    return text.trim() !== "";
  }
  return true;
}

function textAt(map: YAMLMap, key: string): string {
  const node: unknown = map.get(key, true);
  return isScalar(node) ? String(node.value).trim() : "";
}

/** The answers to keys of the front matter that the template does not render itself. */
function frontValues(template: Template, answers: Answers, rendered: ReadonlySet<string>) {
  const values: { [key: string]: Written } = {};
  for (const { key, internal } of allQuestions(template)) {
    if (!Object.hasOwn(postKeys, key) || key === "internal" || internal || rendered.has(key)) continue;
    const value = toWritten(answers[key] ?? "");
    if (!isEmptyValue(value)) values[key] = value;
  }
  return values;
}

/** The answers to the template's own questions, for readers (`isian`) and for the newsroom only (`internal`). */
function ownAnswers(template: Template, answers: Answers) {
  const isian: { [key: string]: Written } = {};
  const general = toWritten(answers.internal ?? {});
  const internal: { [key: string]: Written } = isGroup(general) ? { ...(general as object) } : {};
  for (const question of template.questions) {
    const value = toWritten(answers[question.key] ?? "");
    if (isEmptyValue(value) || question.key === "internal") continue;
    if (question.internal) internal[question.key] = value;
    else if (!Object.hasOwn(postKeys, question.key)) isian[question.key] = value;
  }
  return { isian, internal };
}

/** Converts an answer to the form that front matter writes. */
function toWritten(answer: Answer): Written {
  if (typeof answer === "boolean") return writeYesNo(answer);
  if (typeof answer === "number" || typeof answer === "string") return String(answer);
  if (Array.isArray(answer)) return answer.map(toWritten);
  return Object.fromEntries(
    Object.entries(answer)
      .map(([key, value]): [string, Written] => [key, toWritten(value)])
      .filter(([, value]) => !isEmptyValue(value)),
  );
}

function isEmptyValue(value: Written): boolean {
  return Object.keys(value).length === 0;
}
