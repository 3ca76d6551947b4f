import path from "node:path";
import type { ChannelName } from "./channels/login/types.js";
import type { OpenChannel } from "./channels/open.js";
import type { Account, Credentials, VaultStatus } from "./credentials/types.js";
import type { ExitCode } from "./errors/errors.js";
import type { Http } from "./http/client.js";
import { loadMessages, type Messages } from "./language/index.js";
import type { NewsroomClient } from "./newsroom-client/types.js";
import type { ImageEngine } from "./photo/types.js";
import {
  createDebug,
  type DebugLog,
  type DebugSection,
  debugSections,
  traceCalls,
} from "./terminal/debug.js";
import type { GlobalFlags } from "./terminal/flags.js";
import type { Host } from "./terminal/host.js";
import { createOutput, type Output } from "./terminal/output.js";
import type { Prompter } from "./terminal/prompter.js";
import type { Scrubber } from "./terminal/scrubber.js";
import { cleanLine } from "./text/clean.js";
import type { Language } from "./text/language.js";
import { type UserPaths, userPaths } from "./workspace/paths.js";
import type { Workspace } from "./workspace/types.js";

/**
 * All that a command may touch. The factories are lazy: what a command does not ask for is never loaded, and
 * a command that needs no secret never touches the vault.
 */
export interface Context {
  readonly host: Host;
  readonly flags: GlobalFlags;
  /** The version of kominfo. */
  readonly version: string;
  /** The folder that holds `templates/` of the package. */
  readonly packageFolder: string;
  /** Where relative paths start: `--workspace`, else the current folder. */
  readonly cwd: string;
  readonly language: Language;
  readonly messages: Messages;
  readonly output: Output;
  /** The log of a section that `KOMINFO_DEBUG` names; undefined where the variable leaves it out. */
  debug(section: DebugSection): DebugLog | undefined;
  readonly paths: UserPaths;
  /** Undefined where nobody can be asked: not a terminal, `--json`, `--no-input`. */
  prompter(): Promise<Prompter | undefined>;
  /** Throws `workspace-missing` (exit 2). */
  workspace(): Promise<Workspace>;
  credentials(): Promise<Credentials>;
  /** A client with the login for the newsroom of the workspace, or of `origin`. Throws `not-logged-in` (exit 4). */
  newsroom(origin?: string): Promise<NewsroomClient>;
  /** The same with this token, or without any login: for what deals with logins themselves. */
  newsroomAs(origin: string, token?: string): Promise<NewsroomClient>;
  /** The site, Facebook, Instagram or X, and the accounts there. */
  channel(service: ChannelName): Promise<OpenChannel>;
  images(): Promise<ImageEngine>;
}

/** One file of `commands/`. `input` holds the options and the named arguments, in camel case. */
export interface Verb<Input> {
  run(context: Context, input: Input): Promise<ExitCode> | Promise<void>;
}

/** One run of the program, before its command line is understood. */
export interface Run {
  argv: readonly string[];
  host: Host;
  language: Language;
  version: string;
  packageFolder: string;
  scrubber: Scrubber;
  /** Where channels are, if not at their own addresses. Only tests set it. */
  channelOrigins?: Partial<Record<ChannelName, string>> | undefined;
  /** The engine, if not one in a process of its own, which only runs compiled. Only tests set it. */
  images?: (() => Promise<ImageEngine>) | undefined;
}

/** The real one: everything behind it is imported when it is first asked for. */
export async function createContext(run: Run, flags: GlobalFlags): Promise<Context> {
  const { host, scrubber } = run;
  const messages = await loadMessages(run.language);
  const output = createOutput(host, scrubber, flags);
  const debug = createDebug(host, scrubber);
  if (debug.unknown.length > 0) {
    const text = messages.workspace.debugUnknown({ names: debug.unknown, sections: debugSections });
    host.stderr.write(`${scrubber.scrub(cleanLine(`! ${text}`))}\n`);
  }
  const paths = userPaths(host.env, host.home, host.platform);
  const cwd = path.resolve(host.cwd, flags.workspace ?? ".");
  const askable = Boolean(host.stdin.isTTY && host.stderr.isTTY) && flags.input && !flags.json;

  const prompter = once(async () =>
    askable ? (await import("./terminal/inquirer.js")).createPrompter(host, messages.prompt) : undefined,
  );
  const workspace = once(async () => {
    const { openWorkspace } = await import("./workspace/workspace.js");
    return openWorkspace(cwd, (file, warnings) => {
      for (const warning of warnings) output.warn(`${file}: ${messages.problemLine(warning)}`);
    });
  });
  const credentials = once(async () => {
    const { createCredentials } = await import("./credentials/store.js");
    const { passphrasePrompt, storePrompt } = await import("./credentials/prompts.js");
    const asker = await prompter();
    const created = createCredentials({
      vaultPath: path.join(paths.config, "vault.json"),
      environment: host.env,
      now: host.now,
      onSecret: scrubber.add,
      askPassphrase: asker && passphrasePrompt(asker, output, messages),
      askStore: asker && storePrompt(asker, output, messages),
      onKeychainWait: () => {
        debug.log("vault")?.("waiting for the keychain");
        output.note(messages.vault.waiting);
      },
    });
    return traceCalls(created, debug.log("vault"), describeCredentialCall, describeCredentialResult);
  });
  const onRequest = (line: string) => {
    output.detail(line);
    debug.log("http")?.(line);
  };
  const request = (origin: string, token?: string) => ({
    origin,
    token,
    version: run.version,
    language: run.language,
    signal: host.signal,
    onRequest,
  });

  /**
   * Of every stored account, now that the vault is open: no command uses a page's token for weeks. Silent, and not
   * remembered, where nobody reads it.
   */
  async function warnOfEnds(): Promise<void> {
    if (flags.json) return;
    const { warningDue } = await import("./credentials/expiry.js");
    const file = path.join(paths.state, "told-expiry.json");
    for (const account of await (await credentials()).list({ ask: false })) {
      if (account.source === "env") continue;
      const days = await warningDue(file, account, host.now());
      if (days !== undefined) output.warn(messages.account.endsSoon({ ...account, days }));
    }
  }

  /** Whatever a channel is given to log in with is known to the scrubber as it is sent, such as Basic's base64. */
  async function channelHttp() {
    const { createHttp } = await import("./http/client.js");
    const headers = { accept: "application/json", "user-agent": `kominfo/${run.version}` };
    return (origin: string): Http => {
      const http = createHttp({ origin, headers, signal: host.signal, onRequest });
      return (asked) => {
        scrubber.add(asked.headers?.authorization?.replace(/^\w+ /, "") ?? "");
        return http(asked);
      };
    };
  }

  return {
    host,
    flags,
    version: run.version,
    packageFolder: run.packageFolder,
    cwd,
    language: run.language,
    messages,
    output,
    debug: debug.log,
    paths,
    prompter,
    workspace,
    credentials,
    async newsroom(origin) {
      const { newsroomOrigin } = await import("./workspace/workspace.js");
      const address = origin ?? newsroomOrigin(await workspace());
      const { secret, source } = await (await credentials()).get("newsroom", address);
      if (source === "vault") await warnOfEnds();
      const { createNewsroomClient } = await import("./newsroom-client/client.js");
      return createNewsroomClient(request(address, secret.token));
    },
    async newsroomAs(origin, token) {
      if (token) scrubber.add(token);
      const { createNewsroomClient } = await import("./newsroom-client/client.js");
      return createNewsroomClient(request(origin, token));
    },
    async channel(service) {
      const [{ openChannel }, http] = await Promise.all([import("./channels/open.js"), channelHttp()]);
      return openChannel(service, {
        credentials,
        http,
        now: host.now,
        onSecret: scrubber.add,
        lock: path.join(paths.config, "renew.lock"),
        origins: run.channelOrigins,
      });
    },
    images: once(async () => traceCalls(await openEngine(run), debug.log("photo"), describePhotoCall)),
  };
}

async function openEngine({ images, host }: Run): Promise<ImageEngine> {
  if (images) return images();
  const { createIsolatedEngine } = await import("./photo/engine/isolated-engine.js");
  const { withoutSecrets } = await import("./credentials/environment.js");
  return createIsolatedEngine({ environment: withoutSecrets(host.env) });
}

/** "render foto-1.jpg": the method of the engine, and the name of the file without its folders. */
function describePhotoCall(method: string, [file]: readonly unknown[]): string {
  return `${method} ${path.basename(String(file))}`;
}

/** "save newsroom": the method, and the service where the call names one; never a credential. */
function describeCredentialCall(method: string, [first]: readonly unknown[]): string {
  if (method === "save" || method === "markChecked") return `${method} ${(first as Account).service}`;
  return typeof first === "string" ? `${method} ${first}` : method;
}

/** Where a credential came from, or the state of the vault. */
function describeCredentialResult(result: unknown): string {
  const { source, state } = (result ?? {}) as Partial<Account & VaultStatus>;
  return source ? `from ${source}` : (state ?? "done");
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
