import type { AccountChannel } from "../channels/registry.js";
import type { Context } from "../context.js";
import type { Credentials, ListedAccount, Service } from "../credentials/types.js";
import { serviceVariables } from "../credentials/variables.js";
import { cancelled, type ExitCode, exit, KominfoError, usage } from "../errors/errors.js";
import type { Prompter } from "../terminal/prompts/prompter.js";
import { asTyped } from "../terminal/scope.js";
import { findWorkspaceFile } from "../workspace/find.js";
import { knownWorkspaces } from "../workspace/known.js";
import { listBundles } from "../workspace/posts.js";
import { saveSetting } from "../workspace/settings-edit.js";
import { importAskedBundle, warnOfFailure } from "./auth/asked-bundle.js";
import { checkAccount } from "./auth/check.js";
import { settleAddress } from "./config/answering-address.js";
import { askAddress } from "./config/questions.js";
import { canRenderImages } from "./doctor.js";
import { settleWorkspace } from "./settle-workspace.js";

/** The parts of a complete setup, in order, each with the command that sets it up alone. */
const steps = {
  workspace: "kominfo init --kecamatan <nama> --newsroom <alamat>",
  newsroom: "kominfo config set newsroom <alamat>",
  login: "kominfo auth login newsroom",
  post: "kominfo post new",
} as const;
type Step = keyof typeof steps;

/** Sets up a laptop, from the workspace to a first post. A repeated run does only what is missing. */
export async function run(start: Context): Promise<ExitCode> {
  let context = start;
  const messages = context.messages.setup;
  const prompter = await context.prompter();
  // The native image library is the one part that can be installed and still not work.
  await canRenderImages(context);
  if (prompter) {
    context.output.note(messages.welcome);
    context = await goThrough(context, prompter);
  }
  const missing = await missingSteps(context);
  if (missing.length > 0 && !prompter) {
    const [known] = missing.includes("workspace") ? await knownWorkspaces(context.paths.state) : [];
    const commands = missing.map((step) => steps[step]);
    throw usage("setup-incomplete", {
      commands: known ? [`cd ${asTyped(known)}`, ...commands.slice(1)] : commands,
    });
  }
  context.output.result({ ready: missing.length === 0, missing }, (style) =>
    missing.length === 0
      ? `${style.good("✓")} ${messages.ready}`
      : [
          messages.notYet,
          ...missing.map(
            (step) => `  ${messages.missing[step]}: ${style.command(context.output.nextStep(steps[step]))}`,
          ),
        ].join("\n"),
  );
  // The next commands work only inside the workspace.
  if (findWorkspaceFile(context.cwd) && !findWorkspaceFile(start.cwd)) {
    context.output.note(messages.workThere({ path: asTyped((await context.workspace()).root) }));
  }
  return exit.done;
}

/** What a setup that is stopped has to say. */
interface Progress {
  isChanged: boolean;
}

/** Asks for what is missing, and returns the context of the workspace. */
async function goThrough(start: Context, prompter: Prompter): Promise<Context> {
  const progress: Progress = { isChanged: false };
  try {
    const workspace = await settleWorkspace(start, prompter, () => {
      progress.isChanged = true;
    });
    const { context, answers } = await ensureAddress(workspace, prompter, progress);
    await ensureAccounts(context, prompter, { canLogIn: answers, progress });
    await offerFirstPost(context, prompter, progress);
    return context;
  } catch (error) {
    const isStopped = error instanceof KominfoError && ["cancelled", "declined"].includes(error.code);
    // A step that was stopped knows of itself alone whether anything has changed.
    throw isStopped ? cancelled(progress.isChanged ? "cancelled" : "declined") : error;
  }
}

async function missingSteps(context: Context): Promise<Step[]> {
  if (!findWorkspaceFile(context.cwd)) return ["workspace", "login", "post"];
  const workspace = await context.workspace();
  const origin = workspace.settings.newsroom?.origin;
  const missing: Step[] = [];
  if (origin === undefined) missing.push("newsroom");
  if (!(await hasLogin(await context.credentials(), origin))) missing.push("login");
  if ((await listBundles(workspace)).length === 0) missing.push("post");
  return missing;
}

/** Whether an account for this workspace's newsroom exists. Opens the vault, if any. */
async function hasLogin(credentials: Credentials, origin: string | undefined): Promise<boolean> {
  const listed = await credentials.list();
  return listed.some(
    (account) => account.service === "newsroom" && (account.origin === null || account.origin === origin),
  );
}

/**
 * An address that was left empty before is asked for again, and so is one at which no newsroom answers: the code that comes next would be
 * typed for nothing.
 *
 * @returns `answers`: whether there is an address to log in at
 */
async function ensureAddress(
  context: Context,
  prompter: Prompter,
  progress: Progress,
): Promise<{ context: Context; answers: boolean }> {
  const messages = context.messages.setup;
  const { root, settings } = await context.workspace();
  const present = settings.newsroom?.origin;
  const message = context.messages.workspace.askNewsroom;
  const given = present ?? (await askAddress(context, prompter, { message, optional: true }));
  if (given === undefined) return { context, answers: false };
  const save = async (origin: string) => {
    await saveSetting(root, "newsroom", origin);
    progress.isChanged = true;
  };
  if (present === undefined) await save(given);
  const { origin, answers } = await settleAddress(context, prompter, given);
  // An address that was just typed needs no repetition.
  if (present !== undefined && answers) noteDone(context, messages.newsroomAnswers({ origin }));
  if (!answers) context.output.note(messages.addressKept({ origin }));
  if (origin !== given) await save(origin);
  return { context: origin === present ? context : await context.inFolder(context.cwd), answers };
}

async function ensureAccounts(
  context: Context,
  prompter: Prompter,
  { canLogIn, progress }: { canLogIn: boolean; progress: Progress },
): Promise<void> {
  const messages = context.messages.setup;
  const credentials = await context.credentials();
  const origin = (await context.workspace()).settings.newsroom?.origin;
  if (!(await hasLogin(credentials, origin))) {
    const ways = ["login", "import", "later"] as const;
    const way = await prompter.select({
      message: messages.chooseStart,
      choices: ways
        .filter((value) => value !== "login" || canLogIn)
        .map((value) => ({ value, ...messages.starts[value] })),
    });
    if (way === "later") return;
    if (way === "import") {
      await importAskedBundle(context, prompter);
      progress.isChanged = true;
    }
    // A handover bundle contains only the office's accounts, so the newsroom login may still be missing.
    while (canLogIn && !(await hasLogin(credentials, origin))) {
      await reportFailure(context, () => logIn(context, "newsroom"));
      if (await hasLogin(credentials, origin)) {
        progress.isChanged = true;
        break;
      }
      const again = messages.again({ service: "newsroom" });
      if (!(await prompter.confirm({ message: again, default: true }))) break;
    }
  }
  for (const account of await credentials.list())
    await verify(context, prompter, { credentials, listed: account, progress });
  await offerMoreAccounts(context, prompter, credentials, progress);
}

async function offerMoreAccounts(
  context: Context,
  prompter: Prompter,
  credentials: Credentials,
  progress: Progress,
): Promise<void> {
  const messages = context.messages.setup;
  for (;;) {
    const present = (await credentials.list()).map(({ service }) => service);
    const absent = (Object.keys(serviceVariables) as Service[]).filter(
      (service): service is AccountChannel => service !== "newsroom" && !present.includes(service),
    );
    if (absent.length === 0) return;
    const chosen = await prompter.select<AccountChannel | undefined>({
      message: messages.chooseMore,
      choices: [
        { name: messages.noMore, value: undefined },
        ...absent.map((value) => ({ name: value, value })),
      ],
    });
    if (chosen === undefined) return;
    progress.isChanged = true;
    await reportFailure(context, () => logIn(context, chosen));
  }
}

async function verify(
  context: Context,
  prompter: Prompter,
  { credentials, listed, progress }: { credentials: Credentials; listed: ListedAccount; progress: Progress },
): Promise<void> {
  const messages = context.messages.setup;
  const { service, account } = listed;
  const { valid, problem } = await checkAccount(context, credentials, listed);
  if (valid) return noteDone(context, messages.valid({ service, account }));
  if (problem instanceof KominfoError) warnOfFailure(context, problem);
  else if (problem === "expired") context.output.warn(context.messages.account.expired({ service }));
  else context.output.note(messages.unchecked({ service, account }));
  // An account from the environment takes precedence over a stored one, so a new login would not help.
  if (valid === null || listed.source === "env") return;
  const again = await prompter.confirm({ message: messages.again({ service }), default: true });
  if (!again) return;
  progress.isChanged = true;
  await reportFailure(context, () => logIn(context, service, account));
}

async function offerFirstPost(context: Context, prompter: Prompter, progress: Progress): Promise<void> {
  const workspace = await context.workspace();
  if ((await listBundles(workspace)).length > 0) return;
  const wanted = await prompter.confirm({ message: context.messages.setup.firstPost, default: true });
  if (!wanted) return;
  progress.isChanged = true;
  await (await import("./post/new/new.js")).run(context, {});
  const [bundle] = await listBundles(workspace);
  if (!bundle) return;
  const check = await import("./post/check.js");
  await reportFailure(context, () => check.run(context, { post: bundle.folder }));
}

async function logIn(context: Context, service: Service, account?: string): Promise<void> {
  const { run: login } = await import("./auth/login/login.js");
  await login(context, { service, ...(account !== undefined && { account }) });
}

/** Runs `work` and prints its failure, so that setup continues. Ctrl-C still ends setup. */
async function reportFailure(context: Context, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
    warnOfFailure(context, error);
  }
}

function noteDone(context: Context, text: string): void {
  context.output.note(`${context.output.noteStyle.good("✓")} ${text}`);
}
