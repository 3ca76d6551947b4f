import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleSlug, sampleTitle, writeAnswers } from "../../support/answers.js";
import { type Computer, openComputer, type ServedNewsroom, startNewsroom } from "../../support/kominfo.js";
import { openPage, startBrowser, type Watched } from "./browser.js";

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());

// One story, told in order, with the operator at the command line and the editor at the desk; once with the desk's
// script and once without any.
describe.each([
  ["with JavaScript", true],
  ["without JavaScript", false],
])("an editor's work at the desk, %s", (_name, javaScriptEnabled) => {
  let newsroom: ServedNewsroom;
  let office: Computer;
  let operator: Computer;
  let desk: Watched;
  const at = (address: string) => newsroom.url + address;

  beforeAll(async () => {
    newsroom = await startNewsroom();
    office = await openComputer({ initialised: false });
    operator = await openComputer({ origin: newsroom.url, token: await newsroom.token("operator") });
    const add = [
      "newsroom",
      "user",
      "add",
      "--data",
      newsroom.folder,
      "--name",
      "Budi Santoso",
      "--role",
      "editor",
    ];
    await office.json(add);
    const answers = await writeAnswers(path.join(operator.home, "kegiatan"), 2);
    await operator.json(["post", "new", "berita-kegiatan", "--from", answers]);
    await operator.json(["post", "submit", "musrenbang"]);
    desk = await openPage(browser, { javaScriptEnabled });
  });
  afterAll(async () => {
    await desk?.close();
    for (const one of [operator, office, newsroom]) await one?.remove();
  });

  const where = () => new URL(desk.page.url()).pathname;

  it("begins with the admin's link, which is spent by its button and not by looking", async () => {
    const words = [
      "newsroom",
      "user",
      "link",
      "Budi Santoso",
      "--data",
      newsroom.folder,
      "--url",
      newsroom.url,
    ];
    const { link } = await office.json(words);
    const { page } = desk;
    await page.goto(link);
    await page.goto(link);
    await page.getByRole("button", { name: "Masuk sekarang" }).click();
    await page.waitForURL(at("/"));
    expect(await page.getByText("Budi Santoso").count()).toBeGreaterThan(0);
    const stranger = await openPage(browser, { javaScriptEnabled });
    await stranger.page.goto(link);
    await stranger.page.getByRole("button", { name: "Masuk sekarang" }).click();
    await stranger.page.getByText("Tautan ini tidak berlaku").waitFor();
    await stranger.close();
  });

  it("the queue shows what waits, and filters by its address", async () => {
    const { page } = desk;
    await page.getByRole("link", { name: sampleTitle }).waitFor();
    await page.getByLabel("Cari judul").fill("musrenbang");
    await page.getByLabel("Kecamatan").selectOption({ label: "Cibitung" });
    await page.getByRole("button", { name: "Terapkan" }).click();
    await page.getByRole("link", { name: sampleTitle }).waitFor();
    expect(page.url()).toContain("kecamatan=32.16.07");
    await page.goto(at("/?kecamatan=32.16.18"));
    await page.getByText("Tidak ada naskah yang cocok").waitFor();
  });

  it("a submission is read with its photos", async () => {
    const { page } = desk;
    await page.goto(at("/?q=musrenbang"));
    await page.getByRole("link", { name: sampleTitle }).click();
    await page.getByRole("heading", { level: 1, name: sampleTitle }).waitFor();
    await page.getByText("Musyawarah itu menetapkan 40 usulan prioritas.").first().waitFor();
    const source = await page.locator(".photo img").first().getAttribute("src");
    const photo = await page.request.get(at(source ?? ""));
    expect(photo.headers()).toMatchObject({
      "content-type": "image/jpeg",
      "x-content-type-options": "nosniff",
    });
  });

  it("it is claimed, remarked on beside its paragraph, and returned with a reason", async () => {
    const { page } = desk;
    await page.getByRole("button", { name: "Ambil untuk ditinjau" }).click();
    await page.getByText("Naskah ini sekarang bagian Anda.").waitFor();
    await page.getByRole("link", { name: "Catat pada Paragraf 1", exact: true }).click();
    expect(await page.getByLabel("Tentang").inputValue()).toBe("p1");
    await page.getByLabel("Catatan untuk pengirim dan rekan").fill("Sebutkan jabatan narasumbernya.");
    await page.getByRole("button", { name: "Simpan catatan" }).click();
    await page.getByText("Catatan tersimpan.").waitFor();
    await page.locator("#step-return summary").click();
    await page.getByLabel("Apa yang perlu diperbaiki?").fill("Lengkapi jabatan narasumber.");
    await page.locator("#step-return button").click();
    await page.getByText("Naskah dikembalikan kepada pengirim").waitFor();
  });

  it("the operator reads both at the command line, mends and sends it again; the open page announces it", async () => {
    const { page } = desk;
    const status = await operator.json(["post", "status", "musrenbang"]);
    expect(status.submission.state).toBe("returned");
    expect(status.comments.map((one: { body: string }) => one.body)).toContain(
      "Sebutkan jabatan narasumbernya.",
    );
    const file = path.join(operator.workspace, "posts", sampleSlug, "index.md");
    const text = await readFile(file, "utf8");
    await writeFile(
      file,
      text.replace("Musyawarah itu menetapkan", "Kepala Seksi Ekbang mengatakan musyawarah itu menetapkan"),
    );
    await operator.json(["post", "submit", "musrenbang", "--message", "Jabatan dilengkapi"]);
    if (javaScriptEnabled) {
      // The page asks every 30 seconds.
      await page.locator("[data-news-here]", { hasText: "Statusnya berubah" }).waitFor({ timeout: 45_000 });
      await page.locator("[data-news-here] a").click();
    } else {
      await page.goto(page.url());
    }
    await page.getByText("menunggu ditinjau").first().waitFor();
    await page.getByText("Revisi 2").first().waitFor();
  });

  it("the two revisions are compared word by word", async () => {
    const { page } = desk;
    await page.getByRole("link", { name: "Bandingkan revisi" }).click();
    await page.locator("ins", { hasText: "Kepala Seksi Ekbang mengatakan" }).waitFor();
    expect(await page.locator("del").allTextContents()).not.toEqual([]);
    await page.getByText("Jabatan dilengkapi").waitFor();
    await page.getByRole("link", { name: "Kembali ke naskah" }).click();
  });

  it("it is approved for what was chosen, and the operator hears of it", async () => {
    const { page } = desk;
    await page.getByRole("button", { name: "Ambil untuk ditinjau" }).click();
    await page.locator("#step-approve summary").click();
    await page.getByLabel("Kanal kabupaten").check();
    await page.locator("#step-approve button").click();
    await page.getByText("Naskah disetujui.").waitFor();
    await page.getByText("Disetujui untuk: Kanal kecamatan, Kanal kabupaten").waitFor();
    expect((await operator.json(["post", "status", "musrenbang"])).submission.state).toBe("approved");
  });

  it("the publication is recorded, and taken down again with its reason", async () => {
    const { page } = desk;
    await page.locator("#record summary").click();
    await page.getByLabel("Alamat tayangan").fill("https://bekasikab.go.id/berita/musrenbang");
    await page.locator("#record button").click();
    await page.getByText("Publikasi dicatat.").waitFor();
    await page.locator(".publication summary").click();
    await page.locator(".publication").getByLabel("Mengapa diturunkan?").fill("Foto salah.");
    await page.locator(".publication button").click();
    await page.getByText("Penurunan dicatat; yang masih terbit terlihat di bagian Publikasi.").waitFor();
  });

  it("logging out everywhere ends it", async () => {
    const { page } = desk;
    await page.goto(at("/account"));
    await page.getByRole("button", { name: "Keluar di semua peranti" }).click();
    await page.goto(at("/week"));
    expect(where()).toBe("/login");
  });

  it("nothing was refused by the policy, thrown or opened on the way", () => {
    expect(desk.wrong).toEqual([]);
  });
});
