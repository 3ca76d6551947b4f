import type { Context } from "../context.js";
import type { State } from "../contract/lifecycle.js";
import type { Prompter } from "../terminal/prompts/prompter.js";
import { cleanLine } from "../text/clean.js";
import { findWorkspaceFile } from "../workspace/find.js";
import { knownWorkspaces } from "../workspace/known.js";
import { loginOrigins, newsroomAddress } from "./newsroom/address.js";
import { eventsDue, newsCommand } from "./post/agenda-hint.js";
import { choosePost, type KnownPost, knownPosts } from "./post/choose.js";

/** What the menu offers in a workspace, in this order, each with the command that does the same. */
const verbs = {
  new: "post new",
  submit: "post submit",
  status: "post status",
  edit: "post edit",
  attach: "post attach",
  photos: "post photos",
  check: "post check",
  preview: "post preview",
  list: "post list",
  upload: "photo upload",
  publish: "post publish",
  record: "post record",
  withdraw: "post withdraw",
  pull: "post pull",
  copy: "post new --copy",
  remove: "post delete",
  sync: "sync",
  desk: "desk",
  resize: "photo resize",
  inspect: "photo inspect",
  blur: "photo blur",
  login: "auth login newsroom",
  unlock: "auth unlock",
  lock: "auth lock",
  settings: "config set",
  doctor: "doctor",
  help: "help",
} as const;
/** What it offers where there is no workspace. */
const outside = { setup: "setup", init: "init", doctor: "doctor", help: "help" } as const;

/** What it offers an editor who has no workspace; with `stateOf` the submissions that a step is for. */
const editing = {
  reviewList: "review list",
  reviewShow: "review show",
  reviewClaim: "review claim",
  reviewApprove: "review approve",
  reviewReturn: "review return",
  reviewReject: "review reject",
  reviewPublish: "review publish",
  desk: "desk",
  ...outside,
} as const;
/** undefined: in every state. */
const stateOf: Readonly<Record<string, State | undefined>> = {
  [editing.reviewShow]: undefined,
  [editing.reviewClaim]: "submitted",
  [editing.reviewApprove]: "in_review",
  [editing.reviewReturn]: "in_review",
  [editing.reviewReject]: "in_review",
  [editing.reviewPublish]: "approved",
};

/** Posts to mend, and events to tell of, that the menu begins with. */
const maxReturned = 5;
const maxEvents = 3;

/** Offers a menu for `kominfo` without arguments. Returns the arguments of the chosen command, or none to leave. */
export async function chooseCommand(context: Context): Promise<string[]> {
  const prompter = await context.prompter();
  if (!prompter) return [];
  const { output, messages } = context;
  const { menu, menuChoices: names, toMend } = messages.workspace;
  const { writeNewsOf } = messages.postChanges;
  const isHere = findWorkspaceFile(context.cwd) !== undefined;
  const offered: readonly [keyof typeof names, string][] = Object.entries(
    isHere ? verbs : (await isEditor(context)) ? editing : outside,
  ).map(([name, command]) => [name as keyof typeof names, command]);
  const label = Math.max(...offered.map(([name]) => names[name].length));
  const command = (words: string) =>
    `kominfo ${words}${takesMore.has(words) || Object.hasOwn(stateOf, words) ? " …" : ""}`;
  // A row that does not fit on its line would look like two choices.
  const fits = offered.every(([, words]) => label + command(words).length + 6 <= output.columns);
  const returned = isHere ? (await knownPosts(context)).filter(({ state }) => state === "returned") : [];
  const events = isHere ? await eventsDue(context) : [];
  const chosen = await prompter.select<string[]>({
    message: menu,
    choices: [
      ...returned.slice(0, maxReturned).map(({ bundle, title }) => ({
        name: toMend({ title: cleanLine(title ?? bundle.slug) }),
        value: ["post", "status", bundle.folder],
        description: `kominfo post status ${bundle.slug}`,
      })),
      ...events.slice(0, maxEvents).map((event) => ({
        name: writeNewsOf({ title: cleanLine(event.title) }),
        value: newsCommand(event),
        description: `kominfo ${newsCommand(event).join(" ")}`,
      })),
      ...offered.map(([name, words]) => ({
        name: fits ? `${names[name].padEnd(label)}  ${output.noteStyle.faint(command(words))}` : names[name],
        // Without the gap and the command, which make sense only beside the other rows.
        short: names[name],
        value: words.split(" "),
        description: descriptionOf(context, name, fits ? undefined : command(words)),
      })),
      { name: names.leave, value: [] },
    ],
  });
  if (!isHere && Object.hasOwn(stateOf, chosen.join(" "))) return submissionOf(context, prompter, chosen);
  if (isOf(chosen, verbs.status)) return statusOf(context, prompter);
  // Without its value the flag is a mistake, and nobody asks for it.
  return isOf(chosen, verbs.copy) ? [...chosen, await choosePost(context, prompter)] : chosen;
}

/** Whether the vault has a login to a newsroom, and this computer no workspace: an operator has one. Asks for no passphrase. */
async function isEditor(context: Context): Promise<boolean> {
  if ((await knownWorkspaces(context.paths.state)).length > 0) return false;
  return (await loginOrigins(context, { ask: false })).length > 0;
}

/** The step with the submission that a person chooses; the list where none is in the state for it. */
async function submissionOf(
  context: Context,
  prompter: Prompter,
  step: readonly string[],
): Promise<string[]> {
  const newsroom = await context.newsroom(await newsroomAddress(context, undefined));
  const { items } = await newsroom.submissions({ state: stateOf[step.join(" ")] });
  if (items.length === 0) {
    context.output.note(context.messages.review.none);
    return editing.reviewList.split(" ");
  }
  const id = await prompter.select({
    message: context.messages.workspace.whichPost,
    choices: items.map(({ id, title, shown }) => ({
      name: `${cleanLine(title)} (${context.messages.post.states[shown]})`,
      value: id,
      description: id,
    })),
  });
  return [...step, id];
}

/** Commands that go on to ask for a post or photos. */
const takesMore: ReadonlySet<string> = new Set(
  (
    [
      "submit",
      "status",
      "edit",
      "attach",
      "photos",
      "check",
      "preview",
      "publish",
      "record",
      "withdraw",
      "pull",
      "copy",
      "remove",
      "resize",
      "inspect",
      "blur",
    ] as const
  ).map((name) => verbs[name]),
);

function descriptionOf(context: Context, name: string, command: string | undefined): string | undefined {
  return name === "init" || name === "setup" ? context.cwd : command;
}

const isOf = (argv: readonly string[], command: string) => argv.join(" ") === command;

/** One post, with its remarks in full, or all. */
async function statusOf(context: Context, prompter: Prompter): Promise<string[]> {
  const all = { name: context.messages.workspace.allPosts, value: "" };
  const posts: KnownPost[] = await knownPosts(context);
  const post = posts.length < 2 ? (posts[0]?.bundle.folder ?? "") : await choosePost(context, prompter, all);
  return ["post", "status", ...(post === "" ? [] : [post])];
}
