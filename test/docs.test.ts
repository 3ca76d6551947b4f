import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { CommanderError } from "commander";
import { describe, expect, it } from "vitest";
import { loadHelp } from "../src/language/help.js";
import { createProgram } from "../src/program.js";

const root = path.resolve(import.meta.dirname, "..");
const guides = readdirSync(path.join(root, "docs")).filter((name) => name.endsWith(".md"));
const forContributors = ["CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"];
const pages = ["README.md", ...forContributors, ...guides.map((name) => `docs/${name}`)].map((name) => ({
  name,
  text: readFileSync(path.join(root, name), "utf8"),
}));
const words = await loadHelp("en");

/** Targets of links that lead to a file of the project. */
function links(text: string): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to]) => to!).filter((to) => !/^(https?:|#)/.test(to));
}

/**
 * What is typed after `kominfo` on a page: lines of code blocks that begin with it (perhaps after a prompt, or as the
 * next step that a command names), and code within a sentence.
 */
function commandLines(text: string): string[] {
  const found: string[] = [];
  const blocks = /^( *)```.*\n([\s\S]*?)^ *```$/gm;
  for (const [, , block] of text.matchAll(blocks)) {
    for (const line of block!.split("\n")) {
      const [, typed] = /^\s*(?:(?:\w+ )?\$ )?kominfo(?: (.*))?$/.exec(line) ?? [];
      if (typed) found.push(typed);
    }
  }
  for (const [, typed] of text.replace(blocks, "").matchAll(/`kominfo ([^`]+)`/g)) found.push(typed!);
  return found;
}

/** The words of a line as a shell would hand them over, each `<…>` one; what is redirected or piped is the shell's. */
function shellWords(line: string): string[] {
  const [typed = ""] = line.split(/\s(?:#|>>?|\||<)\s/);
  return (typed.match(/(?:<[^<>]*>|[^\s"']|"[^"]*"|'[^']*')+/g) ?? []).map((word) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single),
  );
}

/** Why the tree refuses a line; undefined when it takes it. Nothing is run. */
async function refusal(line: string): Promise<string | undefined> {
  const program = createProgram(
    "",
    words,
    () => {},
    async () => {},
  );
  try {
    await program.parseAsync(shellWords(line), { from: "user" });
    return undefined;
  } catch (error) {
    const { exitCode, message } = error as CommanderError;
    return exitCode === 0 ? undefined : message;
  }
}

function bothLanguages(file: string): string[] {
  return file.includes("{id,en}")
    ? ["id", "en"].map((language) => file.replace("{id,en}", language))
    : [file];
}

/** The form of a command in the reference, which nobody types. */
const isForm = (line: string) => line.includes("[");

describe("the documentation", () => {
  it("holds the command reference and the lifecycle that the code gives", () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [path.join(root, "scripts", "commands-reference.mjs"), "--check"],
      { encoding: "utf8" },
    );
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });

  it.each(pages)("has no link in $name that leads nowhere", ({ name, text }) => {
    const broken = links(text).filter((to) => {
      const file = to.split("#")[0]!;
      return !existsSync(path.resolve(root, path.dirname(name), file));
    });
    expect(broken).toEqual([]);
  });

  it.each(pages)("shows no command line in $name that the program refuses", async ({ text }) => {
    const refused: string[] = [];
    for (const line of commandLines(text)) {
      if (isForm(line)) continue;
      const why = await refusal(line);
      if (why) refused.push(`kominfo ${line}: ${why}`);
    }
    expect(refused).toEqual([]);
  });

  it("finds the command lines of a page in blocks, after prompts and within sentences", () => {
    const page =
      'Type `kominfo post new`.\n\n```\noperator $ kominfo post submit x --message "a b"\n→ no\n  kominfo doctor\n```\n';
    expect(commandLines(page)).toEqual(['post submit x --message "a b"', "doctor", "post new"]);
  });

  it("refuses a line that the tree does not have", async () => {
    expect(await refusal("post pulbish x")).toMatch(/unknown command/);
    expect(await refusal("post submit x --frob")).toMatch(/unknown option/);
    expect(await refusal("post submit x --message hi > file.txt")).toBeUndefined();
  });

  it("shows command lines in every guide", () => {
    const others = ["docs/decisions.md", "docs/security.md", ...forContributors];
    const guides = pages.filter(({ name }) => !others.includes(name));
    for (const { name, text } of guides) {
      const typed = commandLines(text).filter((line) => !isForm(line));
      expect(typed.length, name).toBeGreaterThan(1);
    }
  });

  it.each(["README.md", "CONTRIBUTING.md"])("names the two commands in %s", (page) => {
    const { text } = pages.find(({ name }) => name === page)!;
    expect(text).toMatch(/^npm run demo\b/m);
    expect(text).toMatch(/^npm test\b/m);
  });

  it("names in CONTRIBUTING.md only files and folders that exist", () => {
    const { text } = pages.find(({ name }) => name === "CONTRIBUTING.md")!;
    const named = [...text.matchAll(/`((?:src|test|scripts|docs|templates)\/[^`\s]*)`/g)].map(
      ([, file]) => file!,
    );
    const files = named.filter((file) => !file.includes("<")).flatMap(bothLanguages);
    expect(files.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
    expect(files.length).toBeGreaterThan(20);
  });

  it("runs only scripts that package.json has", () => {
    const { scripts } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    const named = pages.flatMap(({ text }) =>
      [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name!),
    );
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it("holds no path of the machine that it was written on", () => {
    const paths = pages.flatMap(
      ({ text }) => text.match(/(?<![\w.…])\/(?:work|tmp|home|root|Users)\/\S+/g) ?? [],
    );
    expect(paths).toEqual([]);
  });
});
