import { mkdtemp, readFile, rm, statfs, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Context } from "../context.js";
import { auditFile, auditProblem } from "../credentials/audit.js";
import { endsWithin } from "../credentials/expiry.js";
import type { ListedAccount } from "../credentials/types.js";
import { type ExitCode, exit, KominfoError } from "../errors/errors.js";
import { explain } from "../language/explain.js";
import { findKecamatan } from "../region/kecamatan.js";
import { fileSystemFailure } from "../terminal/report.js";
import { indent } from "../terminal/table.js";
import { formatBytes } from "../text/bytes.js";
import { cleanLine } from "../text/clean.js";
import { formatInstant } from "../text/instant.js";
import { findWorkspaceFile } from "../workspace/find.js";
import { checkAccount } from "./auth/check.js";
import { loginOrigins } from "./newsroom/address.js";
import { formatPerson } from "./newsroom/person.js";

/** The outcome of one check; `fix` is a command or a step. */
interface Check {
  id: string;
  ok: boolean;
  message: string;
  fix: string | null;
}

/** A check: returns its success message, or a fault with its fix. A thrown error is a fault too. */
type Part = (context: Context) => Promise<string | Fault>;

interface Fault {
  message: string;
  fix: string;
}

/** With less free space, an event's photos may not fit. */
const minFreeBytes = 500 * 2 ** 20;
const maxClockSkewMs = 5 * 60_000;

export async function run(context: Context): Promise<ExitCode> {
  const checks: Check[] = [];
  const check = async (id: string, part: Part): Promise<boolean> => {
    const result = await runPart(context, part);
    checks.push({ id, ...result });
    return result.ok;
  };
  const newsrooms = await newsroomsOfEditor(context);
  const isSettled = await check(
    "workspace",
    newsrooms ? async () => noWorkspace(context, newsrooms) : workspace,
  );
  const hasAddress = isSettled && (newsrooms === undefined || newsrooms.length === 1);
  // Checks that depend on a failed one are skipped: they would only repeat its message.
  const reachable =
    hasAddress && (await check("newsroom-address", address)) && (await check("newsroom", newsroom));
  if (reachable) await check("clock", clock);
  const opened = (await check("vault", vault)) && (await canOpenSilently(context));
  await check("audit", audit);
  if (reachable && opened) await check("login", login);
  const accounts = await channelAccounts(context);
  for (const account of accounts) {
    await check(`account-${account.service}`, (current) => channelAccount(current, account));
  }
  if (accounts.some(({ service }) => metaChannels.includes(service))) {
    await check("graph-version", graphVersion);
  }
  await check("images", images);
  await check("templates", templates);
  await check("disk", disk);

  const messages = context.messages.doctor;
  const broken = checks.filter(({ ok }) => !ok);
  context.output.result({ checks }, (style) =>
    [
      ...checks.map(({ ok, message, fix }) => {
        const line = `${ok ? style.good("✓") : style.bad("✗")} ${message}`;
        return fix === null ? line : `${line}\n${indent(`${style.faint("→")} ${style.command(fix)}`)}`;
      }),
      "",
      broken.length === 0 ? messages.allWell : messages.toMend({ count: broken.length }),
    ].join("\n"),
  );
  return broken.length === 0 ? exit.done : exit.failed;
}

async function runPart(context: Context, part: Part): Promise<Omit<Check, "id">> {
  try {
    const result = await part(context);
    return typeof result === "string" ? { ok: true, message: result, fix: null } : { ok: false, ...result };
  } catch (error) {
    const expected = error instanceof KominfoError ? error : fileSystemFailure(error);
    if (expected) {
      if (expected.exit === exit.cancelled) throw expected;
      const { message, hints } = explain(expected, context.messages);
      return { ok: false, message, fix: hints[0] ?? null };
    }
    const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    return { ok: false, message: context.messages.doctor.broken({ reason }), fix: "npm ci && npm run build" };
  }
}

const workspace: Part = async (context) => {
  const { root, settings } = await context.workspace();
  return context.messages.doctor.workspace({ name: settings.kecamatan.name, path: root });
};

/**
 * Where somebody has a login who works without a workspace, as an editor does: outside of one, with none that this computer knows. Empty
 * while a vault is locked or a login has no address. Undefined for everybody else.
 */
async function newsroomsOfEditor(context: Context): Promise<string[] | undefined> {
  if (findWorkspaceFile(context.cwd)) return undefined;
  const { knownWorkspaces } = await import("../workspace/known.js");
  if ((await knownWorkspaces(context.paths.state)).length > 0) return undefined;
  const credentials = await context.credentials();
  if ((await credentials.status()).state === "locked") return [];
  const logins = (await credentials.list({ ask: false })).filter(({ service }) => service === "newsroom");
  return logins.length === 0 ? undefined : loginOrigins(context, { ask: false });
}

function noWorkspace({ messages }: Context, newsrooms: readonly string[]): string {
  return newsrooms.length > 1 ? messages.doctor.severalNewsrooms({ newsrooms }) : messages.doctor.noWorkspace;
}

async function originOf(context: Context): Promise<string> {
  if (!findWorkspaceFile(context.cwd)) {
    const [only] = await loginOrigins(context, { ask: false });
    if (only !== undefined) return only;
  }
  const { newsroomOrigin } = await import("../workspace/workspace.js");
  return newsroomOrigin(await context.workspace());
}

const address: Part = async (context) => context.messages.doctor.address({ origin: await originOf(context) });

const newsroom: Part = async (context) => {
  const origin = await originOf(context);
  const { version } = await (await context.newsroomAs(origin)).service();
  // Whoever answers at this address, nobody has logged in to it yet.
  return context.messages.doctor.newsroom({ origin, version: cleanLine(version) });
};

const clock: Part = async (context) => {
  const messages = context.messages.doctor;
  const { time } = await (await context.newsroomAs(await originOf(context))).service();
  const minutes = Math.round((context.host.now().getTime() - Date.parse(time)) / 60_000);
  if (Math.abs(minutes) * 60_000 <= maxClockSkewMs) return messages.clock;
  return { message: messages.clockOff({ minutes }), fix: messages.setClock };
};

const vault: Part = async (context) => {
  const { path, state, problem, open_until } = await (await context.credentials()).status();
  if (problem) throw problem;
  const { account, vault: messages } = context.messages;
  const line = `${account.vault} ${path} (${account.states[state]})`;
  if (open_until === undefined) return line;
  return `${line}. ${messages.openUntil({ when: formatInstant(open_until, context.language) })}`;
};

const audit: Part = async (context) => {
  const { path } = await (await context.credentials()).status();
  const log = auditFile(path);
  const reason = await auditProblem(log);
  const messages = context.messages.doctor;
  return reason === undefined
    ? messages.audit({ path: log })
    : { message: messages.auditClosed({ path: log, reason }), fix: messages.openAudit({ path: log }) };
};

/** Whether the login can be checked without asking for a passphrase. */
async function canOpenSilently(context: Context): Promise<boolean> {
  const credentials = await context.credentials();
  return credentials.shadowing("newsroom").length > 0 || (await credentials.status()).state !== "locked";
}

const login: Part = async (context) => {
  const origin = await originOf(context);
  const { user, token } = await (await context.newsroom(origin)).me();
  const kecamatan = findWorkspaceFile(context.cwd)
    ? (await context.workspace()).settings.kecamatan
    : undefined;
  const who = formatPerson(user);
  if (kecamatan && user.role === "operator" && user.kecamatan !== kecamatan.code) {
    const own = findKecamatan(user.kecamatan ?? "")?.slug;
    const message = context.messages.account.otherKecamatan({ who, workspace: kecamatan.name, own });
    return { message: context.output.nextStep(message), fix: "kominfo auth login newsroom" };
  }
  const message = context.messages.account.loggedIn({ who, origin });
  const days = endsWithin(token.expires_at ?? undefined, context.host.now());
  return days === undefined ? message : `${message} ${context.messages.doctor.endsIn({ days })}`;
};

/** All accounts but the newsroom's, which `login` checks. `vault` has already reported a vault that does not open. */
async function channelAccounts(context: Context): Promise<ListedAccount[]> {
  const listed = await (await context.credentials()).list({ ask: false });
  return listed.filter(({ service }) => service !== "newsroom");
}

async function channelAccount(context: Context, listed: ListedAccount): Promise<string | Fault> {
  const { account: messages, doctor } = context.messages;
  const { service, account } = listed;
  const seen = await checkAccount(context, await context.credentials(), listed);
  if (seen.problem instanceof KominfoError) throw seen.problem;
  if (seen.problem === "expired") {
    return { message: messages.expired({ service }), fix: `kominfo auth login ${service}` };
  }
  if (seen.valid === null) {
    return { message: doctor.accountUnchecked({ service, account }), fix: "kominfo auth status --check" };
  }
  const days = endsWithin(seen.expires_at, context.host.now());
  return days === undefined
    ? doctor.account({ service, account })
    : messages.endsSoon({ service, account, days });
}

const metaChannels: readonly string[] = ["facebook", "instagram"];

/** Half a year before Meta ends the version in use, and after that: a setting is all that has to change. */
const graphVersion: Part = async (context) => {
  const meta = await import("../channels/meta/versions.js");
  const settings = findWorkspaceFile(context.cwd) ? (await context.workspace()).settings : undefined;
  const version = settings?.graphVersion ?? meta.defaultGraphVersion;
  const { doctor: messages } = context.messages;
  const ending = meta.graphVersionEnding(version, context.host.now());
  if (!ending) return messages.graphVersion({ version });
  const fix = messages.useGraphVersion({ version: meta.newestGraphVersion });
  const say = ending.hasEnded ? messages.graphVersionEnded : messages.graphVersionEnds;
  return { message: say({ version, day: ending.end }), fix };
};

/** One grey pixel. */
const samplePng =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const images: Part = async (context) => {
  await canRenderImages(context);
  return context.messages.doctor.images;
};

/** Renders a photo of one pixel; throws if that fails. */
export async function canRenderImages(context: Context): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "kominfo-doctor-"));
  try {
    const source = path.join(folder, "sample.png");
    await writeFile(source, Buffer.from(samplePng, "base64"));
    const engine = await context.images();
    const { findPreset } = await import("../photo/renditions/presets.js");
    await engine.render(source, [{ preset: findPreset("web"), path: path.join(folder, "sample.jpg") }], {});
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const templates: Part = async (context) => {
  const { listTemplates } = await import("../workspace/templates.js");
  const { parseTemplate } = await import("../post/template/template.js");
  const file = findWorkspaceFile(context.cwd);
  const files = await listTemplates(context.packageFolder, file && path.dirname(file));
  for (const file of files) parseTemplate(file.name, await readFile(file.path));
  return context.messages.doctor.templates({ count: files.length });
};

const disk: Part = async (context) => {
  const messages = context.messages.doctor;
  const { bavail, bsize } = await statfs(context.cwd);
  const free = bavail * bsize;
  const amount = formatBytes(free, context.language);
  return free >= minFreeBytes
    ? messages.disk({ amount })
    : { message: messages.diskFull({ amount }), fix: messages.makeRoom };
};
