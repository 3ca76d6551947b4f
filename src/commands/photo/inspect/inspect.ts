import type { Context } from "../../../context.js";
import { type ExitCode, exit } from "../../../errors/errors.js";
import {
  hasPrivateMetadata,
  hasUnreadParts,
  type InspectedPhoto,
  inspectPhotos,
} from "../../../photo/metadata/inspect.js";
import { gatherPhotos } from "../../../photo/sources/gather.js";
import { createProgress } from "../../../terminal/progress.js";
import { table, wrap } from "../../../terminal/table.js";
import { cleanLine } from "../../../text/clean.js";
import { failedJson, warnOfFailures } from "../failures.js";
import { commandOf, gatherAsking, passedJson } from "../gather.js";
import { metadataLines, photoFacts } from "../metadata-lines.js";

interface Input {
  path: string[];
  sheet?: string;
  recursive?: boolean;
}

export async function run(context: Context, input: Input): Promise<ExitCode> {
  const { host, output } = context;
  const messages = context.messages.photo;
  const sheet = input.sheet === undefined ? undefined : await import("../sheet.js");
  const sheetFile = sheet?.sheetPath(context, input.sheet!);
  const windows = host.platform === "win32";
  const gathered = await gatherAsking(context, {
    gather: (recursive) =>
      // What is only looked at is shown to nobody.
      gatherPhotos(input.path, context.cwd, { windows, signal: host.signal, recursive, originals: true }),
    recursive: input.recursive,
    command: commandOf("kominfo", "photo", "inspect", ...input.path),
  });
  try {
    const progress = createProgress(output);
    const inspection = await inspectPhotos(await context.images(), gathered.files, {
      signal: host.signal,
      displayName: gathered.displayName,
      onProgress: (done, total) => progress.update({ label: messages.inspecting, done, total }),
    }).finally(progress.clear);
    const failed = [...gathered.failed, ...inspection.failed];
    if (sheet && sheetFile) {
      const entries = sheet.entriesOf(gathered, { failed });
      await sheet.writeSheet(context, sheetFile, input.path.join(" "), entries);
    }
    warnOfFailures(context, failed);
    const { photos } = inspection;
    const sheetLine = sheetFile ? [messages.sheetMade({ path: sheetFile })] : [];
    const json = {
      photos,
      failed: failedJson(context, failed),
      passed_over: passedJson(gathered.passed),
    };
    output.result(json, (style) => {
      const exposed = photos.filter(hasPrivateMetadata).length;
      const located = photos.filter((photo) => photo.private.gps).length;
      if (photos.length === 0)
        return [`${style.warning("!")} ${messages.inspectedNone}`, ...sheetLine].join("\n");
      const unread = photos.filter((photo) => !hasPrivateMetadata(photo) && hasUnreadParts(photo)).length;
      const summary = messages.inspected({ photos: photos.length, exposed, located, unread });
      // Only what was read whole, and all of it, may be said to leak nothing.
      const isGood = exposed === 0 && unread === 0 && failed.length === 0;
      return [
        ...photos.map((photo) => photoBlock(context, photo)),
        `${isGood ? style.good("✓") : style.warning("!")} ${summary}`,
        ...(exposed + unread > 0 ? [`  ${messages.inspectedAdvice}`] : []),
        ...sheetLine,
      ].join("\n");
    });
    return failed.length > 0 ? exit.partial : exit.done;
  } finally {
    await gathered.release();
  }
}

/** The photo on one line, and its metadata below; in a terminal no line is broken within a word. */
function photoBlock({ messages, language, output }: Context, photo: InspectedPhoto): string {
  const { style } = output;
  const lines = metadataLines(photo, messages, language);
  // The sign, the label and the spaces between take their part of the width.
  const room = output.resultColumns - 7 - Math.max(0, ...lines.map(({ label }) => label.length));
  const rows = lines.flatMap((line) => {
    const texts = wrap(cleanLine(line.link ? `${line.text}  ${line.link}` : line.text), Math.max(20, room));
    return texts.split("\n").map((text, i) => {
      const [sign, label] = i > 0 ? ["   ", ""] : [line.private ? style.warning("  !") : "   ", line.label];
      return [sign, label, line.private ? style.strong(text) : text];
    });
  });
  const name = style.strong(cleanLine(photo.source));
  const facts = style.faint(cleanLine(photoFacts(photo, messages, language).join(" · ")));
  const metadata = rows.length > 0 ? table(rows) : `    ${messages.photo.metadata.nothing}`;
  return `${name}  ${facts}\n${metadata}\n`;
}
