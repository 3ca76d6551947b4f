import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { as, content } from "../../newsroom/support/newsroom.js";
import { openPage, startBrowser, type Watched } from "./browser.js";
import { type SampleNewsroom, startSample } from "./sample.js";

let browser: Browser;
let newsroom: SampleNewsroom;
let budi: Watched;
let sari: Watched;
beforeAll(async () => {
  browser = await startBrowser();
  newsroom = await startSample();
  [budi, sari] = [await openPage(browser), await openPage(browser)];
  await newsroom.enter(budi, "Budi Santoso");
  await newsroom.enter(sari, "Sari Wulandari");
});
afterAll(async () => {
  await browser?.close();
  await newsroom?.remove();
});

const operator = () => as(newsroom, newsroom.people["Siti Aminah"]!.token);
const editor = () => as(newsroom, newsroom.people["Sari Wulandari"]!.token);
const open = async (id: string, ...desks: Watched[]) => {
  for (const { page } of desks) await page.goto(`${newsroom.url}/submissions/${id}`);
};

describe("two editors at once", () => {
  it("who claims second is told who was first, and may take it over knowingly", async () => {
    const id = await operator().submit({ title: "Rebutan" });
    await open(id, budi, sari);
    await budi.page.getByRole("button", { name: "Ambil untuk ditinjau" }).click();
    await budi.page.getByText("Naskah ini sekarang bagian Anda.").waitFor();
    await sari.page.getByRole("button", { name: "Ambil untuk ditinjau" }).click();
    await sari.page.getByText("Budi Santoso sudah lebih dahulu mengambil naskah ini").waitFor();
    expect((await editor().get(`/submissions/${id}`)).body.claimed_by.name).toBe("Budi Santoso");
    await sari.page.getByRole("button", { name: "Ambil alih" }).click();
    await sari.page.getByText("pengambilalihan dicatat di riwayat").waitFor();
    expect((await editor().get(`/submissions/${id}`)).body.claimed_by.name).toBe("Sari Wulandari");
  });

  it("who approves what was changed meanwhile approves nothing, sees the change, and loses no word", async () => {
    const id = await operator().submit({ title: "Basi" });
    await open(id, budi);
    await budi.page.getByRole("button", { name: "Ambil untuk ditinjau" }).click();
    await budi.page.locator("#step-approve summary").click();
    await budi.page.getByLabel("Catatan persetujuan").fill("Siap tayang sore ini.");
    const changed = content({ title: "Basi", body: "Kegiatan berlangsung ricuh." });
    await editor().put(`/submissions/${id}`, { content: changed }, { "if-match": '"r1"' });
    await budi.page.locator("#step-approve button").click();
    await budi.page.getByText("Yang Anda baca revisi 1, sedangkan sekarang sudah ada revisi 2").waitFor();
    expect(await budi.page.getByLabel("Catatan persetujuan").inputValue()).toBe("Siap tayang sore ini.");
    expect((await editor().get(`/submissions/${id}`)).body.state).toBe("in_review");
    await budi.page.getByRole("link", { name: "Bandingkan keduanya" }).click();
    await budi.page.locator("ins", { hasText: "ricuh" }).waitFor();
  });

  it("who saves second keeps the own text, sees the other's, and puts both together", async () => {
    const id = await operator().submit({ title: "Berdua", body: "Alinea satu.\n\nAlinea dua." });
    await open(id, budi);
    await budi.page.getByRole("button", { name: "Ambil untuk ditinjau" }).click();
    for (const { page } of [budi, sari]) await page.goto(`${newsroom.url}/submissions/${id}/edit`);
    await sari.page.fill("#f-text", "Alinea satu oleh Sari.\n\nAlinea dua.");
    await sari.page.fill("#f-place", "Balai Desa Setia Asih");
    await sari.page.getByRole("button", { name: "Simpan revisi baru" }).click();
    await sari.page.getByText("Revisi baru tersimpan.").waitFor();
    await budi.page.fill("#f-text", "Alinea satu.\n\nAlinea dua oleh Budi.");
    await budi.page.getByRole("button", { name: "Simpan revisi baru" }).click();
    await budi.page.getByText("Sari Wulandari menyimpan revisi 2 ketika Anda menyunting revisi 1").waitFor();
    expect(await budi.page.inputValue("#f-text")).toBe("Alinea satu.\n\nAlinea dua oleh Budi.");
    // What Budi did not touch is Sari's already.
    expect(await budi.page.inputValue("#f-place")).toBe("Balai Desa Setia Asih");
    await budi.page.locator("ins", { hasText: "oleh Sari" }).waitFor();
    await budi.page.fill("#f-text", "Alinea satu oleh Sari.\n\nAlinea dua oleh Budi.");
    await budi.page.getByRole("button", { name: "Simpan revisi baru" }).click();
    await budi.page.getByText("Revisi baru tersimpan.").waitFor();
    const { content: last, revision } = (await editor().get(`/submissions/${id}`)).body;
    expect([revision, last.body, last.place]).toEqual([
      3,
      "Alinea satu oleh Sari.\n\nAlinea dua oleh Budi.",
      "Balai Desa Setia Asih",
    ]);
  });

  it("who edits what a colleague has decided on meanwhile is given the text back", async () => {
    const id = await operator().submit({ title: "Terlambat" });
    await open(id, budi);
    await budi.page.getByRole("button", { name: "Ambil untuk ditinjau" }).click();
    await budi.page.goto(`${newsroom.url}/submissions/${id}/edit`);
    await budi.page.fill("#f-text", "Suntingan yang panjang dan berharga.");
    await editor().post(
      `/submissions/${id}/transitions`,
      { to: "rejected", reason: "Ganda" },
      { "if-match": '"r1"' },
    );
    await budi.page.getByRole("button", { name: "Simpan revisi baru" }).click();
    await budi.page.getByText("naskah ini sekarang tidak dimuat").waitFor();
    expect(await budi.page.content()).toContain("Suntingan yang panjang dan berharga.");
  });
});

describe("one editor, twice", () => {
  it("a double click counts once, and neither going back nor loading again sends anything", async () => {
    const id = await operator().submit({ title: "Dua kali" });
    const plain = await openPage(browser, { javaScriptEnabled: false });
    await newsroom.enter(plain, "Budi Santoso");
    const { page } = plain;
    await page.goto(`${newsroom.url}/submissions/${id}`);
    await page.fill("#body", "Catatan pertama.");
    await page.getByRole("button", { name: "Simpan catatan" }).dblclick();
    await page.getByText("Catatan tersimpan.").waitFor();
    const comments = async () => (await editor().get(`/submissions/${id}/comments`)).body.items;
    expect(await comments()).toHaveLength(1);
    // Going back shows the page as it is now: the remark is there, and nothing waits to be sent again.
    await page.goBack();
    await page.locator(".comment", { hasText: "Catatan pertama." }).waitFor();
    expect(await page.inputValue("#body")).toBe("");
    await page.goForward();
    await page.reload();
    expect(await comments()).toHaveLength(1);
    await plain.close();
  });

  it("a remark that was not sent is there again in a new tab, and gone once it is saved", async () => {
    const id = await operator().submit({ title: "Belum terkirim" });
    await open(id, budi);
    await budi.page.fill("#body", "Setengah jadi");
    await open(id, budi);
    expect(await budi.page.inputValue("#body")).toBe("Setengah jadi");
    await budi.page.getByRole("button", { name: "Simpan catatan" }).click();
    await budi.page.getByText("Catatan tersimpan.").waitFor();
    await open(id, budi);
    expect(await budi.page.inputValue("#body")).toBe("");
  });
});
