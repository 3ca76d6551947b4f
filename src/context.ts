import path from "node:path";
import type { OpenChannel } from "./channels/open.js";
import type { AccountChannel } from "./channels/registry.js";
import type { Account, Credentials, VaultStatus } from "./credentials/types.js";
import { type ExitCode, KominfoError, usage } from "./errors/errors.js";
import type { Http } from "./http/client.js";
import { loadMessages, type Messages } from "./language/index.js";
import type { NewsroomClient } from "./newsroom-client/types.js";
import type { EngineBounds } from "./photo/engine/memory-watch.js";
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
import type { Prompter } from "./terminal/prompts/prompter.js";
import type { Scrubber } from "./terminal/scrubber.js";
import { tellWaits } from "./terminal/waiting.js";
import { cleanLine } from "./text/clean.js";
import type { Language } from "./text/language.js";
import { type UserPaths, userPaths } from "./workspace/paths.js";
import type { Workspace } from "./workspace/types.js";

/**
 * Everything a command may use. The factories are lazy: unused modules are never loaded, and a command that needs no
 * secret never touches the vault.
 */
export interface Context {
  readonly host: Host;
  readonly flags: GlobalFlags;
  /** The version of kominfo. */
  readonly version: string;
  /** The folder that holds `templates/` of the package. */
  readonly packageFolder: string;
  /** The base of relative paths: `--workspace`, else the current folder. */
  readonly cwd: string;
  readonly language: Language;
  readonly messages: Messages;
  readonly output: Output;
  /** The log of a section that `KOMINFO_DEBUG` names; undefined where the variable leaves it out. */
  debug(section: DebugSection): DebugLog | undefined;
  readonly paths: UserPaths;
  /** Undefined if no prompt is possible: not a terminal, `--json`, `--no-input`. */
  prompter(): Promise<Prompter | undefined>;
  /** The same run as if it had started in another folder, or anew in this one: kominfo.yaml is read again. */
  inFolder(folder: string): Promise<Context>;
  /** Throws `workspace-missing` (exit 2). */
  workspace(): Promise<Workspace>;
  credentials(): Promise<Credentials>;
  /**
   * A client with the login for the newsroom of the workspace, or of `origin`. Throws `not-logged-in` (exit 4).
   *
   * @param signal ends its requests; absent: the run's own
   */
  newsroom(origin?: string, signal?: AbortSignal): Promise<NewsroomClient>;
  /** A client with this token, or without a login. For commands that manage logins. */
  newsroomAs(origin: string, token?: string): Promise<NewsroomClient>;
  /** Opens a channel and its accounts. */
  channel(service: AccountChannel): Promise<OpenChannel>;
  /** The one image engine of this run. @param bounds for photos of strangers; of the first call */
  images(bounds?: EngineBounds): Promise<ImageEngine>;
}

/** A command, one file of `commands/`. `input` holds the options and named arguments, in camel case. */
export interface Verb<Input> {
  run(context: Context, input: Input): Promise<ExitCode> | Promise<void>;
}

/** One run of the program, before its command line is parsed. */
export interface Run {
  argv: readonly string[];
  host: Host;
  language: Language;
  version: string;
  packageFolder: string;
  scrubber: Scrubber;
  /** The folder in which this run went on (`Context.inFolder`), where it began in another. */
  movedTo?: string | undefined;
  /** Replaces the addresses of channels. Only tests set it. */
  channelOrigins?: Partial<Record<AccountChannel, string>> | undefined;
  /** Replaces the image engine, whose separate process runs only compiled code. Only tests set it. */
  images?: (() => Promise<ImageEngine>) | undefined;
}

/** Creates the context of a real run. Modules are imported on first use. */
export async function createContext(run: Run, flags: GlobalFlags): Promise<Context> {
  const { host, scrubber } = run;
  const messages = await loadMessages(run.language);
  const output = createOutput(host, scrubber, flags);
  const debug = createDebug(host, scrubber);
  if (debug.unknown.length > 0) {
    const text = messages.workspace.debugUnknown({ names: debug.unknown, sections: debugSections });
    output.log(cleanLine(`! ${text}`));
  }
  const paths = userPaths(host.env, host.home, host.platform);
  const cwd = path.resolve(host.cwd, flags.workspace ?? ".");
  const isInteractive = Boolean(host.stdin.isTTY && host.stderr.isTTY) && flags.input && !flags.json;

  const prompter = once(async () =>
    isInteractive
      ? (await import("./terminal/prompts/inquirer.js")).createPrompter(
          host,
          messages.prompt,
          output.promptText,
        )
      : undefined,
  );
  const workspace = once(async () => {
    const { openWorkspace } = await import("./workspace/workspace.js");
    const { knownWorkspaces, rememberWorkspace } = await import("./workspace/known.js");
    try {
      const opened = await openWorkspace(cwd, (file, warnings) => {
        for (const warning of warnings) output.warn(`${file}: ${messages.diagnosticLine(warning)}`);
      });
      await rememberWorkspace(paths.state, opened.root);
      return opened;
    } catch (error) {
      if (!(error instanceof KominfoError && error.code === "workspace-missing")) throw error;
      const { asTyped, repeatedIn } = await import("./terminal/scope.js");
      const known = await knownWorkspaces(paths.state);
      throw usage("workspace-missing", {
        known: known.map((root) => ({ root: asTyped(root), again: repeatedIn(root, run.argv, host.cwd) })),
      });
    }
  });
  const credentials = once(async () => {
    const { createCredentials } = await import("./credentials/store.js");
    const { passphrasePrompt, storePrompt } = await import("./credentials/prompts.js");
    const loadedPrompter = await prompter();
    const created = createCredentials({
      vaultPath: path.join(paths.config, "vault.json"),
      environment: host.env,
      now: host.now,
      onSecret: scrubber.add,
      askPassphrase: loadedPrompter && passphrasePrompt(loadedPrompter, output, messages),
      askStore: loadedPrompter && storePrompt(loadedPrompter, output, messages),
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
  const onWait = tellWaits(output, messages);
  const request = (origin: string, token?: string) => ({
    origin,
    token,
    version: run.version,
    language: run.language,
    signal: host.signal,
    onRequest,
    now: host.now,
    onWait,
  });

  /**
   * Warns of every stored account that expires soon. Checks all accounts while the vault is open, because some, such
   * as a page's token, may go unused for weeks. With `--json` it neither warns nor records a warning.
   */
  async function warnOfExpiry(): Promise<void> {
    if (flags.json) return;
    const { warningDue } = await import("./credentials/expiry.js");
    // The name is a file format: a new one would repeat every warning once.
    const file = path.join(paths.state, "told-expiry.json");
    for (const account of await (await credentials()).list({ ask: false })) {
      if (account.source === "env") continue;
      const days = await warningDue(file, account, host.now());
      if (days !== undefined) output.warn(messages.account.endsSoon({ ...account, days }));
    }
  }

  /**
   * Registers each login with the scrubber in the form it is sent, such as Basic's base64, and masks what a refusal quotes of it: why a
   * channel refuses is stored at the newsroom, where many read it.
   */
  async function channelHttp() {
    const { createHttp } = await import("./http/client.js");
    const headers = { accept: "application/json", "user-agent": `kominfo/${run.version}` };
    return (origin: string): Http => {
      const http = createHttp({ origin, headers, signal: host.signal, onRequest, now: host.now, onWait });
      return async (request) => {
        const { headers: given } = request;
        const answer = await http({
          ...request,
          headers() {
            const made = (typeof given === "function" ? given() : given) ?? {};
            scrubber.add(made.authorization?.replace(/^\w+ /, "") ?? "");
            return made;
          },
        });
        const { status, body } = answer;
        // X and Meta also answer 200 with an error; what is no refusal may be the login that was asked for.
        const isRefusal =
          status >= 400 ||
          (typeof body === "object" && body !== null && ("error" in body || "errors" in body));
        return isRefusal ? { ...answer, body: scrubber.scrubAll(body) } : answer;
      };
    };
  }

  /** An editor's machine and the office's need no workspace; they use kominfo's own version. */
  async function graphVersionOfWorkspace(): Promise<string | undefined> {
    const { findWorkspaceFile } = await import("./workspace/find.js");
    return findWorkspaceFile(cwd) === undefined ? undefined : (await workspace()).settings.graphVersion;
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
    inFolder(folder) {
      const root = path.resolve(folder);
      if (root !== cwd) run.movedTo = root;
      return createContext(run, { ...flags, workspace: root });
    },
    workspace,
    credentials,
    async newsroom(origin, signal) {
      const { newsroomOrigin } = await import("./workspace/workspace.js");
      const address = origin ?? newsroomOrigin(await workspace());
      const { secret, source } = await (await credentials()).get("newsroom", address);
      if (source === "vault") await warnOfExpiry();
      const { createNewsroomClient } = await import("./newsroom-client/client.js");
      return createNewsroomClient({ ...request(address, secret.token), ...(signal && { signal }) });
    },
    async newsroomAs(origin, token) {
      if (token) scrubber.add(token);
      const { createNewsroomClient } = await import("./newsroom-client/client.js");
      return createNewsroomClient(request(origin, token));
    },
    async channel(service) {
      const [{ openChannel }, http, graphVersion] = await Promise.all([
        import("./channels/open.js"),
        channelHttp(),
        service === "facebook" || service === "instagram" ? graphVersionOfWorkspace() : undefined,
      ]);
      return openChannel(service, {
        credentials,
        http,
        now: host.now,
        graphVersion,
        onSecret: scrubber.add,
        lock: path.join(paths.config, "renew.lock"),
        origins: run.channelOrigins,
      });
    },
    images: once(async (bounds?: EngineBounds) =>
      traceCalls(await openEngine(run, bounds), debug.log("photo"), describePhotoCall),
    ),
  };
}

async function openEngine({ images, host }: Run, bounds?: EngineBounds): Promise<ImageEngine> {
  if (images) return images();
  const { createIsolatedEngine } = await import("./photo/engine/isolated-engine.js");
  return createIsolatedEngine({ environment: host.env, bounds });
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

function once<T, Args extends unknown[]>(make: (...args: Args) => Promise<T>): (...args: Args) => Promise<T> {
  let made: Promise<T> | undefined;
  return (...args) => {
    made ??= make(...args);
    return made;
  };
}
