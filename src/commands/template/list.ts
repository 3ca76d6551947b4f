import type { Context } from "../../context.js";
import { table } from "../../terminal/table.js";
import { findWorkspaceFile } from "../../workspace/find.js";
import { listTemplates, readTemplate } from "../../workspace/templates.js";

export async function run(context: Context): Promise<void> {
  const root = findWorkspaceFile(context.cwd) ? (await context.workspace()).root : undefined;
  const files = await listTemplates(context.packageFolder, root);
  const templates = await Promise.all(
    files.map((file) => readTemplate(file.name, context.packageFolder, root)),
  );
  const items = templates.map((template, i) => ({
    name: template.name,
    title: template.title[context.language],
    description: template.description[context.language],
    own: files[i]!.own,
  }));
  context.output.result({ items, next_cursor: null }, (style) =>
    table(
      items.map((item, i) => [
        style.strong(item.name),
        item.description,
        item.own ? style.faint(`(${context.messages.template.own})`) : "",
        // `post new` asks for the others only.
        templates[i]!.menu ? "" : style.faint(`kominfo post new ${item.name}`),
      ]),
    ),
  );
}
