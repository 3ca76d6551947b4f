import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeAnswers } from "../support/answers.js";
import { type Computer, openComputer } from "../support/kominfo.js";

let computer: Computer;
let slug: string;
beforeAll(async () => {
  computer = await openComputer();
  const answers = await writeAnswers(path.join(computer.home, "jawaban"), 2, 1200);
  slug = (await computer.json(["post", "new", "berita-kegiatan", "--from", answers])).post.slug;
});
afterAll(() => computer.remove());
const file = () => path.join(computer.workspace, "posts", slug, "pratinjau.html");

describe("post preview, as it is installed", () => {
  it("prints one document with --json, without a newsroom, a login or a vault", async () => {
    const ran = await computer.run(["post", "preview", slug, "--json"]);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    const page = await readFile(file());
    expect(JSON.parse(ran.stdout)).toEqual({
      preview: { path: file(), bytes: page.length },
      warnings: [],
    });
    expect(page.toString("utf8")).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  });

  it("says in words what it wrote, and writes the same page again", async () => {
    const before = await readFile(file(), "utf8");
    const ran = await computer.run(["post", "preview", slug, "--whatsapp"]);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toContain(`✓ Pratinjau: ${file()}\n  Untuk WhatsApp: `);
    const withoutTime = (page: string) => page.replace(/\d{1,2} \w+ \d{4}, \d\d\.\d\d WIB/, "");
    expect(withoutTime(await readFile(file(), "utf8"))).toBe(withoutTime(before));
    const card = path.join(path.dirname(file()), `${slug}-whatsapp.jpg`);
    expect((await stat(card)).size).toBeGreaterThan(20_000);
  });

  it("ends with 2 for what is not there, in the language that is asked for", async () => {
    const ran = await computer.run(["post", "preview", "tidakada", "--lang", "en"]);
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect((await computer.run(["post", "preview", slug, "--out", "a.txt"])).code).toBe(2);
  });
});
