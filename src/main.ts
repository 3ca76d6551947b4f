import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Command, CommanderError } from "commander";
import type { Run } from "./context.js";
import { type ExitCode, exit } from "./errors/errors.js";
import { loadHelp } from "./language/help.js";
import { createProgram, inputOf } from "./program.js";
import type { Host } from "./terminal/host.js";
import { wrap } from "./terminal/table.js";
import { clean } from "./text/clean.js";
import { chooseLanguage } from "./workspace/language.js";

const packageFolder = fileURLToPath(new URL("..", import.meta.url));

/**
 * Runs one command line and returns its exit code. Only here is an error converted to one.
 *
 * @param argv without node and the script
 * @param deps see `Run`; no flag or variable sets these
 */
export async function main(
  argv: readonly string[],
  host: Host,
  deps: Pick<Run, "channelOrigins" | "images"> = {},
): Promise<ExitCode> {
  const start: Omit<Run, "scrubber"> = {
    ...deps,
    argv,
    host,
    language: chooseLanguage(argv, host),
    version: packageVersion(),
    packageFolder,
  };
  // Help prints nothing that has to be scrubbed, and loads no scrubber.
  let scrubbed: Promise<Run> | undefined;
  const scrubbedRun = () => {
    scrubbed ??= withScrubber(start);
    return scrubbed;
  };
  let code: ExitCode = exit.done;
  const { isTTY, columns = 80 } = host.stdout;
  const write = (text: string) => host.stdout.write(isTTY ? wrap(clean(text), columns) : clean(text));
  const program = createProgram(
    start.version,
    await loadHelp(start.language),
    write,
    async (load, command, positional) => {
      const [{ createContext }, { scopeCarrier }, { requireWholeTexts }, verb, run] = await Promise.all([
        import("./context.js"),
        import("./terminal/scope.js"),
        import("./terminal/usage.js"),
        load(),
        scrubbedRun(),
      ]);
      requireWholeTexts(command);
      const context = await createContext(run, {
        ...globalFlags(command),
        holdsResult: await holds(command),
        carryScope: scopeCarrier(program, argv, () => run.movedTo),
      });
      try {
        code = (await verb.run(context, inputOf(command, positional) as never)) ?? exit.done;
        if (code !== exit.done) context.output.release();
      } catch (error) {
        context.output.release();
        throw error;
      }
    },
    isTTY ? columns : undefined,
  );
  try {
    if (argv.length > 0) await program.parseAsync(argv, { from: "user" });
    else if (host.stdin.isTTY && host.stderr.isTTY) return await menu(await scrubbedRun());
    else program.outputHelp();
    return code;
  } catch (error) {
    if (error instanceof CommanderError && (error.exitCode === 0 || error.code === "commander.help"))
      return exit.done;
    const { report } = await import("./terminal/report.js");
    const isIncomplete = error instanceof CommanderError && error.code === "commander.missingArgument";
    try {
      const whole = isIncomplete ? await completedLine(await scrubbedRun(), program) : undefined;
      if (whole) return await main(whole, host, deps);
    } catch (failure) {
      return await report(failure, await scrubbedRun(), program);
    }
    return await report(error, await scrubbedRun(), program);
  }
}

/** Adds the scrubber, which knows the secrets of the environment from the start. */
async function withScrubber(start: Omit<Run, "scrubber">): Promise<Run> {
  const [{ createScrubber }, { environmentSecrets }] = await Promise.all([
    import("./terminal/scrubber.js"),
    import("./credentials/environment.js"),
  ]);
  return { ...start, scrubber: createScrubber(environmentSecrets(start.host.env)) };
}

/** Offers the menu for `kominfo` without arguments in a terminal, and runs the chosen command. */
async function menu(run: Run): Promise<ExitCode> {
  const [{ createContext }, { chooseCommand }, { noFlags }, { untouched }] = await Promise.all([
    import("./context.js"),
    import("./commands/menu.js"),
    import("./terminal/flags.js"),
    import("./terminal/prompts/untouched.js"),
  ]);
  const context = await createContext(run, noFlags);
  const chosen = await untouched(() => chooseCommand(context));
  return chosen.length > 0 ? main(chosen, run.host, run) : exit.done;
}

/** Whether `--quiet` keeps the result of this run to itself. A dry run is made for what it prints. */
async function holds(command: Command): Promise<boolean> {
  const { quiet, dryRun } = command.optsWithGlobals();
  if (quiet !== true || dryRun === true) return false;
  const [{ answering }, { pathOf }] = await Promise.all([
    import("./commands/answering.js"),
    import("./terminal/usage.js"),
  ]);
  return !answering.has(pathOf(command).replace(/^kominfo /, ""));
}

/** Asks in a terminal for the arguments that are missing. */
async function completedLine(run: Run, program: Command): Promise<string[] | undefined> {
  const [{ createContext }, { completeLine }, { commandOf }] = await Promise.all([
    import("./context.js"),
    import("./commands/missing/complete-line.js"),
    import("./terminal/usage.js"),
  ]);
  const context = await createContext(run, globalFlags(commandOf(program, run.argv)));
  return completeLine(context, program, run.argv);
}

function globalFlags(command: Command) {
  const flags = command.optsWithGlobals();
  return {
    workspace: flags.workspace as string | undefined,
    json: flags.json === true,
    input: flags.input !== false,
    color: flags.color !== false,
    quiet: flags.quiet === true,
    verbose: flags.verbose === true,
  };
}

function packageVersion(): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(path.join(packageFolder, "package.json"), "utf8"),
  );
  return manifest.version;
}
