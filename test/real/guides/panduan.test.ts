import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { samplePhoto } from "../../../scripts/sample-photo.mjs";
import { transcript } from "../../support/guides/transcript.js";
import { type Computer, openComputer, type ServedNewsroom, startNewsroom } from "../../support/kominfo.js";
import { needDebian } from "../apt.js";
import { openTerminal, type Terminal } from "../tmux.js";
import { play } from "./play.js";

// The operator's guide, typed as it stands there, in its order, in a real terminal.
const guide = readFileSync(path.resolve(import.meta.dirname, "../../../docs/panduan.md"), "utf8");
const address = "https://redaksi.example.go.id";

let newsroom: ServedNewsroom;
let operator: Computer;
let terminal: Terminal | undefined;

beforeAll(async () => {
  await needDebian("tmux", "tmux");
  newsroom = await startNewsroom();
  operator = await openComputer({ initialised: false });
});
afterEach(async () => {
  await terminal?.close();
  terminal = undefined;
});
afterAll(async () => {
  await operator?.run(["auth", "lock"]);
  for (const fixture of [operator, newsroom]) await fixture?.remove();
});

/** Adds a person at the office, as its admin does. */
const addPerson = (name: string, ...words: string[]) =>
  operator.json(["newsroom", "user", "add", "--data", newsroom.folder, "--name", name, ...words]);

/** What happens beside the operator's terminal before a line of the guide, and what the guide shows as dots. */
interface Direction {
  before?: () => Promise<void>;
  secrets?: () => Promise<string[]>;
  last?: string;
  code?: number;
}
const passphrase = "angklung hijau menari sore";

async function photos(folder: string, ...names: string[]): Promise<void> {
  await mkdir(path.join(operator.home, folder));
  for (const [seed, name] of names.entries()) {
    const photo = await samplePhoto({
      width: 1200,
      height: 900,
      seed,
      gps: { latitude: -6.24, longitude: 107.08 },
    });
    await writeFile(path.join(operator.home, folder, name), photo);
  }
}

/** By what is typed after `kominfo`; the first that a line begins with. */
const directions: Record<string, Direction> = {
  "": { last: "C-c", code: 130 },
  "auth login newsroom": {
    async secrets() {
      const { activation_code } = await addPerson(
        "Siti Aminah",
        "--role",
        "operator",
        "--kecamatan",
        "Cibitung",
      );
      return [activation_code, passphrase, passphrase];
    },
  },
  "post new": {
    async before() {
      await photos("foto", "IMG_1000.jpg", "IMG_1002.jpg");
      await photos("foto-susulan", "IMG_1004.jpg");
    },
  },
};

/** What comes before, and what is left for the next time: lines that are typed twice have directions for each. */
const directionOf = (line: string): Direction =>
  Object.entries(directions).find(([typed]) => (typed === "" ? line === "" : line.startsWith(typed)))?.[1] ??
  {};

let isWhole = true;
const shown = transcript(guide);
describe("panduan", () => {
  it.each(shown)("line $line: $typed", async (step) => {
    if (!isWhole) throw new Error("A line before it has failed.");
    isWhole = false;
    const printed = step.printed.map((line) => line.replaceAll(address, newsroom.url));
    const words = step.typed.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
    const argv = words.slice(1).map((word) => word.replaceAll('"', ""));
    const { secrets, before, last, code } = directionOf(argv.join(" "));
    await before?.();
    const { KOMINFO_PASSPHRASE_FILE: _, ...env } = operator.env;
    terminal = await openTerminal(argv, { cwd: operator.workspace, env, columns: 400 });
    await play({ ...step, printed }, terminal, {
      secrets: (await secrets?.()) ?? [passphrase],
      ...(last && { last }),
    });
    expect(await terminal.ended()).toBe(code ?? 0);
    isWhole = true;
  });
});
