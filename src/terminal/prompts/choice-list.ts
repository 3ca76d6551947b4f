import { Transform } from "node:stream";

/** A list of choices of which a page is on the screen. */
export interface ChoiceList {
  /** Each as it is shown; a long one has several lines. */
  names: readonly string[];
  /** Lines on a page. */
  pageSize: number;
}

/** Lines of a terminal that a question with a page of choices needs besides: the question, a description, the keys, what is above. */
const linesBeside = 8;

/** Lines of choices that fit in a terminal. @param rows undefined where they are not known */
export function pageSizeFor(rows: number | undefined): number {
  return Math.max(5, (rows || 24) - linesBeside);
}

/** Lines that are not on the page while the choice `active` is highlighted, as inquirer lays a page out that does not loop. */
export function hiddenLines(
  { names, pageSize }: ChoiceList,
  active: number,
): { above: number; below: number } {
  const lines = names.map((name) => name.split("\n").length);
  const sum = (part: readonly number[]) => part.reduce((total, count) => total + count, 0);
  const [before, total, own] = [sum(lines.slice(0, active)), sum(lines), lines[active] ?? 1];
  if (total <= pageSize) return { above: 0, below: 0 };
  const middle = Math.floor(pageSize / 2);
  const from = total - before;
  const wanted = from < pageSize - middle ? pageSize - from : Math.min(before, middle);
  const above = Math.max(0, before - Math.min(wanted, pageSize - own));
  return { above, below: Math.max(0, total - above - pageSize) };
}

/** The choice whose highlighted line this is: of several with one name the nearest to `last`. */
export function choiceOf(line: string, names: readonly string[], last: number): number {
  const name = line.slice(line.indexOf(" ") + 1);
  const same = names.flatMap((candidate, i) => (candidate === name ? [i] : []));
  return same.sort((a, b) => Math.abs(a - last) - Math.abs(b - last))[0] ?? last;
}

const moves: Readonly<Record<string, "up" | "down" | "first" | "last" | "page-up" | "page-down">> = {
  ...{ "[A": "up", OA: "up", "[B": "down", OB: "down" },
  ...{ "[H": "first", OH: "first", "[1~": "first", "[7~": "first" },
  ...{ "[F": "last", OF: "last", "[4~": "last", "[8~": "last" },
  ...{ "[5~": "page-up", "[6~": "page-down" },
};
const keyPattern = /(\u001b(?:O[ABHF]|\[[ABHF]|\[[1-8]~))/;

/**
 * Adds keys that inquirer's list lacks: Home, End, Page Up, Page Down, and from an end of the list on to the other. Each becomes the
 * number of the choice, which inquirer takes.
 *
 * @param active the highlighted choice now
 */
export function choiceKeys({ names, pageSize }: ChoiceList, active: () => number): Transform {
  const last = names.length - 1;
  // Backspace empties the line in which inquirer collects what is typed.
  const jumpTo = (index: number) => `\u007f${index + 1}\u007f`;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      // Undefined after a letter in the same piece: where it led is not known yet.
      let at: number | undefined = active();
      let keys = "";
      // Split by a pattern with a group: every second part is a key.
      for (const [i, part] of chunk.toString("latin1").split(keyPattern).entries()) {
        const move = i % 2 === 1 ? moves[part.slice(1)] : undefined;
        const target: number | undefined = move === undefined ? undefined : goal(move, at);
        if (target === undefined) keys += part;
        else keys += jumpTo(target);
        if (move !== undefined) at = target ?? (at === undefined ? at : at + (move === "up" ? -1 : 1));
        else if (part !== "") at = undefined;
      }
      done(null, Buffer.from(keys, "latin1"));
    },
  });

  /** Where a key leads that inquirer does not know; undefined for one that it does. */
  function goal(move: (typeof moves)[string], at: number | undefined): number | undefined {
    if (move === "first") return 0;
    if (move === "last") return last;
    if (at === undefined) return undefined;
    if (move === "up") return at === 0 ? last : undefined;
    if (move === "down") return at === last ? 0 : undefined;
    return move === "page-up" ? Math.max(0, at - pageSize) : Math.min(last, at + pageSize);
  }
}
