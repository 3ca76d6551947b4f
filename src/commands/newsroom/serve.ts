import path from "node:path";
import type { Context } from "../../context.js";
import { wholeNumber } from "../../terminal/ask.js";
import { clean } from "../../terminal/clean.js";

interface Input {
  host?: string;
  port?: string;
  data?: string;
}

const usualPort = "4600";

/** Runs until the process is asked to end, and ends well then. */
export async function run(context: Context, input: Input): Promise<void> {
  const { host, output, version, messages } = context;
  const port = wholeNumber("--port", input.port ?? usualPort, 0, 65_535);
  const data = path.resolve(context.cwd, input.data ?? path.join(context.paths.data, "newsroom"));
  const { serve } = await import("../../newsroom/server/serve.js");
  const log = (line: string) => (context.flags.verbose ? output.detail : output.note)(clean(line).trimEnd());
  const newsroom = await serve({
    host: input.host ?? "127.0.0.1",
    port,
    data,
    images: await context.images(),
    version,
    now: host.now,
    signal: host.signal,
    log: { level: context.flags.verbose ? "info" : "warn", stream: { write: log } },
  });
  const { url } = newsroom;
  const words = messages.newsroom;
  output.result({ url }, (style) => `${style.good("✓")} ${words.listening({ url: style.strong(url) })}`);
  output.note(words.dataIn({ path: data }));
  if (!(await hasAdmin(data, host.now()))) {
    output.note(words.noAdmin);
    output.note(
      `  ${output.noteStyle.command(`kominfo newsroom user add --role admin --data ${quoted(data)}`)}`,
    );
  }
  output.note(output.noteStyle.faint(words.stopWith));
  await newsroom.closed;
  output.note(words.stopped);
}

async function hasAdmin(data: string, now: Date): Promise<boolean> {
  const { listPeople } = await import("../../newsroom/server/people.js");
  return (await listPeople(data, now)).some((one) => one.active && one.role === "admin");
}

/** For a shell, where the path needs it. */
function quoted(file: string): string {
  return /^[\w./\\:~-]+$/.test(file) ? file : `"${file}"`;
}
