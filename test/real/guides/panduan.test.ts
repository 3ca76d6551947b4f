import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
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
  for (const fixture of [operator, newsroom]) await fixture?.remove();
});

/** Adds a person at the office, as its admin does. */
async function addPerson(name: string, ...words: string[]): Promise<{ code?: string; token?: string }> {
  return operator.json(["newsroom", "user", "add", "--data", newsroom.folder, "--name", name, ...words]);
}

interface Direction {
  /** Beginning of the lines that it belongs to, after `kominfo `. */
  typed: string;
  before?: () => Promise<void>;
  /** What is typed where the guide shows dots. */
  secrets?: () => Promise<string[]>;
  last?: string;
  code?: number;
}
const passphrase = "angklung hijau menari sore";

/** What happens beside the operator's terminal, and what the guide shows as dots. */
const directions: readonly Direction[] = [
  { typed: "", last: "C-c", code: 130 },
  {
    typed: "auth login newsroom",
    secrets: async () => {
      const { code = "" } = await addPerson("Siti Aminah", "--role", "operator", "--kecamatan", "Cibitung");
      return [code, passphrase, passphrase];
    },
  },
];

const shown = transcript(guide);
describe("panduan", () => {
  it.each(shown)("line $line: $typed", async (step) => {
    const printed = step.printed.map((line) => line.replaceAll(address, newsroom.url));
    const words = step.typed.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
    const argv = words.slice(1).map((word) => word.replaceAll('"', ""));
    const line = argv.join(" ");
    const { secrets, before, last, code }: Partial<Direction> =
      directions.find(({ typed }) => (typed === "" ? line === "" : line.startsWith(typed))) ?? {};
    await before?.();
    const { KOMINFO_PASSPHRASE_FILE: _, ...env } = operator.env;
    terminal = await openTerminal(argv, { cwd: operator.workspace, env, columns: 140 });
    await play({ ...step, printed }, terminal, {
      secrets: (await secrets?.()) ?? [passphrase],
      ...(last && { last }),
    });
    expect(await terminal.ended()).toBe(code ?? 0);
  });
});
