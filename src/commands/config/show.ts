import path from "node:path";
import type { Context } from "../../context.js";
import { table } from "../../terminal/table.js";
import { workspaceFile } from "../../workspace/find.js";
import { keyOfSetting, settingNames } from "../../workspace/settings-edit.js";
import { settingText, settingValues } from "./values.js";

export async function run(context: Context): Promise<void> {
  const { root, settings } = await context.workspace();
  const messages = context.messages.settings;
  const file = path.join(root, workspaceFile);
  context.output.result({ path: file, config: settingValues(settings) }, (style) =>
    [
      style.faint(file),
      table(
        settingNames.map((name) => [
          // With the name in the file, where it is another: people look for it there.
          style.strong(name) +
            (keyOfSetting(name).split(".").includes(name) ? "" : ` (${keyOfSetting(name)})`),
          settingText(settings, name) ?? style.faint(messages.unset),
        ]),
      ),
    ].join("\n"),
  );
}
