import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadMessages } from "../../../src/language/index.js";
import { createPrompter } from "../../../src/terminal/prompts/inquirer.js";
import { pasteOnOneLine } from "../../../src/terminal/prompts/paste.js";
import { testHost } from "../../support/host.js";

const messages = (await loadMessages("id")).prompt;
const pasted = (text: string) => `\u001b[200~${text}\u001b[201~`;

/** What a prompt receives of keys that arrive in these pieces. */
async function received(pieces: readonly Uint8Array[]): Promise<string> {
  const keys = pasteOnOneLine("¶");
  for (const piece of pieces) keys.write(piece);
  keys.end();
  return Buffer.concat(await keys.toArray()).toString("utf8");
}

describe("what is pasted", () => {
  it("answers with all of its lines, on one", async () => {
    const host = testHost({
      cwd: "/",
      typed: [["Nama kegiatan", `${pasted("Musrenbang\r\nTingkat\tKecamatan")}\r`]],
    });
    const prompter = createPrompter(host, messages, String);
    expect(await prompter.text({ message: "Nama kegiatan" })).toBe("Musrenbang Tingkat Kecamatan");
  });

  it("keeps its lines where an answer may have several", async () => {
    const host = testHost({ cwd: "/", typed: [["Uraian", `${pasted("Satu.\r\rDua.")} Tiga.\r`]] });
    const prompter = createPrompter(host, messages, String);
    expect(await prompter.text({ message: "Uraian", lines: true })).toBe("Satu.\n\nDua. Tiga.");
  });

  it("comes through whole wherever it is cut", async () => {
    const whole = new TextEncoder().encode(`a\u001b[D${pasted("é\n🎉")}b\r`);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(whole.length), { maxLength: 5 }), async (cuts) => {
        // A terminal sends the mark in front at once: after its first byte it cannot be told from the Escape key.
        const inMark = 5;
        const at = [0, ...cuts.filter((cut) => cut !== inMark).sort((a, b) => a - b), whole.length];
        const pieces = at.slice(1).map((end, i) => whole.slice(at[i], end));
        expect(await received(pieces)).toBe("a\u001b[Dé¶🎉b\r");
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  // A console that sets no marks (conhost, serial lines) delivers the lines as keys.
  it.each([
    ["in one piece", ["Satu\rDua\rTiga\r", "\r"]],
    ["with the line ends of Windows", ["Satu\r\nDua\r\nTiga\r\n", "\r"]],
    ["in two pieces, cut after a line", ["Satu\r", "Dua\rTiga\r", "\r"]],
  ])("keeps its lines where nothing marks it, %s", async (_name, [first = "", ...more]) => {
    const keys = pasteOnOneLine("¶", 1000);
    keys.write(first);
    for (const piece of more.slice(0, -1)) keys.write(piece);
    keys.end();
    expect((await keys.toArray()).join("")).toBe("Satu¶Dua¶Tiga¶");
  });

  it("without marks waits for an Enter of its own", async () => {
    const host = testHost({
      cwd: "/",
      typed: [
        ["Uraian", "Satu.\rDua.\r"],
        ["Satu.¶Dua.¶", "\r"],
      ],
    });
    const prompter = createPrompter(host, messages, String);
    expect((await prompter.text({ message: "Uraian", lines: true })).trim()).toBe("Satu.\nDua.");
  });

  it.each([
    ["a line", "Satu\r", "Satu\r"],
    ["two times Enter", "\r\r", "\r"],
    ["a key after Enter", "Satu\r\u001b[B", "Satu\r\u001b[B"],
    ["Ctrl-C after Enter", "\r\u0003", "\r\u0003"],
  ])("is not seen in %s", async (_name, typed, keys) => {
    expect(await received([new TextEncoder().encode(typed)])).toBe(keys);
  });

  it("leaves a lone Escape a key", async () => {
    expect(await received([Uint8Array.of(0x1b)])).toBe("\u001b");
  });
});

describe("an answer of several lines", () => {
  it("is changed on one line and stays what it was", async () => {
    const host = testHost({ cwd: "/", typed: [["Uraian", "!\r"]] });
    const prompter = createPrompter(host, messages, String);
    const answer = await prompter.text({
      message: "Uraian",
      default: "Satu.\n\nDua",
      editable: true,
      lines: true,
    });
    expect(answer).toBe("Satu.\n\nDua!");
  });
});

describe("a Ctrl-C that came before a prompt", () => {
  it("is not followed by a question", async () => {
    const host = testHost({ cwd: "/", typed: [], signal: AbortSignal.abort() });
    const prompter = createPrompter(host, messages, String);
    await expect(prompter.text({ message: "Apa?" })).rejects.toMatchObject({ code: "cancelled", exit: 130 });
    expect(host.written.stderr).toBe("");
  });
});
