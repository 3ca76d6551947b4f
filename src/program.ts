import { Command, Help, Option } from "commander";
import type { stepCommands } from "./commands/review/steps.js";
import type { Verb } from "./context.js";
import type { HelpMessages } from "./language/help.js";

/** Runs one verb: `main` gives the real one; help, completion and the command reference give one that runs nothing. */
type Runner = (load: () => Promise<Verb<never>>, command: Command, positional: unknown[]) => Promise<void>;

const collect = (value: string, all: string[] = []): string[] => [...all, value];

/**
 * The whole command tree, declared: names and flags of docs/commands.md, words of `language/<id|en>/help.ts`.
 * Nothing is loaded until an action runs. `write` receives help.
 */
export function createProgram(
  version: string,
  messages: HelpMessages,
  write: (text: string) => void,
  run: Runner,
): Command {
  const title = (english: string) => messages.titles[english] ?? english;
  /** `<post>` in the person's language. */
  const placed = (text: string) =>
    text.replace(
      /(?<=[<[])[^<>[\]]+?(?=(?:\.\.\.|…)?[>\]])/g,
      (english) => messages.placeholders[english] ?? english,
    );
  const program = new Command("kominfo")
    .description(messages.description)
    .version(version, "-V, --version", messages.flags.version)
    .helpOption("-h, --help", messages.flags.help)
    .helpCommand(`help ${placed("[command]")}`, messages.flags.help)
    .option("-C, --workspace <dir>", messages.flags.workspace)
    .option("--json", messages.flags.json, false)
    .option("--no-input", messages.flags.input)
    .addOption(new Option("--lang <id|en>", messages.flags.lang).choices(["id", "en"]))
    .option("--no-color", messages.flags.color)
    .option("-q, --quiet", messages.flags.quiet, false)
    .option("-v, --verbose", messages.flags.verbose, false)
    .exitOverride()
    // `writeErr` is only used for the help of a group that was called without its verb: an answer, not an error.
    .configureOutput({ writeOut: write, writeErr: write, outputError: () => {} })
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: title,
      commandUsage(command) {
        return placed(Help.prototype.commandUsage.call(this, command));
      },
      optionTerm: (option) => placed(option.flags),
      optionDescription: (option) => option.description,
      subcommandTerm: (command) =>
        placed([command.name(), ...command.registeredArguments.map(term)].join(" ")),
    });

  /** Help ends with examples: a verb's own, and for a group or the program the first of each verb in it. */
  const examples = new Map<Command, readonly string[]>();
  const examplesOf = (command: Command): readonly string[] =>
    examples.get(command) ?? command.commands.flatMap((child) => examplesOf(child).slice(0, 1));
  const endWithExamples = (command: Command) =>
    command.addHelpText("after", () => {
      const lines = examplesOf(command).map((example) => `  $ kominfo ${example}`);
      return `\n${title("Examples:")}\n${lines.join("\n")}`;
    });
  endWithExamples(program);

  const group = (name: keyof HelpMessages["groups"], parent: Command = program) =>
    endWithExamples(parent.command(name).description(messages.groups[name]).helpCommand(false));
  const verb = (
    parent: Command,
    usage: string,
    text: { summary: string; examples: readonly string[] },
    load: () => Promise<Verb<never>>,
  ) => {
    const command = parent.command(usage).description(text.summary);
    examples.set(command, text.examples);
    endWithExamples(command);
    return command.action((...args: unknown[]) => run(load, command, args.slice(0, -2)));
  };
  const w = messages.verbs;

  verb(program, "setup", w.setup, () => import("./commands/setup.js"));
  verb(program, "init [dir]", w.init, () => import("./commands/init.js"))
    .option("--kecamatan <code|name>", w.init.kecamatan)
    .option("--newsroom <url>", w.init.newsroom);
  verb(program, "doctor", w.doctor, () => import("./commands/doctor.js"));

  const template = group("template");
  verb(template, "list", w.templateList, () => import("./commands/template/list.js"));
  verb(template, "show <name>", w.templateShow, () => import("./commands/template/show.js"));

  const post = group("post");
  verb(post, "new [template]", w.postNew, () => import("./commands/post/new/new.js"))
    .option("--title <title>", w.postNew.title)
    .option("--set <key=value>", w.postNew.set, collect)
    .option("--from <file>", w.postNew.from)
    .option("--photo <path>", w.postNew.photo, collect)
    .option("--edit", w.postNew.edit);
  verb(post, "list", w.postList, () => import("./commands/post/list.js")).option(
    "--state <state>",
    w.postList.state,
  );
  verb(post, "show <post>", w.postShow, () => import("./commands/post/show.js"));
  verb(post, "attach <post> <photo...>", w.postAttach, () => import("./commands/post/attach.js"))
    .option("--caption <text>", w.postAttach.caption)
    .option("--alt <text>", w.postAttach.alt)
    .option("--credit <text>", w.postAttach.credit);
  verb(post, "edit <post>", w.postEdit, () => import("./commands/post/edit.js"));
  verb(post, "check <post>", w.postCheck, () => import("./commands/post/check.js"));
  verb(post, "submit <post>", w.postSubmit, () => import("./commands/post/submit/submit.js"))
    .option("--dry-run", w.postSubmit.dryRun)
    .option("--message <text>", w.postSubmit.message);
  verb(post, "status [post]", w.postStatus, () => import("./commands/post/status.js"));
  verb(post, "pull <post|submission-id>", w.postPull, () => import("./commands/post/pull.js")).option(
    "--dry-run",
    w.postPull.dryRun,
  );
  verb(post, "withdraw <post>", w.postWithdraw, () => import("./commands/post/withdraw.js")).option(
    "--reason <text>",
    w.postWithdraw.reason,
  );
  verb(post, "record <post>", w.postRecord, () => import("./commands/post/record.js"))
    .option("--url <address>", w.postRecord.url)
    .option("--channel <name>", w.postRecord.channel);

  const batch = (command: Command) =>
    command
      .option("--jobs <n>", w.photoUpload.jobs)
      .option("--limit-rate <rate>", w.photoUpload.limitRate)
      .option("-y, --yes", w.photoUpload.yes)
      .option("--progress <format>", w.photoUpload.progress);
  batch(verb(program, "sync", w.sync, () => import("./commands/sync.js")));

  const photo = group("photo");
  verb(photo, "resize <path...>", w.photoResize, () => import("./commands/photo/resize/resize.js"))
    .option("--preset <names>", w.photoResize.preset)
    .option("--out <dir>", w.photoResize.out)
    .option("--quality <n>", w.photoResize.quality)
    .option("--effort <small|normal>", w.photoResize.effort)
    .option("--position <name>", w.photoResize.position)
    .option("--watermark <png>", w.photoResize.watermark)
    .option("--no-watermark", w.photoResize.noWatermark)
    .option("--watermark-corner <corner>", w.photoResize.watermarkCorner)
    .option("--watermark-opacity <percent>", w.photoResize.watermarkOpacity)
    .option("--watermark-width <percent>", w.photoResize.watermarkWidth)
    .option("--keep-date", w.photoResize.keepDate)
    .option("--sheet <html>", w.photoResize.sheet)
    .option("--jobs <n>", w.photoResize.jobs)
    .option("--rehash", w.photoResize.rehash)
    .option("--dry-run", w.photoResize.dryRun);
  verb(
    photo,
    "inspect <path...>",
    w.photoInspect,
    () => import("./commands/photo/inspect/inspect.js"),
  ).option("--sheet <html>", w.photoInspect.sheet);
  batch(
    verb(photo, "upload [path...]", w.photoUpload, () => import("./commands/photo/upload/upload.js"))
      .option("--event <name>", w.photoUpload.event)
      .option("--post <post>", w.photoUpload.post)
      .option("--captions <csv>", w.photoUpload.captions)
      .option("--watch <dir>", w.photoUpload.watch),
  )
    .option("--rehash", w.photoResize.rehash)
    .option("--dry-run", w.photoUpload.dryRun);

  const auth = group("auth");
  verb(auth, "login [service]", w.authLogin, () => import("./commands/auth/login/login.js"))
    .option("--url <address>", w.authLogin.url)
    .option("--account <name>", w.authLogin.account)
    .option("--with-token", w.authLogin.withToken);
  verb(auth, "status", w.authStatus, () => import("./commands/auth/status.js")).option(
    "--check",
    w.authStatus.check,
  );
  verb(auth, "logout <service>", w.authLogout, () => import("./commands/auth/logout.js")).option(
    "--account <name>",
    w.authLogin.account,
  );

  verb(auth, "store <method>", w.authStore, () => import("./commands/auth/store.js"));
  verb(auth, "export <file>", w.authExport, () => import("./commands/auth/export/export.js")).option(
    "--handover",
    w.authExport.handover,
  );
  verb(auth, "import <file>", w.authImport, () => import("./commands/auth/import.js")).option(
    "--dry-run",
    w.authImport.dryRun,
  );

  const newsroom = group("newsroom");
  verb(newsroom, "serve", w.newsroomServe, () => import("./commands/newsroom/serve.js"))
    .option("--host <address>", w.newsroomServe.host)
    .option("--port <n>", w.newsroomServe.port)
    .option("--data <dir>", w.newsroomServe.data)
    .option("--database <url>", w.newsroomServe.database)
    .option("--blobs <url>", w.newsroomServe.blobs)
    .option("--tls-cert <file>", w.newsroomServe.tlsCert)
    .option("--tls-key <file>", w.newsroomServe.tlsKey)
    .option("--behind-proxy", w.newsroomServe.behindProxy);
  const withStores = (command: Command) =>
    command
      .option("--data <dir>", w.newsroomServe.data)
      .option("--database <url>", w.newsroomServe.database)
      .option("--blobs <url>", w.newsroomServe.blobs);
  withStores(verb(newsroom, "backup <dir>", w.newsroomBackup, () => import("./commands/newsroom/backup.js")));
  withStores(
    verb(newsroom, "restore <dir>", w.newsroomRestore, () => import("./commands/newsroom/restore.js")),
  );
  verb(newsroom, "move", w.newsroomMove, () => import("./commands/newsroom/move.js"))
    .option("--to <url>", w.newsroomMove.to)
    .option("--blobs <url>", w.newsroomServe.blobs)
    .option("--data <dir>", w.newsroomServe.data)
    .option("--dry-run", w.newsroomMove.dryRun);
  const user = group("user", newsroom);
  /** Where the people are: in the newsroom's own stores, or behind its address. */
  const withPeople = (command: Command, url = w.authLogin.url) =>
    command
      .option("--data <dir>", w.userAdd.data)
      .option("--database <url>", w.newsroomServe.database)
      .option("--url <address>", url);
  withPeople(
    verb(user, "add", w.userAdd, () => import("./commands/newsroom/user/add.js"))
      .option("--name <name>", w.userAdd.name)
      .option("--role <role>", w.userAdd.role)
      .option("--kecamatan <code|name>", w.userAdd.kecamatan)
      .option("--expires <date>", w.userAdd.expires)
      .option("--token", w.userAdd.token),
  );
  withPeople(verb(user, "list", w.userList, () => import("./commands/newsroom/user/list.js")));
  withPeople(
    verb(user, "link <user>", w.userLink, () => import("./commands/newsroom/user/link.js")),
    w.userLink.url,
  );
  withPeople(
    verb(user, "suspend <user>", w.userSuspend, () => import("./commands/newsroom/user/suspend.js")).option(
      "--lift",
      w.userSuspend.lift,
    ),
  );
  withPeople(verb(user, "revoke <user>", w.userRevoke, () => import("./commands/newsroom/user/revoke.js")));

  const review = group("review");
  const loadStep = (name: keyof typeof stepCommands) => async () =>
    (await import("./commands/review/steps.js")).stepVerb(name);
  const step = (usage: string, text: (typeof w)["reviewClaim"], load: () => Promise<Verb<never>>) =>
    verb(review, usage, text, load).option("--url <address>", w.authLogin.url);
  step("list", w.reviewList, () => import("./commands/review/list.js"))
    .option("--state <state>", w.reviewList.state)
    .option("--kecamatan <code|name>", w.reviewList.kecamatan)
    .option("--cursor <cursor>", w.reviewList.cursor);
  step("show <id>", w.reviewShow, () => import("./commands/review/show.js"));
  step("claim <id>", w.reviewClaim, loadStep("claim"));
  step("comment <id>", w.reviewComment, () => import("./commands/review/comment.js")).option(
    "--message <text>",
    w.reviewComment.message,
  );
  step("return <id>", w.reviewReturn, loadStep("return"))
    .option("--reason <text>", w.reviewReturn.reason)
    .option("--revision <n>", w.reviewApprove.revision);
  step("approve <id>", w.reviewApprove, () => import("./commands/review/approve.js"))
    .option("--revision <n>", w.reviewApprove.revision)
    .option("--destination <name>", w.reviewApprove.destination, collect)
    .option("--channel <name>", w.reviewApprove.channel, collect)
    .option("--message <text>", w.reviewApprove.message);
  step("reject <id>", w.reviewReject, loadStep("reject"))
    .option("--reason <text>", w.reviewReturn.reason)
    .option("--revision <n>", w.reviewApprove.revision);

  step("release <id>", w.reviewRelease, loadStep("release"));
  step("revoke <id>", w.reviewRevoke, loadStep("revoke")).option("--reason <text>", w.reviewRevoke.reason);
  step("reopen <id>", w.reviewReopen, loadStep("reopen")).option("--reason <text>", w.reviewRevoke.reason);
  step("merge <id>", w.reviewMerge, () => import("./commands/review/merge.js"))
    .option("--into <id>", w.reviewMerge.into)
    .option("--reason <text>", w.reviewRevoke.reason);
  step("unpublish <id>", w.reviewUnpublish, loadStep("unpublish")).option(
    "--reason <text>",
    w.reviewRevoke.reason,
  );
  step("record <id> <link>", w.reviewRecord, () => import("./commands/review/record.js")).option(
    "--channel <name>",
    w.postRecord.channel,
  );
  step("confirm-withdrawal <id>", w.reviewConfirmWithdrawal, loadStep("confirm-withdrawal"));
  step("decline <id>", w.reviewDecline, loadStep("decline")).option("--reason <text>", w.reviewRevoke.reason);

  verb(program, "completion <shell>", w.completion, () => import("./commands/completion/completion.js"));
  // What the scripts of `completion` call.
  const complete = program.command("__complete [words...]", { hidden: true }).option("--next");
  const loadCompletion = async () =>
    (await import("./commands/completion/complete.js")).completionOf(program) as Verb<never>;
  complete.action((...args: unknown[]) => run(loadCompletion, complete, args.slice(0, -2)));
  return program;
}

function term(argument: { name(): string; required: boolean; variadic: boolean }): string {
  const name = `${argument.name()}${argument.variadic ? "…" : ""}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

/** What a verb receives: the options and the named arguments as one object. */
export function inputOf(command: Command, positional: readonly unknown[]): Record<string, unknown> {
  const named = command.registeredArguments.map((argument, i) => [argument.name(), positional[i]]);
  return { ...command.opts(), ...Object.fromEntries(named) };
}
