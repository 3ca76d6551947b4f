import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { approvalChannels } from "../../channels/registry.js";
import type { Context } from "../../context.js";
import { exit, KominfoError } from "../../errors/errors.js";
import { askPath } from "../../terminal/prompts/path.js";
import type { Prompter } from "../../terminal/prompts/prompter.js";
import { cleanLine } from "../../text/clean.js";
import { settingNames } from "../../workspace/settings-edit.js";
import { shells } from "../completion/scripts.js";
import type { DirectoryFlags } from "../newsroom/user/directory.js";
import { askPhotoPaths } from "../photo/ask-paths.js";
import { chooseFromBin, choosePost } from "../post/choose.js";
import { chooseSubmission } from "../post/choose-submission.js";

/** An argument that a command line leaves out. */
export interface MissingArgument {
  /** "post attach" */
  command: string;
  /** As the command tree names it: "post", "photo". */
  name: string;
  /** The flags that were given. */
  flags: Readonly<Record<string, unknown>>;
}

/** Asks a person for a missing argument, and returns the words that the command line lacks. */
export async function askArgument(
  context: Context,
  prompter: Prompter,
  missing: MissingArgument,
): Promise<string[]> {
  const { messages } = context;
  const ask = messages.missing;
  switch (missing.name) {
    case "post":
      return [
        await (missing.flags.restore ? chooseFromBin(context, prompter) : choosePost(context, prompter)),
      ];
    case "post|submission-id":
    case "post|photo|sha256":
      return [await postOrOther(context, prompter, missing)];
    case "photo":
    case "path":
      return askPhotoPaths(context, prompter, {
        message: ask.photos,
        empty: messages.diagnostics.required(),
      });
    case "file":
      return [
        await (missing.command === "auth export" ? newFile(context, prompter) : oldFile(context, prompter)),
      ];
    case "dir":
      return [await folder(context, prompter, missing)];
    case "user":
      return [await person(context, prompter, missing.flags)];
    case "id":
      return [await submission(context, prompter, missing.flags)];
    default:
      return [await (choices(context, prompter, missing) ?? written(context, prompter, missing))];
  }
}

/** Arguments of which there are only some. */
function choices(
  context: Context,
  prompter: Prompter,
  { command, name }: MissingArgument,
): Promise<string> | undefined {
  const { missing: ask, vault, settings } = context.messages;
  const plain = (message: string, values: readonly string[]) =>
    prompter.select({ message, choices: values.map((value) => ({ name: value, value })) });
  switch (name) {
    case "service":
      return service(context, prompter);
    case "method":
      return prompter.select({
        message: vault.chooseStore,
        choices: (["keychain", "passphrase"] as const).map((value) => ({ value, ...vault.stores[value] })),
      });
    case "setting":
      return prompter.select({
        message: ask.setting,
        choices: settingNames.map((value) => ({ value, name: settings.names[value], description: value })),
      });
    case "shell":
      return plain(ask.shell, shells);
    case "channel":
      return plain(ask.channel, approvalChannels);
    case "name":
      return command === "template show" ? template(context, prompter) : undefined;
    default:
      return undefined;
  }
}

/** Anything else is typed. */
function written(context: Context, prompter: Prompter, { name }: MissingArgument): Promise<string> {
  const { missing: ask, diagnostics } = context.messages;
  const labels: Readonly<Record<string, string>> = ask.typed;
  return prompter.text({
    message: labels[name] ?? name,
    validate: (typed) => (typed.trim() === "" ? diagnostics.required() : ""),
  });
}

async function postOrOther(context: Context, prompter: Prompter, missing: MissingArgument): Promise<string> {
  const ask = context.messages.missing;
  const isPull = missing.command === "post pull";
  const other = isPull ? ask.notHere : ask.otherPost;
  let chosen = await choosePost(context, prompter, { name: other, value: "" });
  if (chosen === "" && isPull) {
    // Without a login or a line its number can still be typed.
    const found = await chooseSubmission(context, prompter).catch((error: unknown) => {
      if (error instanceof KominfoError && error.exit !== exit.cancelled) return undefined;
      throw error;
    });
    chosen = found ?? "";
  }
  return chosen === "" ? (await written(context, prompter, missing)).trim() : chosen;
}

function oldFile(context: Context, prompter: Prompter): Promise<string> {
  const ask = context.messages.missing;
  return askPath(context, prompter, {
    message: ask.bundle,
    problemOf: (file) => {
      if (file === "") return context.messages.diagnostics.required();
      return statSync(file, { throwIfNoEntry: false })?.isFile() ? "" : ask.noFile({ path: file });
    },
  });
}

function newFile(context: Context, prompter: Prompter): Promise<string> {
  const ask = context.messages.missing;
  return askPath(context, prompter, {
    message: ask.newBundle,
    default: path.join(context.cwd, "akun-kominfo.age"),
    problemOf: (file) => (existsSync(file) ? ask.exists({ path: file }) : ""),
  });
}

function folder(context: Context, prompter: Prompter, { command }: MissingArgument): Promise<string> {
  const ask = context.messages.missing;
  const isRestore = command === "newsroom restore";
  return askPath(context, prompter, {
    message: isRestore ? ask.oldBackup : ask.newBackup,
    problemOf: (named) => {
      if (named === "") return context.messages.diagnostics.required();
      const isFolder = statSync(named, { throwIfNoEntry: false })?.isDirectory();
      return isRestore && !isFolder ? ask.noFolder({ path: named }) : "";
    },
  });
}

/** A service with an account here, also where there is one: to leave is never a guess. Without any the command says so. */
async function service(context: Context, prompter: Prompter): Promise<string> {
  const stored = (await (await context.credentials()).list()).filter(({ source }) => source === "vault");
  const services = stored.length > 0 ? [...new Set(stored.map((account) => account.service))] : ["newsroom"];
  return prompter.select({
    message: context.messages.missing.service,
    choices: services.map((value) => ({ name: value, value })),
  });
}

async function template(context: Context, prompter: Prompter): Promise<string> {
  const { findWorkspaceFile } = await import("../../workspace/find.js");
  const { listTemplates, readTemplate } = await import("../../workspace/templates.js");
  const file = findWorkspaceFile(context.cwd);
  const root = file && path.dirname(file);
  const files = await listTemplates(context.packageFolder, root);
  const templates = await Promise.all(
    files.map(({ name }) => readTemplate(name, context.packageFolder, root)),
  );
  return prompter.select({
    message: context.messages.missing.template,
    choices: templates.map(({ name, title }) => ({
      name: title[context.language],
      value: name,
      description: name,
    })),
  });
}

async function person(
  context: Context,
  prompter: Prompter,
  flags: MissingArgument["flags"],
): Promise<string> {
  const { openPeople } = await import("../newsroom/user/directory.js");
  const { formatPerson } = await import("../newsroom/person.js");
  const people = (await (await openPeople(context, flags as DirectoryFlags)).list()).filter(
    ({ active }) => active,
  );
  if (people.length === 0) return written(context, prompter, { command: "", name: "user", flags });
  return prompter.select({
    message: context.messages.missing.user,
    choices: people.map((user) => ({ name: formatPerson(user), value: user.id })),
  });
}

async function submission(
  context: Context,
  prompter: Prompter,
  flags: MissingArgument["flags"],
): Promise<string> {
  const { openNewsroom } = await import("../review/step.js");
  const { kecamatanName } = await import("../newsroom/person.js");
  const { messages } = context;
  const newsroom = await openNewsroom(context, flags.url as string | undefined);
  const { items } = await newsroom.submissions({});
  if (items.length === 0) return written(context, prompter, { command: "", name: "id", flags });
  return prompter.select({
    message: messages.workspace.whichPost,
    choices: items.map((item) => ({
      name: `${cleanLine(item.title)} (${messages.post.states[item.shown]})`,
      value: item.id,
      description: `${kecamatanName(item.kecamatan)} · ${item.id}`,
    })),
  });
}
