import type { Context } from "../../context.js";
import type { Diagnostic } from "../../errors/diagnostics.js";
import { KominfoError, usage } from "../../errors/errors.js";
import type { Post, Template } from "../../post/types.js";
import { cleanLine } from "../../text/clean.js";
import type { Language } from "../../text/language.js";
import type { Bundle } from "../../workspace/posts.js";
import { readTemplate } from "../../workspace/templates.js";

/** What keys of index.md are called where they are asked for: "Foto 1: keterangan (takarir)". */
export async function keyNames(context: Context, kind: string | undefined): Promise<(key: string) => string> {
  const template = await templateOf(context, kind);
  const { language, messages } = context;
  return (key) => (template && labelOf(template, key, language)) ?? cleanLine(messages.keyName(key));
}

/** Adds to each problem with an answer what the answer is called where it is asked; a post of a template that is gone keeps its keys. */
export async function labelled(
  context: Context,
  kind: string | undefined,
  problems: readonly Diagnostic[],
): Promise<Diagnostic[]> {
  if (kind === undefined || !problems.some(({ key }) => key?.startsWith("isian."))) return [...problems];
  const template = await templateOf(context, kind);
  return problems.map((problem) => {
    const label = template && labelOf(template, problem.key ?? "", context.language);
    return label === undefined ? problem : { ...problem, label };
  });
}

/** Undefined for a post of a template that is gone. */
async function templateOf(context: Context, kind: string | undefined): Promise<Template | undefined> {
  if (kind === undefined) return undefined;
  const { root } = await context.workspace();
  return readTemplate(kind, context.packageFolder, root).catch((error: unknown) => {
    if (error instanceof KominfoError) return undefined;
    throw error;
  });
}

/** Warnings of a check for scripts. */
export function warningsJson({ messages }: Pick<Context, "messages">, problems: readonly Diagnostic[]) {
  return problems.map((problem) => ({
    code: problem.code,
    key: problem.key ?? null,
    line: problem.line ?? null,
    message: messages.diagnosticLine(problem),
  }));
}

/** "Selesai pukul (waktu_selesai)"; entries of a list are counted from one. */
function labelOf({ questions }: Template, key: string, language: Language): string | undefined {
  const [group, name, ...rest] = key.split(".");
  const question = group === "isian" ? questions.find((each) => each.key === name) : undefined;
  if (!question) return undefined;
  const numbers = rest.filter((part) => /^\d+$/.test(part)).map((part) => Number(part) + 1);
  const field = question.fields?.find((each) => rest.includes(each.key));
  const asked = [question.ask[language], ...numbers].join(" ");
  const path = field ? `${question.key}.${field.key}` : question.key;
  return cleanLine(`${field ? `${asked}: ${field.ask[language]}` : asked} (${path})`);
}

/**
 * The `post-invalid` (exit 2) of a post; it names `post edit` where a wrong answer can be given anew there. Photos have a command of their own.
 *
 * @param post undefined where index.md cannot be read
 */
export function unfit(
  { index, slug }: Bundle,
  post: Post | undefined,
  problems: readonly Diagnostic[],
): KominfoError<"post-invalid"> {
  const isAnswer = problems.some(({ key }) => key && !/^(foto|internal)(\.|$)/.test(key));
  return usage("post-invalid", { path: index, problems, ...(post && isAnswer && { edit: slug }) });
}
