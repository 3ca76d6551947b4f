import { describe, expect, it } from "vitest";
import { nextSteps } from "../../src/commands/post/next-steps.js";
import { type PostRow, postTable } from "../../src/commands/post/post-table.js";
import { changeWay, isOver, openRequest, type Standing } from "../../src/commands/post/standing.js";
import type { Context } from "../../src/context.js";
import type { Submission } from "../../src/contract/contract.js";
import {
  displayStateOf,
  type PublicationState,
  possibleSteps,
  type SenderRequest,
  type State,
  states,
} from "../../src/contract/lifecycle.js";
import { failed } from "../../src/errors/errors.js";
import { loadMessages } from "../../src/language/index.js";
import { allowedAction, impossibleFor } from "../../src/submission/plan.js";
import type { Style } from "../../src/terminal/style.js";

/** Every printed next step of a post works in its state: what a command may do there is asked of the lifecycle. */

const slug = "2026-11-22-rapat";
const now = new Date("2026-11-24T02:00:00Z");
const style = new Proxy({} as Style, { get: () => (text: string) => text });

interface Case extends Standing {
  state: State;
  publications: PublicationState[];
  asked: SenderRequest | null;
  /** The kecamatan's pages are among those that it is approved for. */
  isOurs: boolean;
}
/** What the lifecycle lets be: a withdrawal is asked for while it is approved, and what readers see is neither withdrawn nor merged. */
function isReachable({ state, out, asked }: Case): boolean {
  if (asked === "withdraw") return state === "approved";
  if (asked === "unpublish" && !out && state !== "approved") return false;
  return !(out && (state === "withdrawn" || state === "merged"));
}
const cases = states
  .flatMap((state): Case[] =>
    (
      [
        [[], null],
        [[], "withdraw"],
        [["scheduled"], null],
        [["published"], null],
        [["published"], "unpublish"],
        [["unpublished"], null],
        // Its sender had asked for it, and an editor marked it at its channel.
        [["unpublished"], "unpublish"],
      ] as const
    ).flatMap(([rows, asked]) =>
      [true].map((isOurs) => {
        const publications = [...rows];
        const down = state === "approved" && publications[0] === "unpublished";
        return { state, publications, asked, isOurs, out: publications[0] === "published", down };
      }),
    ),
  )
  .filter(isReachable);

function submissionOf({ state, publications, asked, out, isOurs }: Case): Submission {
  const rows = publications.map((row) => ({
    ...{ state: row, correction: false, channel: "web", revision: 1 },
    unpublished_at: row === "unpublished" ? "2026-11-23T03:00:00Z" : null,
  }));
  const known = {
    ...{ state, asked, publications: rows, shown: displayStateOf(state, rows), claimed_by: null },
    ...{
      embargo: null,
      content: { embargo: null },
      possible: possibleSteps(state, "operator", { published: out ?? false, asked }),
    },
    approval: {
      ...{ revision: 1, at: "2026-11-23T02:00:00Z", not_before: null },
      destinations: isOurs ? ["kecamatan"] : ["kabupaten"],
      channels: ["web"],
    },
  };
  return known as unknown as Submission;
}

/** Whether the command does what it says for the sender of this post. */
function works(command: string, { state, out, asked, isOurs, publications }: Case): boolean {
  const [verb, flag] = command.split(" ").slice(2);
  const may = possibleSteps(state, "operator", { published: out ?? false, asked });
  switch (verb) {
    case "submit":
      return allowedAction({ state, out }) !== "nothing";
    case "withdraw":
      return may.some((step) => ["withdraw", "ask_withdrawal", "ask_unpublish"].includes(step));
    case "publish":
      // The newsroom would let what is asked back go out; nobody is told to do it.
      return state === "approved" && asked === null && isOurs && publications[0] !== "unpublished";
    case "delete":
      return isOver({ state, out });
    case "edit":
      // Opens always; as a step it leads to a submission.
      return allowedAction({ state, out }) !== "nothing";
    case "new":
      return flag === "--copy";
    case "status":
    case "preview":
      return true;
    default:
      return false;
  }
}
const commandsOf = (lines: readonly string[]) =>
  lines.flatMap((line) => line.match(/kominfo (?:post \w+|sync|desk)(?: --copy)?/g) ?? []);
const steps = (lines: readonly string[]) =>
  commandsOf(lines).filter((command) => !/sync|desk|status$/.test(command));

describe.each(["id", "en"] as const)("in %s", async (language) => {
  const messages = await loadMessages(language);
  const context = { messages, language, output: { resultColumns: 80 } } as unknown as Context;
  const describeError = messages.errors;

  it.each(cases)("what is printed of $state $publications $asked $isOurs works there", async (one) => {
    const submission = submissionOf(one);
    const { state, out, down } = one;
    const asked = openRequest(submission);
    const row: PostRow = {
      slug,
      title: "Rapat",
      state,
      waiting: false,
      changed_since: 1,
      out: out ?? false,
      down: down ?? false,
      asked,
    };
    const way = changeWay(one);
    const refusal = failed("post-delete-submitted", {
      post: slug,
      ...(out && { out: true as const }),
      ...(asked && { asked }),
    });
    const printed = {
      list: [postTable(context, [row], style)],
      status: [
        ...(await nextSteps(context, submission, [], slug, now)),
        ...(way && way !== "send" ? [messages.postChanges.changeWays[way]({ post: slug })] : []),
      ],
      impossible: describeError["step-impossible"](impossibleFor(submission, slug).params),
      delete: isOver(one) ? [] : describeError["post-delete-submitted"](refusal.params),
    };
    for (const [where, lines] of Object.entries(printed)) {
      const broken = steps(lines).filter((command) => !works(command, one));
      expect({ where, broken }).toEqual({ where, broken: [] });
    }
    // Nobody is left without a word of what is next.
    expect(printed.status.length).toBeGreaterThan(0);
    if (isOver(one) || (down && !asked)) expect(steps(printed.status).join()).toMatch(/new --copy/);
    if (down) expect(printed.impossible.join()).toMatch(/new --copy/);
  });

  describe("of links that were recorded by hand", () => {
    const link = "https://cibitung.example.go.id/rapat";
    const row = (more: object = {}) => ({
      ...{ state: "published", correction: false, channel: "web", account: "", remote_id: null, url: link },
      ...{ revision: 1, unpublished_at: null, take_down: null },
      ...more,
    });
    const stepsOf = (rows: object[], approval: object = {}) => {
      const one: Case = { state: "approved", publications: [], asked: null, isOurs: true };
      const base = submissionOf(one);
      const publications = rows as Submission["publications"];
      const known = { ...base, publications, shown: displayStateOf("approved", publications) };
      return nextSteps(
        context,
        { ...known, approval: { ...base.approval!, ...approval } } as Submission,
        [],
        slug,
        now,
      );
    };

    it("a correction is made by hand and recorded, and not published again", async () => {
      const printed = await stepsOf([row()], { revision: 2 });
      expect(printed).toContain(`kominfo post record ${slug} --url ${link}`);
      expect(printed.join()).not.toContain("post publish");
      expect((await stepsOf([row(), row({ revision: 2 })], { revision: 2 })).join()).not.toMatch(
        /record|publish/,
      );
    });

    it("the channels that are still to come are named, where only some are out", async () => {
      const channels = ["web", "facebook"];
      const partly = await stepsOf([row()], { channels });
      expect(partly).toEqual(
        expect.arrayContaining([`kominfo post publish ${slug} --to facebook`, `kominfo post record ${slug}`]),
      );
      const elsewhere = await stepsOf([row()], { channels, destinations: ["kabupaten"] });
      expect(elsewhere.join()).not.toContain("post publish");
      const facebook = row({ channel: "facebook", url: "https://www.facebook.com/kec/posts/1" });
      expect((await stepsOf([row(), facebook], { channels })).join()).not.toMatch(/record|publish/);
    });

    it("what shall be down is taken down where it is: sync could do nothing", async () => {
      const take_down = { cause: "child" };
      const printed = (
        await stepsOf([row({ take_down }), row({ take_down, revision: 2 })], { revision: 2 })
      ).join("\n");
      expect(printed.split(link)).toHaveLength(2);
      expect(printed).toContain("--taken-down");
      expect(printed).not.toMatch(/kominfo sync|post publish/);
    });
  });
});
