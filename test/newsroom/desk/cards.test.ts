import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approvalChannels } from "../../../src/channels/registry.js";
import { as, cibitung, content, startNewsroom, type TestNewsroom } from "../support/newsroom.js";
import { deskOf, rates } from "./browser.js";

let newsroom: TestNewsroom;
beforeAll(async () => {
  newsroom = await startNewsroom(rates);
});
afterAll(() => newsroom.remove());
const { join, enter } = deskOf(() => newsroom);

/** The cards on a page, without what surrounds them. */
const cardsOf = (page: string) =>
  /<section id="cards"[\s\S]*?<div class="cards">[\s\S]*?\n<\/section>\n<\/div>/.exec(page)?.[0] ?? "";

describe("the page of a submission", () => {
  it("shows what each channel will show, above the steps, and what was approved after that", async () => {
    await join("Budi", "editor");
    const budi = await enter("Budi");
    const siti = as(newsroom, await newsroom.token("operator"));
    const id = await siti.submit(
      content({
        title: "Posyandu Melati buka setiap Selasa",
        channel_texts: { x: "Teks sendiri untuk X, M.Si." },
      }),
    );
    const editor = as(newsroom, await newsroom.token("editor"));
    const before = (await budi.get(`/submissions/${id}`)).text;
    const cards = cardsOf(before);
    for (const channel of approvalChannels) expect(cards).toContain(`id="card-${channel}"`);
    expect(cards).toContain("Teks sendiri untuk X, M.\u200cSi.");
    expect(before.indexOf('id="cards"')).toBeLessThan(before.indexOf('id="steps"'));
    expect(before).toContain("Setelah disetujui, yang dikirim persis ini.");

    await editor.post(`/submissions/${id}/transitions`, { to: "in_review" });
    const approval = { destinations: ["kecamatan"], channels: ["x"] };
    const approved = await editor.post(
      `/submissions/${id}/transitions`,
      { to: "approved", approval },
      { "if-match": '"r1"' },
    );
    expect(approved.status).toBe(200);
    const after = (await budi.get(`/submissions/${id}`)).text;
    expect(after).toContain("Ini yang disetujui, dan tidak berubah lagi.");
    expect(cardsOf(after)).toContain("Teks sendiri untuk X, M.\u200cSi.");
    expect(cardsOf(after)).not.toContain('id="card-web"');
  });

  it("says what a correction costs on X, where it reads the post that it quotes", async () => {
    const budi = await enter("Budi");
    const siti = as(newsroom, await newsroom.token("operator"));
    const editor = as(newsroom, await newsroom.token("editor"));
    const id = await siti.submit(content({ title: "Jam posyandu" }));
    const approve = async (revision: number) => {
      const approval = { destinations: ["kecamatan"], channels: ["x"] };
      const at = `/submissions/${id}/transitions`;
      await editor.post(at, { step: "claim" });
      const match = { "if-match": `"r${revision}"` };
      expect((await editor.post(at, { step: "approve", approval }, match)).status).toBe(200);
    };
    const page = async () => (await budi.get(`/submissions/${id}`)).text;
    await approve(1);
    const account = { label: "@cibitung", destination: "kecamatan", kecamatan: cibitung, mode: "publish" };
    expect((await editor.put("/outlets/x/123", account)).status).toBe(200);
    expect(cardsOf(await page())).toContain("US$0.015");
    const post = {
      channel: "x",
      account: "123",
      state: "published",
      url: "https://x.com/cibitung/status/77",
    };
    expect((await editor.post(`/submissions/${id}/publications`, post)).status).toBe(201);
    const { content: sent } = (await siti.get(`/submissions/${id}`)).body;
    const corrected = { content: { ...sent, correction_note: "Pukul 08.00." } };
    expect((await siti.put(`/submissions/${id}`, corrected, { "if-match": '"r1"' })).status).toBe(200);
    expect(cardsOf(await page())).toContain("US$0.016");
    await approve(2);
    const [cards = "", plan = ""] = (await page()).split('id="steps"');
    expect(cardsOf(cards)).toContain("US$0.016");
    expect(plan).toContain("US$0.016");
  });

  it("shows the same as the newsroom's API gives to a preview", async () => {
    const budi = await enter("Budi");
    const siti = as(newsroom, await newsroom.token("operator"));
    const id = await siti.submit(content({ title: "Kerja bakti di Wanasari" }));
    const { body } = await siti.get(`/submissions/${id}/renderings`);
    const cards = cardsOf((await budi.get(`/submissions/${id}`)).text);
    for (const { channel, text } of body.channels) {
      if (channel === "web") continue;
      expect(cards).toContain(
        `\n${text.join("").replaceAll("&", "&amp;").replaceAll('"', "&quot;")}</textarea>`,
      );
    }
    expect(body.channels).toHaveLength(approvalChannels.length);
  });

  it("has no script and no inline style of its own in a card, whatever the text says", async () => {
    const budi = await enter("Budi");
    const siti = as(newsroom, await newsroom.token("operator"));
    const bad = '<script>alert(1)</script> <p style="color:red" onclick=x>';
    const id = await siti.submit(content({ title: bad, body: bad, channel_texts: { facebook: bad } }));
    const cards = cardsOf((await budi.get(`/submissions/${id}`)).text);
    expect(cards).toContain("&lt;script&gt;");
    expect(cards).not.toMatch(/<script|<p style=/);
  });
});
