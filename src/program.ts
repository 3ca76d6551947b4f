import { Command, Help, Option } from "commander";
import type { stepCommands } from "./commands/review/steps.js";
import type { Verb } from "./context.js";
import type { HelpMessages } from "./language/help.js";

/** Runs one verb. `main` passes the real runner; help, completion and the command reference pass one that does nothing. */
type Runner = (load: () => Promise<Verb<never>>, command: Command, positional: unknown[]) => Promise<void>;

const collect = (value: string, all: string[] = []): string[] => [...all, value];

/**
 * Declares the whole command tree: names and flags of docs/commands.md, texts of `language/<id|en>/help.ts`.
 * No command is loaded until its action runs.
 *
 * @param write receives help
 * @param columns of the terminal that shows help; undefined where none does
 */
export function createProgram(
  version: string,
  messages: HelpMessages,
  write: (text: string) => void,
  run: Runner,
  columns?: number,
): Command {
  const program = createRoot(version, messages, write, columns);
  const declare = createDeclarer(program, messages, run);
  declareGeneral(declare);
  declareConfig(declare);
  declareTemplate(declare);
  declarePost(declare);
  declareSync(declare);
  declarePublisher(declare);
  declareDesk(declare);
  declarePhoto(declare);
  declareAuth(declare);
  declareUser(declare, declareNewsroom(declare));
  declareReview(declare);
  declareCompletion(declare, run);
  return program;
}

/** The root command: global flags, and help in the person's language. */
function createRoot(
  version: string,
  messages: HelpMessages,
  write: (text: string) => void,
  columns: number | undefined,
): Command {
  const title = (english: string) => messages.titles[english] ?? english;
  /** `<post>` in the person's language. */
  const placed = (text: string) =>
    text.replace(
      /(?<=[<[])[^<>[\]]+?(?=(?:\.\.\.|…)?[>\]])/g,
      (english) => messages.placeholders[english] ?? english,
    );
  return (
    new Command("kominfo")
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
      .configureOutput({
        writeOut: write,
        writeErr: write,
        outputError: () => {},
        ...(columns !== undefined && { getOutHelpWidth: () => columns, getErrHelpWidth: () => columns }),
      })
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
        ...(columns !== undefined && {
          // Where too little room is left beside the terms, commander leaves it to the terminal to break the text.
          formatItem(term: string, termWidth: number, text: string, helper: Help) {
            const isNarrow = columns - termWidth - 4 < helper.minWidthToWrap;
            return isNarrow && text !== ""
              ? `  ${term}\n      ${helper.boxWrap(text, columns - 6).replace(/\n/g, "\n      ")}`
              : Help.prototype.formatItem.call(helper, term, termWidth, text, helper);
          },
        }),
      })
  );
}

/** Declares groups and verbs on a program. */
interface Declarer {
  program: Command;
  /** The help texts of every verb. */
  texts: HelpMessages["verbs"];
  group(name: keyof HelpMessages["groups"], parent?: Command): Command;
  verb(
    parent: Command,
    usage: string,
    text: { summary: string; examples: readonly string[] },
    load: () => Promise<Verb<never>>,
  ): Command;
}

function createDeclarer(program: Command, messages: HelpMessages, run: Runner): Declarer {
  // Help ends with examples: a verb's own, or the first example of each verb in a group.
  const examples = new Map<Command, readonly string[]>();
  const examplesOf = (command: Command): readonly string[] =>
    examples.get(command) ?? command.commands.flatMap((child) => examplesOf(child).slice(0, 1));
  const endWithExamples = (command: Command) =>
    command.addHelpText("after", () => {
      const lines = examplesOf(command).map((example) => `  $ kominfo ${example}`);
      return `\n${messages.titles["Examples:"] ?? "Examples:"}\n${lines.join("\n")}`;
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
  return { program, texts: messages.verbs, group, verb };
}

function declareGeneral({ program, verb, texts }: Declarer): void {
  verb(program, "setup", texts.setup, () => import("./commands/setup.js"));
  verb(program, "init [dir]", texts.init, () => import("./commands/init.js"))
    .option("--kecamatan <code|name>", texts.init.kecamatan)
    .option("--newsroom <url>", texts.init.newsroom);
  verb(program, "doctor", texts.doctor, () => import("./commands/doctor.js"));
}

function declareConfig({ group, verb, texts }: Declarer): void {
  const config = group("config");
  verb(config, "show", texts.configShow, () => import("./commands/config/show.js"));
  verb(config, "get <setting>", texts.configGet, () => import("./commands/config/get.js"));
  verb(config, "set <setting> [value...]", texts.configSet, () => import("./commands/config/set.js"));
}

function declareTemplate({ group, verb, texts }: Declarer): void {
  const template = group("template");
  verb(template, "list", texts.templateList, () => import("./commands/template/list.js"));
  verb(template, "show <name>", texts.templateShow, () => import("./commands/template/show.js"));
}

function declarePost({ group, verb, texts }: Declarer): void {
  const post = group("post");
  verb(post, "new [template]", texts.postNew, () => import("./commands/post/new/new.js"))
    .option("--title <title>", texts.postNew.title)
    .option("--set <key=value>", texts.postNew.set, collect)
    .option("--from <file>", texts.postNew.from)
    .option("--photo <path>", texts.postNew.photo, collect)
    .option("--again", texts.postNew.again)
    .option("--copy <post>", texts.postNew.copy)
    .option("--edit", texts.postNew.edit);
  verb(post, "list", texts.postList, () => import("./commands/post/list.js")).option(
    "--state <state>",
    texts.postList.state,
  );
  verb(post, "show <post>", texts.postShow, () => import("./commands/post/show.js"));
  verb(post, "attach <post> <photo...>", texts.postAttach, () => import("./commands/post/attach.js"))
    .option("--caption <text>", texts.postAttach.caption)
    .option("--alt <text>", texts.postAttach.alt)
    .option("--credit <text>", texts.postAttach.credit);
  verb(post, "photos <post>", texts.postPhotos, () => import("./commands/post/arrange/arrange.js"))
    .option("--photo <number|name>", texts.postPhotos.photo)
    .option("--caption <text>", texts.postAttach.caption)
    .option("--alt <text>", texts.postAttach.alt)
    .option("--credit <text>", texts.postAttach.credit)
    .option("--move-to <number>", texts.postPhotos.moveTo)
    .option("--focus <place>", texts.postPhotos.focus)
    .option("--children <answer>", texts.postPhotos.children)
    .option("--lead", texts.postPhotos.lead)
    .option("--remove", texts.postPhotos.remove);
  verb(post, "edit <post>", texts.postEdit, () => import("./commands/post/edit.js"));
  verb(post, "check <post>", texts.postCheck, () => import("./commands/post/check.js"));
  verb(
    post,
    "preview <post|submission-id>",
    texts.postPreview,
    () => import("./commands/post/preview/preview.js"),
  )
    .option("--out <html>", texts.postPreview.out)
    .option("--open", texts.postPreview.open)
    .option("--revision <n>", texts.postPreview.revision)
    .option("--whatsapp", texts.postPreview.whatsapp);
  verb(post, "submit <post>", texts.postSubmit, () => import("./commands/post/submit/submit.js"))
    .option("--dry-run", texts.postSubmit.dryRun)
    .option("--message <text>", texts.postSubmit.message);
  verb(post, "status [post|submission-id]", texts.postStatus, () => import("./commands/post/status.js"));
  verb(post, "pull <post|submission-id>", texts.postPull, () => import("./commands/post/pull.js")).option(
    "--dry-run",
    texts.postPull.dryRun,
  );
  verb(post, "withdraw <post>", texts.postWithdraw, () => import("./commands/post/withdraw.js")).option(
    "--reason <text>",
    texts.postWithdraw.reason,
  );
  verb(post, "delete <post>", texts.postDelete, () => import("./commands/post/delete.js"))
    .option("--restore", texts.postDelete.restore)
    .option("-y, --yes", texts.postDelete.yes);
  withPublishFlags(
    verb(post, "publish <post|submission-id>", texts.postPublish, () => import("./commands/post/publish.js")),
    texts,
  );
  verb(
    post,
    "unpublish <post|submission-id>",
    texts.postUnpublish,
    () => import("./commands/post/unpublish.js"),
  )
    .option("--from <channels>", texts.postUnpublish.from, collect)
    .option("--reason <text>", texts.postUnpublish.reason)
    .option("--max-cost <usd>", texts.postUnpublish.maxCost)
    .option("--dry-run", texts.postUnpublish.dryRun)
    .option("-y, --yes", texts.postUnpublish.yes);
  verb(post, "record <post|submission-id>", texts.postRecord, () => import("./commands/post/record.js"))
    .option("--url <address>", texts.postRecord.url)
    .option("--channel <name>", texts.postRecord.channel);
}

/** Adds the flags of commands that upload in batches. */
function withBatchFlags(command: Command, texts: Declarer["texts"]): Command {
  return command
    .option("--jobs <n>", texts.photoUpload.jobs)
    .option("--limit-rate <rate>", texts.photoUpload.limitRate)
    .option("-y, --yes", texts.photoUpload.yes)
    .option("--progress <format>", texts.photoUpload.progress);
}

/** Adds the flags of commands that publish. */
function withPublishFlags(command: Command, texts: Declarer["texts"]): Command {
  return command
    .option("--to <channels>", texts.postPublish.to, collect)
    .option("--account <channel=name>", texts.postPublish.account, collect)
    .option("--at <time>", texts.postPublish.at)
    .option("--link", texts.postPublish.link)
    .option("--max-cost <usd>", texts.postPublish.maxCost)
    .option("--again <channel>", texts.postPublish.again, collect)
    .option("--dry-run", texts.postPublish.dryRun)
    .option("-y, --yes", texts.postPublish.yes);
}

function declareSync({ program, verb, texts }: Declarer): void {
  withBatchFlags(
    verb(program, "sync", texts.sync, () => import("./commands/sync.js")),
    texts,
  ).option("--forget <name>", texts.sync.forget);
}

function declarePublisher({ program, verb, texts }: Declarer): void {
  verb(program, "publisher", texts.publisher, () => import("./commands/publisher.js"))
    .option("--once", texts.publisher.once)
    .option("--url <address>", texts.authLogin.url);
}

function declareDesk({ program, verb, texts }: Declarer): void {
  verb(program, "desk", texts.desk, () => import("./commands/desk.js")).option(
    "--url <address>",
    texts.authLogin.url,
  );
}

function declarePhoto({ group, verb, texts }: Declarer): void {
  const photo = group("photo");
  verb(photo, "resize <path...>", texts.photoResize, () => import("./commands/photo/resize/resize.js"))
    .option("--preset <names>", texts.photoResize.preset)
    .option("--out <dir>", texts.photoResize.out)
    .option("--quality <n>", texts.photoResize.quality)
    .option("--effort <small|normal>", texts.photoResize.effort)
    .option("--position <name>", texts.photoResize.position)
    .option("--watermark <png>", texts.photoResize.watermark)
    .option("--no-watermark", texts.photoResize.noWatermark)
    .option("--watermark-corner <corner>", texts.photoResize.watermarkCorner)
    .option("--watermark-opacity <percent>", texts.photoResize.watermarkOpacity)
    .option("--watermark-width <percent>", texts.photoResize.watermarkWidth)
    .option("--keep-date", texts.photoResize.keepDate)
    .option("--sheet <html>", texts.photoResize.sheet)
    .option("-r, --recursive", texts.photoResize.recursive)
    .option("--jobs <n>", texts.photoResize.jobs)
    .option("--rehash", texts.photoResize.rehash)
    .option("--dry-run", texts.photoResize.dryRun);
  verb(photo, "inspect <path...>", texts.photoInspect, () => import("./commands/photo/inspect/inspect.js"))
    .option("--sheet <html>", texts.photoInspect.sheet)
    .option("-r, --recursive", texts.photoResize.recursive);
  withBatchFlags(
    verb(photo, "upload [path...]", texts.photoUpload, () => import("./commands/photo/upload/upload.js"))
      .option("--event <name>", texts.photoUpload.event)
      .option("--post <post>", texts.photoUpload.post)
      .option("--captions <csv>", texts.photoUpload.captions)
      .option("-r, --recursive", texts.photoResize.recursive)
      .option("--watch <dir>", texts.photoUpload.watch),
    texts,
  )
    .option("--rehash", texts.photoResize.rehash)
    .option("--dry-run", texts.photoUpload.dryRun);
  verb(photo, "blur <photo>", texts.photoBlur, () => import("./commands/photo/blur/blur.js"))
    .option("--box <x,y,w,h>", texts.photoBlur.box, collect)
    .option("--clear", texts.photoBlur.clear)
    .option("--out <file>", texts.photoBlur.out);
  verb(photo, "where <post|photo|sha256>", texts.photoWhere, () => import("./commands/photo/where.js"));
}

function declareAuth({ group, verb, texts }: Declarer): void {
  const auth = group("auth");
  verb(auth, "login [service]", texts.authLogin, () => import("./commands/auth/login/login.js"))
    .option("--url <address>", texts.authLogin.url)
    .option("--account <name>", texts.authLogin.account)
    .option("--with-token", texts.authLogin.withToken);
  verb(auth, "status", texts.authStatus, () => import("./commands/auth/status.js")).option(
    "--check",
    texts.authStatus.check,
  );
  verb(auth, "logout <service>", texts.authLogout, () => import("./commands/auth/logout.js"))
    .option("--account <name>", texts.authLogout.account)
    .option("--keep-token", texts.authLogout.keepToken);

  verb(auth, "store <method>", texts.authStore, () => import("./commands/auth/store.js"));
  verb(auth, "passphrase", texts.authPassphrase, () => import("./commands/auth/passphrase.js"));
  verb(auth, "unlock", texts.authUnlock, () => import("./commands/auth/unlock.js")).option(
    "--for <duration>",
    texts.authUnlock.for,
  );
  verb(auth, "lock", texts.authLock, () => import("./commands/auth/lock.js"));
  verb(auth, "export <file>", texts.authExport, () => import("./commands/auth/export/export.js")).option(
    "--handover",
    texts.authExport.handover,
  );
  verb(auth, "import <file>", texts.authImport, () => import("./commands/auth/import.js"))
    .option("--replace", texts.authImport.replace)
    .option("--dry-run", texts.authImport.dryRun);
}

/** Returns the group, for its subgroups. */
function declareNewsroom({ group, verb, texts }: Declarer): Command {
  const newsroom = group("newsroom");
  const withStores = (command: Command) =>
    command
      .option("--data <dir>", texts.newsroomServe.data)
      .option("--database <url>", texts.newsroomServe.database)
      .option("--blobs <url>", texts.newsroomServe.blobs);
  withStores(
    verb(newsroom, "serve", texts.newsroomServe, () => import("./commands/newsroom/serve.js"))
      .option("--host <address>", texts.newsroomServe.host)
      .option("--port <n>", texts.newsroomServe.port),
  )
    .option("--tls-cert <file>", texts.newsroomServe.tlsCert)
    .option("--tls-key <file>", texts.newsroomServe.tlsKey)
    .option("--behind-proxy", texts.newsroomServe.behindProxy)
    .option("--public-url <address>", texts.newsroomServe.publicUrl)
    .option("--allow-origin <address...>", texts.newsroomServe.allowOrigin)
    .option("--secrets-key-file <file>", texts.newsroomServe.secretsKey);
  verb(newsroom, "init", texts.newsroomInit, () => import("./commands/newsroom/init.js")).option(
    "--data <dir>",
    texts.newsroomServe.data,
  );
  withStores(
    verb(newsroom, "backup <dir>", texts.newsroomBackup, () => import("./commands/newsroom/backup.js")),
  );
  withStores(
    verb(newsroom, "restore <dir>", texts.newsroomRestore, () => import("./commands/newsroom/restore.js")),
  );
  verb(newsroom, "move", texts.newsroomMove, () => import("./commands/newsroom/move.js"))
    .option("--to <url>", texts.newsroomMove.to)
    .option("--blobs <url>", texts.newsroomServe.blobs)
    .option("--data <dir>", texts.newsroomServe.data)
    .option("--dry-run", texts.newsroomMove.dryRun);
  verb(newsroom, "audit", texts.newsroomAudit, () => import("./commands/newsroom/audit.js"))
    .option("--since <date>", texts.newsroomAudit.since)
    .option("--verify", texts.newsroomAudit.verify)
    .option("--data <dir>", texts.newsroomServe.data)
    .option("--database <url>", texts.newsroomServe.database);
  return newsroom;
}

function declareUser({ group, verb, texts }: Declarer, newsroom: Command): void {
  const user = group("user", newsroom);
  /** Flags that choose where people are managed: the newsroom's own stores, or its API. */
  const withDirectoryFlags = (command: Command, url = texts.authLogin.url) =>
    command
      .option("--data <dir>", texts.userAdd.data)
      .option("--database <url>", texts.newsroomServe.database)
      .option("--url <address>", url);
  withDirectoryFlags(
    verb(user, "add", texts.userAdd, () => import("./commands/newsroom/user/add.js"))
      .option("--name <name>", texts.userAdd.name)
      .option("--role <role>", texts.userAdd.role)
      .option("--kecamatan <code|name>", texts.userAdd.kecamatan)
      .option("--expires <date>", texts.userAdd.expires)
      .option("--token", texts.userAdd.token),
  );
  withDirectoryFlags(
    verb(user, "code <user>", texts.userCode, () => import("./commands/newsroom/user/code.js")),
  );
  withDirectoryFlags(verb(user, "list", texts.userList, () => import("./commands/newsroom/user/list.js")));
  withDirectoryFlags(
    verb(user, "link <user>", texts.userLink, () => import("./commands/newsroom/user/link.js")),
    texts.userLink.url,
  );
  withDirectoryFlags(
    verb(
      user,
      "suspend <user>",
      texts.userSuspend,
      () => import("./commands/newsroom/user/suspend.js"),
    ).option("--lift", texts.userSuspend.lift),
  );
  withDirectoryFlags(
    verb(user, "tokens <user>", texts.userTokens, () => import("./commands/newsroom/user/tokens.js")).option(
      "--end <id|name|all>",
      texts.userTokens.end,
    ),
  );
  withDirectoryFlags(
    verb(user, "revoke <user>", texts.userRevoke, () => import("./commands/newsroom/user/revoke.js")),
  );
}

function declareReview({ group, verb, texts }: Declarer): void {
  const review = group("review");
  const loadStep = (name: keyof typeof stepCommands) => async () =>
    (await import("./commands/review/steps.js")).stepVerb(name);
  const step = (
    usage: string,
    text: HelpMessages["verbs"]["reviewClaim"],
    load: () => Promise<Verb<never>>,
  ) => verb(review, usage, text, load).option("--url <address>", texts.authLogin.url);
  step("list", texts.reviewList, () => import("./commands/review/list.js"))
    .option("--state <state>", texts.reviewList.state)
    .option("--kecamatan <code|name>", texts.reviewList.kecamatan)
    .option("--cursor <cursor>", texts.reviewList.cursor);
  step("show <id>", texts.reviewShow, () => import("./commands/review/show.js"));
  step("claim <id>", texts.reviewClaim, loadStep("claim"));
  step("comment <id>", texts.reviewComment, () => import("./commands/review/comment.js")).option(
    "--message <text>",
    texts.reviewComment.message,
  );
  step("return <id>", texts.reviewReturn, loadStep("return"))
    .option("--reason <text>", texts.reviewReturn.reason)
    .option("--revision <n>", texts.reviewApprove.revision);
  step("approve <id>", texts.reviewApprove, () => import("./commands/review/approve.js"))
    .option("--revision <n>", texts.reviewApprove.revision)
    .option("--destination <name>", texts.reviewApprove.destination, collect)
    .option("--channel <name>", texts.reviewApprove.channel, collect)
    .option("--photo <photo=answer>", texts.reviewApprove.photo, collect)
    .option("--override <rule=reason>", texts.reviewApprove.override, collect)
    .option("--message <text>", texts.reviewApprove.message);
  step("reject <id>", texts.reviewReject, loadStep("reject"))
    .option("--reason <text>", texts.reviewReturn.reason)
    .option("--revision <n>", texts.reviewApprove.revision);

  step("release <id>", texts.reviewRelease, loadStep("release"));
  step("revoke <id>", texts.reviewRevoke, loadStep("revoke")).option(
    "--reason <text>",
    texts.reviewRevoke.reason,
  );
  step("reopen <id>", texts.reviewReopen, loadStep("reopen")).option(
    "--reason <text>",
    texts.reviewRevoke.reason,
  );
  withPublishFlags(
    step("publish <id>", texts.reviewPublish, () => import("./commands/review/publish.js")),
    texts,
  );
  step("merge <id>", texts.reviewMerge, () => import("./commands/review/merge.js"))
    .option("--into <id>", texts.reviewMerge.into)
    .option("--reason <text>", texts.reviewRevoke.reason);
  step("unpublish <id>", texts.reviewUnpublish, loadStep("unpublish")).option(
    "--reason <text>",
    texts.reviewRevoke.reason,
  );
  step("record <id> <link>", texts.reviewRecord, () => import("./commands/review/record.js"))
    .option("--channel <name>", texts.postRecord.channel)
    .option("--taken-down", texts.reviewRecord.takenDown)
    .option("--reason <text>", texts.reviewRecord.reason);
  step("confirm-withdrawal <id>", texts.reviewConfirmWithdrawal, loadStep("confirm-withdrawal"));
  step("decline <id>", texts.reviewDecline, loadStep("decline")).option(
    "--reason <text>",
    texts.reviewRevoke.reason,
  );
  step("accounts", texts.reviewAccounts, () => import("./commands/review/accounts.js"));
  step("account <channel> <account>", texts.reviewAccount, () => import("./commands/review/account.js"))
    .option("--kecamatan <code|name>", texts.reviewAccount.kecamatan)
    .option("--kabupaten", texts.reviewAccount.kabupaten)
    .option("--remove", texts.reviewAccount.remove)
    .option("--reason <text>", texts.reviewAccount.reason);
}

function declareCompletion({ program, verb, texts }: Declarer, run: Runner): void {
  verb(program, "completion <shell>", texts.completion, () => import("./commands/completion/completion.js"));
  // The scripts of `completion` call this command.
  const complete = program.command("__complete [words...]", { hidden: true }).option("--next");
  const loadCompletion = async () =>
    (await import("./commands/completion/complete.js")).completionOf(program) as Verb<never>;
  complete.action((...args: unknown[]) => run(loadCompletion, complete, args.slice(0, -2)));
}

function term(argument: { name(): string; required: boolean; variadic: boolean }): string {
  const name = `${argument.name()}${argument.variadic ? "…" : ""}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

/** The input of a verb: options and named arguments in one object. */
export function inputOf(command: Command, positional: readonly unknown[]): Record<string, unknown> {
  const named = command.registeredArguments.map((argument, i) => [argument.name(), positional[i]]);
  return { ...command.opts(), ...Object.fromEntries(named) };
}
