import type { Context } from "../../context.js";
import type { Question } from "../../post/types.js";
import type { Style } from "../../terminal/style.js";
import { findWorkspaceFile } from "../../workspace/find.js";
import { readTemplate } from "../../workspace/templates.js";

export async function run(context: Context, input: { name: string }): Promise<void> {
  const root = findWorkspaceFile(context.cwd) ? (await context.workspace()).root : undefined;
  const template = await readTemplate(input.name, context.packageFolder, root);
  const { language } = context;
  const describe = (question: Question): object => ({
    key: question.key,
    type: question.type,
    ask: question.ask[language],
    required: question.required,
    repeat: question.repeat,
    default: question.default ?? null,
    choices: question.choices ?? null,
    fields: question.fields?.map(describe) ?? null,
  });
  const title = template.title[language];
  const description = template.description[language];
  const questions = template.questions.map(describe);
  context.output.result({ template: { name: template.name, title, description, questions } }, (style) =>
    [
      `${style.strong(title)} (${template.name})`,
      description,
      "",
      ...template.questions.map((question) => line(context, style, question)),
      "",
      style.command(context.messages.template.use(template.name)),
    ].join("\n"),
  );
}

function line(context: Context, style: Style, question: Question, indent = "  "): string {
  const messages = context.messages.template;
  const notes = [
    question.required ? messages.required : "",
    question.repeat ? messages.repeats : "",
    question.internal ? messages.internal : "",
    question.choices ? `${messages.choices}: ${question.choices.join(", ")}` : "",
  ].filter(Boolean);
  const own = `${indent}${style.command(question.key)}  ${question.ask[context.language]}${
    notes.length > 0 ? style.faint(` (${notes.join("; ")})`) : ""
  }`;
  return [own, ...(question.fields ?? []).map((field) => line(context, style, field, `${indent}  `))].join(
    "\n",
  );
}
