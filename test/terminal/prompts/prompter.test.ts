import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import type { Context } from "../../../src/context.js";
import { loadMessages } from "../../../src/language/index.js";
import { flagOrAnswer, oneOf, wholeNumber } from "../../../src/terminal/prompts/ask.js";
import { createPrompter } from "../../../src/terminal/prompts/inquirer.js";
import type { Prompter } from "../../../src/terminal/prompts/prompter.js";
import { type Typed, testHost } from "../../support/host.js";

const messages = { id: (await loadMessages("id")).prompt, en: (await loadMessages("en")).prompt };

function asked(typed: Typed[], language: "id" | "en" = "id", columns = 100) {
  const host = testHost({ cwd: "/", typed, columns });
  return { prompter: createPrompter(host, messages[language], String), host };
}

describe("a yes or no", () => {
  it.each([
    ["y", false, true],
    ["ya", false, true],
    ["Ya ", false, true],
    ["YES", false, true],
    ["t", true, false],
    ["tidak", true, false],
    ["n", true, false],
    ["no", true, false],
    ["", true, true],
    ["", false, false],
  ])("%j, with %s proposed, is %s", async (typed, proposed, answer) => {
    const { prompter } = asked([["Simpan?", `${typed}\r`]]);
    expect(await prompter.confirm({ message: "Simpan?", default: proposed })).toBe(answer);
  });

  it.each([
    ["id", "", true, "ya"],
    ["id", "y", false, "ya"],
    ["id", "t", true, "tidak"],
    ["id", "", false, "tidak"],
    ["en", "", true, "yes"],
    ["en", "n", true, "no"],
  ] as const)(
    "stays as a whole word (%s): %j, with %s proposed, as %s",
    async (language, typed, proposed, word) => {
      const { prompter, host } = asked([["Simpan?", `${typed}\r`]], language);
      await prompter.confirm({ message: "Simpan?", default: proposed });
      const answered = stripVTControlCharacters(host.written.stderr).split("✔").at(-1)?.trim();
      expect(answered).toMatch(new RegExp(`^Simpan\\? \\(./.\\) ${word}$`));
    },
  );

  it("is asked again for anything else, in the person's language", async () => {
    const { prompter, host } = asked([
      ["Simpan?", "mungkin\r"],
      // The slip is gone from the line.
      [/Ketik y untuk ya/, "tidak\r"],
    ]);
    expect(await prompter.confirm({ message: "Simpan?", default: true })).toBe(false);
    expect(host.written.stderr).toContain("(Y/t)");
  });
});

describe("a text", () => {
  it("has a proposal that Enter takes", async () => {
    const { prompter } = asked([["Kredit", "\r"]]);
    expect(await prompter.text({ message: "Kredit", default: "Foto: Setu" })).toBe("Foto: Setu");
  });

  it("that stands in the line can be emptied, and is empty then", async () => {
    const { prompter } = asked([["Kredit", "\u0015\r"]]);
    expect(await prompter.text({ message: "Kredit", default: "Foto: Setu", editable: true })).toBe("");
  });

  it("that stands in the line is typed on, with what Enter leaves as it is", async () => {
    const { prompter, host } = asked([["Kredit", " dan Cibitung\r"]]);
    const typed = await prompter.text({ message: "Kredit", default: "Foto: Setú", editable: true });
    expect(typed).toBe("Foto: Setú dan Cibitung");
    expect(host.written.stderr).not.toContain("(Foto: Setú)");
  });

  it("says what is wrong until it is right", async () => {
    const { prompter } = asked([
      ["Jumlah", "dua\r"],
      ["Harus angka", "\u00152\r"],
    ]);
    const validate = (answer: string) => (/^\d+$/.test(answer) ? "" : "harus angka");
    expect(await prompter.text({ message: "Jumlah", validate })).toBe("2");
  });
});

describe("a secret", () => {
  it("is never shown", async () => {
    const { prompter, host } = asked([["Token", "rahasia-sekali\r"]]);
    expect(await prompter.secret({ message: "Token" })).toBe("rahasia-sekali");
    expect(host.written.stderr).not.toContain("rahasia");
  });
});

describe("a secret that was mistyped", () => {
  it("is asked anew, and nothing of the slip is left in the line", async () => {
    const { prompter, host } = asked([
      ["Frasa", "satu\r"],
      [/! Tidak sama[\s\S]*\? Frasa/, "dua\r"],
    ]);
    const validate = (typed: string) => (typed === "dua" ? "" : "tidak sama");
    expect(await prompter.secret({ message: "Frasa", validate })).toBe("dua");
    expect(host.written.stderr).not.toMatch(/satu|dua/);
  });
});

describe("a choice", () => {
  const choices = [
    { name: "Berita", value: "berita" },
    { name: "Ucapan", value: "ucapan", description: "singkat" },
  ];

  it("is made with the arrows", async () => {
    const { prompter, host } = asked([["Jenis?", "\u001b[B\r"]]);
    expect(await prompter.select({ message: "Jenis?", choices })).toBe("ucapan");
    expect(host.written.stderr).toContain("memilih");
  });

  it("starts at the proposal", async () => {
    const { prompter } = asked([["Jenis?", "\r"]]);
    expect(await prompter.select({ message: "Jenis?", choices, default: "ucapan" })).toBe("ucapan");
  });

  it("explains its keys in no other language", async () => {
    const { prompter, host } = asked([["Jenis?", "\r"]]);
    await prompter.select({ message: "Jenis?", choices });
    expect(host.written.stderr).not.toMatch(/navigate|select|press|arrow/i);
  });
});

describe("a list longer than the screen", () => {
  const choices = Array.from({ length: 30 }, (_, i) => ({ name: `Pilihan ${i + 1}`, value: i + 1 }));
  it("says how much is not seen, and goes on from one end to the other", async () => {
    const { prompter, host } = asked([
      [/↓ 14 baris lagi/, "\u001b[A"],
      [/❯ Pilihan 30[\s\S]*↑ 14 baris lagi/, "\u001b[H"],
      [/❯ Pilihan 1\n[\s\S]*↓ 14 baris lagi/, "\u001b[F"],
      [/❯ Pilihan 30/, "\r"],
    ]);
    expect(await prompter.select({ message: "Mana?", choices })).toBe(30);
    expect(host.written.stderr).toContain("Pilihan 16");
  });
});

describe("a narrow terminal", () => {
  const message =
    "Tanggal 3 Desember 2026 belum tiba, sedangkan berita menceritakan yang sudah terjadi. Benar?";
  /** Every line that was ever drawn. */
  const lines = (text: string) => stripVTControlCharacters(text).split("\n");

  it("breaks a question between words, and leaves room for the answer", async () => {
    const { prompter, host } = asked([[/Benar\?/, "ya\r"]], "id", 40);
    expect(await prompter.confirm({ message, default: true })).toBe(true);
    expect(lines(host.written.stderr)).toEqual(
      expect.arrayContaining([
        "? Tanggal 3 Desember 2026 belum tiba,",
        "  sedangkan berita menceritakan yang",
      ]),
    );
  });

  it("begins a long answer on a line of its own, also the one that is offered", async () => {
    const address = "https://redaksi.example.go.id";
    const { prompter, host } = asked([[/\? Alamat ruang[\s\S]*example/, "\r"]], "id", 40);
    expect(await prompter.text({ message: "Alamat ruang redaksi", default: address, editable: true })).toBe(
      address,
    );
    expect(lines(host.written.stderr)).toContain(`  ${address}`);
  });

  it("breaks a long choice between words", async () => {
    const { prompter, host } = asked([["Mana?", "\r"]], "id", 40);
    const choices = [{ name: "Rapat koordinasi Musrenbang Kecamatan Cibitung (draf)", value: 1 }];
    expect(await prompter.select({ message: "Mana?", choices })).toBe(1);
    expect(lines(host.written.stderr)).toEqual(
      expect.arrayContaining(["❯ Rapat koordinasi Musrenbang Kecamatan", "  Cibitung (draf)"]),
    );
  });
});

describe("Ctrl-C", () => {
  const message = "Apa?";
  it.each<[string, (prompter: Prompter) => Promise<unknown>]>([
    ["text", (prompter) => prompter.text({ message })],
    ["secret", (prompter) => prompter.secret({ message })],
    ["yes or no", (prompter) => prompter.confirm({ message, default: true })],
    ["choice", (prompter) => prompter.select({ message, choices: [{ name: "a", value: 1 }] })],
  ])("at a %s ends with cancelled (130)", async (_kind, ask) => {
    const { prompter, host } = asked([[message, "\u0003"]]);
    await expect(ask(prompter)).rejects.toMatchObject({ code: "cancelled", exit: 130 });
    // What is asked is on stderr: stdout is for results.
    expect(host.written.stdout).toBe("");
  });
});

describe("what a flag gives", () => {
  const nobody = { prompter: async () => undefined } as Context;

  it("is taken before anybody is asked, without white space around it", async () => {
    expect(await flagOrAnswer(nobody, "--reason", " sudah ", async () => "ditanya")).toBe("sudah");
  });

  it.each([undefined, "", "  "])("is missing when it is %j and nobody can be asked", async (value) => {
    await expect(flagOrAnswer(nobody, "--reason", value, async () => "x")).rejects.toMatchObject({
      code: "missing-input",
      exit: 2,
      params: { flag: "--reason" },
    });
  });

  it("is one of a few, in any case, else the nearest is named", () => {
    expect(oneOf("--role", " Editor", ["operator", "editor"])).toBe("editor");
    expect(() => oneOf("--role", "editr", ["operator", "editor"])).toThrow(
      expect.objectContaining({
        code: "bad-choice",
        exit: 2,
        params: expect.objectContaining({ nearest: "editor" }),
      }),
    );
  });

  it.each(["0", "-1", "1.5", "1e3", "", "dua", "99999999999999999999", "0x10"])(
    "%j is no whole number from 1",
    (text) => {
      expect(() => wholeNumber("--jobs", text, 1)).toThrow(expect.objectContaining({ code: "bad-number" }));
    },
  );

  it("is a whole number of at least the least", () => {
    expect(wholeNumber("--port", "0", 0)).toBe(0);
    expect(wholeNumber("--jobs", " 4 ", 1)).toBe(4);
  });
});
