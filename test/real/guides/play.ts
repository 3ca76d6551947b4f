import { setTimeout as pause } from "node:timers/promises";
import { patternOf, type Shown } from "../../support/guides/transcript.js";
import type { Terminal } from "../tmux.js";

export interface Playing {
  /** What is typed where the guide shows dots, in order. */
  secrets?: readonly string[];
  /** Keys once the guide's last line is on the screen, where the program waits; Enter when left out. */
  last?: string;
}

/**
 * Plays what a guide shows of one command in a terminal that runs it: waits for each line in its order, and types the
 * answer of each question (`✔ question answer`) once it is asked. A choice that is shown open (`? …`, `❯ …`) is taken by
 * Enter. A line `…` stands for any lines; questions that it passes over are answered by Enter.
 * @throws Error with the screen, when a line does not come within 20 seconds
 */
export async function play(shown: Shown, at: Terminal, playing: Playing = {}): Promise<void> {
  const secrets = [...(playing.secrets ?? [])];
  /** Lines above this one have been found. */
  let above = 0;
  let mayPass = false;
  let isOpen = false;
  const lines = async () => (await at.screen()).split("\n").map((line) => line.trimEnd());
  const waiting = async () => (await lines()).findLast((line) => line.startsWith("? "))?.slice(2);

  async function find(line: string): Promise<void> {
    const pattern = patternOf(line);
    const until = Date.now() + 20_000;
    for (;;) {
      const screen = await lines();
      const rest = screen.slice(above);
      const found = rest.findIndex((candidate) => pattern.test(candidate));
      const passed = rest.slice(0, found).filter((candidate) => candidate && !candidate.startsWith("✔"));
      if (found >= 0 && (mayPass || passed.length === 0)) {
        if (!isOpen) above += found + 1;
        mayPass = false;
        return;
      }
      if (Date.now() > until)
        throw new Error(
          `Line ${shown.line}: the screen does not show\n${line}\n\n${screen.join("\n").trim()}`,
        );
      await pause(50);
    }
  }

  async function answer(line: string): Promise<void> {
    const until = Date.now() + 20_000;
    let passed: string | undefined;
    for (;;) {
      const question = await waiting();
      const common = question === undefined ? 0 : commonStart(question, line);
      if (question !== undefined && common > 4) {
        const given = line.slice(common).trim();
        const typed = /^•+$/.test(given) ? (secrets.shift() ?? "") : given;
        if (typed) await at.type(typed);
        await at.press("Enter");
        break;
      }
      if (question !== undefined && mayPass && question !== passed) {
        passed = question;
        await at.press("Enter");
      }
      if (Date.now() > until)
        throw new Error(`Line ${shown.line}: nothing asks\n${line}\n\n${await at.screen()}`);
      await pause(50);
    }
    mayPass = true;
    await find(`✔ ${line}`);
  }

  for (const line of shown.printed) {
    const isChoice = /^[?❯] |^↑↓|^ {2}\S/.test(line) && (isOpen || line.startsWith("? "));
    if (isOpen && !isChoice) {
      if (!line.startsWith("✔ ")) await at.press("Enter");
      isOpen = false;
    }
    if (line === "…") mayPass = true;
    else if (line.startsWith("✔ ")) await answer(line.slice(2));
    else {
      isOpen = isChoice;
      await find(line);
    }
  }
  if (isOpen) await at.press(playing.last ?? "Enter");
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a[length] === b[length]) length += 1;
  return length;
}
