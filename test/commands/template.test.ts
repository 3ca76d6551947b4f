import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Laptop, openLaptop } from "../support/laptop.js";

let laptop: Laptop;
beforeEach(async () => {
  laptop = await openLaptop();
});
afterEach(() => laptop.remove());

const own = `---
template:
  title: { id: "Rapat", en: "Meeting" }
  description: { id: "Catatan rapat kami", en: "Our minutes" }
  questions:
    - key: judul
      type: text
      ask: { id: "Judul", en: "Title" }
      required: "ya"
judul: "{{ judul }}"
jenis: "rapat"
---
Isi.
`;

async function addOwn(name: string) {
  const folder = path.join(laptop.workspace, "templates");
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, `${name}.md`), own);
}

interface Item {
  name: string;
  title: string;
  description: string;
  own: boolean;
}

describe("template list", () => {
  it("lists those of the package, also outside a workspace", async () => {
    const { stdout, code } = await laptop.run(["template", "list"], { cwd: laptop.home });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^berita-kegiatan {2,}Satu kegiatan/m);
    expect(stdout.split("\n").filter((line) => / {2,}/.test(line)).length).toBeGreaterThanOrEqual(10);
  });

  it("tells scripts name, title, description and whose each is, in the language of the run", async () => {
    await addOwn("rapat");
    const { items, ...rest } = await laptop.json<{ items: Item[] }>(["template", "list", "--lang", "en"]);
    expect(rest).toEqual({ next_cursor: null });
    expect(items).toContainEqual({ name: "rapat", title: "Meeting", description: "Our minutes", own: true });
    expect(items.find((item) => item.name === "ucapan")).toMatchObject({ title: "Greeting", own: false });
  });

  it("marks the workspace's own", async () => {
    await addOwn("ucapan");
    expect((await laptop.run(["template", "list"])).stdout).toMatch(/^ucapan +Catatan rapat kami +\(milik/m);
  });
});

describe("template show", () => {
  it("tells scripts every question with the keys they rely on", async () => {
    const { template } = await laptop.json<{ template: { questions: Record<string, unknown>[] } }>([
      "template",
      "show",
      "berita-kegiatan",
    ]);
    expect(Object.keys(template)).toEqual(["name", "title", "description", "questions"]);
    const keys = ["key", "type", "ask", "required", "repeat", "default", "choices", "fields"];
    for (const question of template.questions) expect(Object.keys(question)).toEqual(keys);
    const byKey = Object.fromEntries(template.questions.map((question) => [question.key, question]));
    expect(byKey.judul).toMatchObject({
      type: "text",
      required: true,
      repeat: false,
      default: null,
      fields: null,
    });
    expect(byKey.tanggal).toMatchObject({ type: "date", default: "hari ini" });
    expect(byKey.kutipan).toMatchObject({
      type: "group",
      repeat: true,
      fields: expect.arrayContaining([expect.objectContaining({ key: "nama" })]),
    });
  });

  it("shows a person each question by its key, and how to use it", async () => {
    const { stdout } = await laptop.run(["template", "show", "ucapan"]);
    expect(stdout).toMatch(/^Ucapan \(ucapan\)$/m);
    expect(stdout).toMatch(/^ {2}judul {2}Judul ucapan \(wajib\)$/m);
    expect(stdout.trimEnd()).toMatch(/kominfo post new ucapan$/);
  });

  it("does not know others, but the nearest (exit 2)", async () => {
    const ran = await laptop.run(["template", "show", "ucpan"]);
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect(ran.stderr).toContain("Mungkin maksud Anda: ucapan");
  });
});
