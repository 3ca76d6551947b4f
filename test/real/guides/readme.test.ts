import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answers, samplePhotos } from "../../../scripts/demo-event.mjs";
import { ledProgram, startStandIns } from "../../../scripts/demo-stand-ins.mjs";
import { difference, type Shown, transcript } from "../../support/guides/transcript.js";
import { type Computer, openComputer, type Running } from "../../support/kominfo.js";

// The README's tour, typed line by line as it stands there: three people, each at a computer of their own.
const readme = readFileSync(path.resolve(import.meta.dirname, "../../../README.md"), "utf8");
const tour = transcript(readme);
const people = ["office", "operator", "editor"] as const;
type Person = (typeof people)[number];

const computers = {} as Record<Person, Computer>;
let standIns: Awaited<ReturnType<typeof startStandIns>>;
let newsroom: Running | undefined;
/** What stands in the README, and what it is here. */
const here = new Map<string, string>();

beforeAll(async () => {
  standIns = await startStandIns();
  for (const who of people) computers[who] = await openComputer({ initialised: false });
  const { home, workspace } = computers.operator;
  const photos = await samplePhotos(home);
  writeFileSync(path.join(workspace, "jawaban.json"), JSON.stringify(answers(photos)));
});
afterAll(async () => {
  newsroom?.kill("SIGTERM");
  await newsroom?.ended;
  await standIns?.stop();
  for (const computer of Object.values(computers)) await computer.remove();
});

const postFile = () => {
  const posts = path.join(computers.operator.workspace, "posts");
  return path.join(posts, readdirSync(posts)[0]!, "index.md");
};

/** What somebody does in a text editor before a command, as the README says in its own words. */
const byHand: readonly (readonly [before: RegExp, work: () => Promise<void>])[] = [
  [
    /post submit musrenbang --message/,
    () => replace(postFile(), "Camat Cibitung membuka", "Camat Cibitung Ahmad Fauzi membuka"),
  ],
  [
    /post publish .*--dry-run/,
    () =>
      replace(
        path.join(computers.operator.workspace, "kominfo.yaml"),
        /^# web: .*$/m,
        `web: { url: "${standIns.site}" }`,
      ),
  ],
];

async function replace(file: string, words: string | RegExp, by: string): Promise<void> {
  const text = await readFile(file, "utf8");
  const changed = typeof words === "string" ? text.replaceAll(words, by) : text.replace(words, by);
  if (changed === text) throw new Error(`${file} has no ${words}`);
  await writeFile(file, changed);
}

/** The words of a line, redirections apart. */
function parse(typed: string): { argv: string[]; from: string | undefined; into: string | undefined } {
  const [, command = "", , direction, file] = /^kominfo (.*?)(( <| >) (\S+))?$/.exec(typed) ?? [];
  const words = (command.match(/(?:[^\s"]|"[^"]*")+/g) ?? []).map((word) => word.replaceAll('"', ""));
  let argv = words;
  for (const [shown, real] of here) argv = argv.map((word) => word.replaceAll(shown, real));
  return {
    argv,
    from: direction === " <" ? file : undefined,
    into: direction === " >" ? file : undefined,
  };
}

/** Runs one line and gives what the terminal showed. */
async function type(shown: Shown): Promise<string> {
  const computer = computers[shown.who as Person];
  const { argv, from, into } = parse(shown.typed);
  if (argv[1] === "serve") {
    newsroom = computer.start([...argv, "--port", "0"]);
    await newsroom.says(/http:\/\/127\.0\.0\.1:\d+/);
    const { stdout, stderr } = newsroom.printed;
    remember(shown, stderr + stdout, /http:\/\/127\.0\.0\.1:\d+/);
    return stderr + stdout;
  }
  const stdin = from === undefined ? "" : readFileSync(path.join(computer.workspace, from), "utf8");
  const isPublishing = argv[0] === "post" && argv[1] === "publish";
  const ran = computer.start(
    argv,
    isPublishing ? { stdin, program: ledProgram, env: standIns.env } : { stdin },
  );
  let screen = "";
  for (const stream of [ran.process.stdout!, ...(into === undefined ? [ran.process.stderr!] : [])]) {
    stream.on("data", (text: string) => {
      screen += text;
    });
  }
  const { code, stdout, stderr } = await ran.ended;
  expect(code, `${shown.typed}\n${screen}`).toBe(0);
  if (into === undefined) return screen;
  // The office hands them over.
  for (const { workspace } of Object.values(computers)) writeFileSync(path.join(workspace, into), stdout);
  return stderr;
}

/** The id that the README shortens, or an address: what it is in this run. */
function remember(shown: Shown, screen: string, kind: RegExp): void {
  const [inReadme] = kind.exec(shown.printed.join("\n")) ?? [];
  const [now] = kind.exec(screen) ?? [];
  if (inReadme && now) here.set(inReadme, now);
}

describe("the README's tour", () => {
  it("has every kind of step", () => {
    expect(tour.length).toBeGreaterThan(15);
    expect(new Set(tour.map(({ who }) => who))).toEqual(new Set(people));
  });

  it.each(tour)("line $line: $who types $typed", async (shown) => {
    for (const [before, work] of byHand) if (before.test(shown.typed)) await work();
    const screen = await type(shown);
    const id = /Nomor naskah: (\S+)/;
    const [, inReadme] = id.exec(shown.printed.join("\n")) ?? [];
    const [, now] = id.exec(screen) ?? [];
    if (inReadme && now) here.set(`${inReadme.slice(0, 8)}-…`, now);
    expect(difference(shown.printed, screen), screen).toBeUndefined();
  });
});
