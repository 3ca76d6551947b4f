import { setTimeout as pause } from "node:timers/promises";
import { patternOf, type Shown } from "../../support/guides/transcript.js";
import type { Terminal } from "../tmux.js";

export interface Playing {
  /** What is typed where the guide shows dots, in order. */
  secrets?: readonly string[];
  /** Keys once the guide's last line is on the screen and the program waits. Default: Enter. */
  last?: string;
}

/** How long a line may take to come, in ms: machines under test are slow. */
const patience = 25_000;

/**
 * Plays what a guide shows of one command in a terminal that runs it: waits for each line in its order, and types the
 * answer of each question (`✔ question answer`) once it is asked. A list that is shown open (`? …`, `❯ …`) is taken by
 * Enter. A line `…` stands for any lines; questions among them are answered by Enter.
 *
 * @throws Error with the screen, when a line does not come within a minute
 */
export async function play(shown: Shown, at: Terminal, { secrets = [], last }: Playing = {}): Promise<void> {
  const unused = [...secrets];
  /** Lines above this one have been found. */
  let above = 0;
  let mayPass = false;
  let isOpen = false;
  /** The question that was passed over last: it may still be on the screen. */
  let passed: string | undefined;

  /** Looks at the screen until `look` finds what it wants there; passes over questions where the guide does. */
  async function until<T>(
    line: string,
    passesOver: boolean,
    look: (screen: readonly string[]) => T | undefined,
  ): Promise<T> {
    const end = Date.now() + patience;
    for (;;) {
      const screen = (await at.screen()).split("\n").map((each) => each.trimEnd());
      const found = look(screen);
      if (found !== undefined) return found;
      const question = waiting(screen);
      if (passesOver && question !== undefined && question !== passed) {
        passed = question;
        await at.press("Enter");
      }
      if (Date.now() > end)
        throw new Error(`Line ${shown.line}: not shown:\n${line}\n\n${screen.join("\n").trim()}`);
      await pause(50);
    }
  }

  async function find(line: string, passesOver = mayPass && !isOpen): Promise<void> {
    const pattern = patternOf(line);
    const found = await until(line, passesOver, (screen) => {
      const rest = screen.slice(above);
      const index = rest.findIndex((candidate) => pattern.test(candidate));
      if (index < 0) return undefined;
      // Answers that the guide leaves out.
      const between = rest.slice(0, index).filter((candidate) => candidate && !candidate.startsWith("✔"));
      return mayPass || between.length === 0 ? index : undefined;
    });
    above += found + 1;
    mayPass = false;
  }

  async function answer(line: string): Promise<void> {
    const given = await until(line, mayPass, (screen) => answerIn(waiting(screen) ?? "", line));
    const typed = /^•+$/.test(given) ? (unused.shift() ?? "") : given;
    if (typed) await at.type(typed);
    await at.press("Enter");
    await find(`✔ ${line}`, false);
    passed = undefined;
  }

  /** Where the question of an open choice stands. */
  let question = 0;
  /** Lines that an open choice still has. */
  let ofChoice = 0;
  for (const [index, line] of shown.printed.entries()) {
    if (isOpen && ofChoice === 0) {
      if (!line.startsWith("✔ ")) await at.press("Enter");
      isOpen = false;
      // One line takes the place of an answered list.
      above = question;
    }
    if (line.startsWith("? ")) {
      ofChoice = linesOfChoice(shown.printed.slice(index));
      question = above;
    }
    if (line.trim() === "…") mayPass = true;
    else if (line.startsWith("✔ ")) await answer(line.slice(2));
    else {
      isOpen = ofChoice > 0;
      await find(line);
    }
    if (ofChoice > 0) ofChoice -= 1;
  }
  if (isOpen) await at.press(last ?? "Enter");
  else if (mayPass) await letEnd(at);
}

/** Takes what is offered until the program has ended. */
async function letEnd(at: Terminal): Promise<void> {
  let passed: string | undefined;
  while (!(await at.hasEnded())) {
    const question = waiting((await at.screen()).split("\n"));
    if (question !== undefined && question !== passed) {
      passed = question;
      await at.press("Enter");
    }
    await pause(50);
  }
}

const waiting = (screen: readonly string[]) => screen.findLast((line) => line.startsWith("? "))?.slice(2);

/** How many lines an open question has: those of a list end with its keys. */
function linesOfChoice(lines: readonly string[]): number {
  const end = lines.findIndex((line, index) => index > 0 && /^([?✔] |↑↓)/.test(line));
  return end > 0 && lines[end]!.startsWith("↑↓") ? end + 1 : 1;
}

/** What a guide's line answers to a question: what follows it; undefined where the line is of another question. */
function answerIn(question: string, line: string): string | undefined {
  const [start = "", rest] = line.split("…");
  if (rest === undefined) {
    const common = commonStart(question, line);
    return common > 4 ? line.slice(common).trim() : undefined;
  }
  if (!question.startsWith(start)) return undefined;
  for (let length = rest.length; length > 0; length -= 1) {
    if (question.trimEnd().endsWith(rest.slice(0, length))) return rest.slice(length).trim();
  }
  return undefined;
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a[length] === b[length]) length += 1;
  return length;
}
