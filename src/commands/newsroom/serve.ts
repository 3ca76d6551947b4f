import path from "node:path";
import type { Context } from "../../context.js";
import { usage } from "../../errors/errors.js";
import type { StoreLocation } from "../../newsroom/store/database/open.js";
import type { EngineBounds } from "../../photo/engine/memory-watch.js";
import { wholeNumber } from "../../terminal/prompts/ask.js";
import { clean } from "../../text/clean.js";
import { formatInstant } from "../../text/instant.js";
import { allowedOrigins, publicUrlOf } from "./address.js";
import { dataFolder, namedSecretsKey, quotePath, type StoreFlags, storesOf } from "./stores.js";

interface Input extends StoreFlags {
  host?: string;
  port?: string;
  tlsCert?: string;
  tlsKey?: string;
  behindProxy?: boolean;
  publicUrl?: string;
  allowOrigin?: string[];
  secretsKeyFile?: string;
}

const defaultPort = "4600";

/**
 * The dearest photos that `limits` of the contract admit take 210 MB and 1.1 s (docs/newsroom.md), on a machine that has
 * nothing else to do. With the service they stay below 700 MB.
 */
const decoderBounds: EngineBounds = { memoryBytes: 384 * 1024 * 1024, requestMs: 30_000 };

/** Runs until the process is asked to end, then exits with 0. */
export async function run(context: Context, input: Input): Promise<void> {
  const { host, output, version } = context;
  const port = wholeNumber("--port", input.port ?? defaultPort, 0, 65_535);
  const stores = await storesOf(context, input);
  const place = stores.database ?? stores.data;
  const storeLabel = stores.database?.displayUrl ?? stores.data;
  const tls = tlsFiles(context, input);
  const created = stores.database ? null : await agreeToMake(context, stores.data);
  const publicUrl = publicUrlOf(context, input.publicUrl);
  const { serve } = await import("../../newsroom/serve.js");
  const newsroom = await serve({
    host: input.host ?? "127.0.0.1",
    port,
    ...stores,
    tls,
    behindProxy: input.behindProxy,
    publicUrl,
    allowedOrigins: allowedOrigins(context, input.allowOrigin),
    secretsKeyFile: namedSecretsKey(context, input.secretsKeyFile),
    images: await context.images(decoderBounds),
    version,
    now: host.now,
    signal: host.signal,
    onWarning: host.onWarning,
    log: {
      level: context.flags.verbose ? "info" : "warn",
      stream: { write: (line) => output.log(clean(line).trimEnd()) },
    },
  });
  const { url } = newsroom;
  const messages = context.messages.newsroom;
  output.result(
    { url, created },
    (style) => `${style.good("✓")} ${messages.listening({ url: style.strong(url) })}`,
  );
  output.note((created ? messages.madeIn : messages.dataIn)({ path: storeLabel }));
  if ((tls || input.behindProxy) && publicUrl === undefined) output.warn(messages.noPublicUrl);
  const { tlsUntil } = newsroom;
  if (tlsUntil && tlsUntil <= host.now())
    output.warn(messages.tlsEnded({ when: formatInstant(tlsUntil.toISOString(), context.language) }));
  const { foreignLogins } = newsroom;
  if (foreignLogins > 0) output.warn(messages.foreignLogins({ n: foreignLogins }));
  const storeFlags = stores.database
    ? `--database ${quotePath(storeLabel)}`
    : `--data ${quotePath(storeLabel)}`;
  if (!(await hasAdmin(place, host.now()))) {
    output.note(messages.noAdmin);
    output.note(`  ${output.noteStyle.command(`kominfo newsroom user add --role admin ${storeFlags}`)}`);
  }
  output.note(output.noteStyle.faint(messages.stopWith));
  await newsroom.closed;
  output.note(messages.stopped);
}

/**
 * Whether a newsroom will be made in the folder. In a terminal a person is asked, because a mistyped folder would be served as an empty
 * newsroom; a unit or a script starts the first time as every time. Throws `newsroom-folder-missing` (exit 2) after a no.
 */
async function agreeToMake(context: Context, folder: string): Promise<boolean> {
  const { holdsNewsroom, nearestNewsroom } = await import("../../newsroom/store/database/find.js");
  if (await holdsNewsroom(folder)) return false;
  const prompter = await context.prompter();
  if (!prompter) return true;
  const nearest = await nearestNewsroom(folder, dataFolder(context));
  const messages = context.messages.newsroom;
  if (nearest !== undefined) context.output.note(messages.oneIsIn({ path: nearest }));
  const agreed = await prompter.confirm({
    message: messages.askMake({ path: folder }),
    default: nearest === undefined,
  });
  if (!agreed) throw usage("newsroom-folder-missing", { path: folder, nearest });
  return true;
}

function tlsFiles(context: Context, { tlsCert, tlsKey, behindProxy }: Input) {
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined) throw usage("newsroom-tls-incomplete");
  if (behindProxy) throw usage("newsroom-tls-twice");
  return { cert: path.resolve(context.cwd, tlsCert), key: path.resolve(context.cwd, tlsKey) };
}

async function hasAdmin(place: StoreLocation, now: Date): Promise<boolean> {
  const { listPeople } = await import("../../newsroom/local-people.js");
  return (await listPeople(place, now)).some((person) => person.active && person.role === "admin");
}
