import type { Context } from "../../context.js";
import { fitTable } from "../../terminal/table.js";
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
  const { output, messages } = context;
  output.result({ items, next_cursor: null }, (style) => {
    const own = (item: (typeof items)[number]) =>
      item.own ? [style.faint(`(${messages.template.own})`)] : [];
    // `post new` asks for the others only.
    const command = (item: (typeof items)[number]) =>
      templates[items.indexOf(item)]!.menu ? [] : [style.faint(`kominfo post new ${item.name}`)];
    return fitTable(
      items,
      output.resultColumns,
      {
        row: (item) => [
          style.strong(item.name),
          item.description,
          own(item).join(""),
          command(item).join(""),
        ],
      },
      (item) =>
        [
          [style.strong(item.name), ...own(item)].join(" "),
          `  ${item.description}`,
          ...command(item).map((line) => `  ${line}`),
        ].join("\n"),
    );
  });
}
