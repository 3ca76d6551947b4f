import { readFile } from "node:fs/promises";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromBufferPromise } from "yauzl";
import type { Rendering } from "../../../src/contract/contract.js";
import { addPerson, linkPerson } from "../../../src/newsroom/local-people.js";
import { type Scene, setScene } from "../../newsroom/publishing/scene.js";
import { cibitung, jpeg, photo, uploadPhoto } from "../../newsroom/support/newsroom.js";
import { axeViolations, openPage, startBrowser, type Watched } from "./browser.js";

/*
 * An operator with a phone, and nothing else: what was approved gets from here to the citizens by their hands.
 */

const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
};
let browser: Browser;
let scene: Scene;
let operator: string;
let id: string;
let renderings: Rendering[];
const facebook = "Warga Wanajaya,\r\n\n  besok posyandu </textarea> & “gratis”!\u200c 👩‍👩‍👧  ";

beforeAll(async () => {
  browser = await startBrowser();
  scene = await setScene();
  const wanted = { name: "Siti", role: "operator", kecamatan: cibitung } as const;
  operator = (await addPerson(scene.newsroom.place, wanted, scene.newsroom.clock.now)).user.id;
  const hashes: string[] = [];
  for (const [seed, width, height] of [
    [1, 1600, 1200],
    [2, 1200, 1500],
    [3, 1600, 900],
  ] as const) {
    hashes.push(await uploadPhoto(scene.newsroom, scene.operatorToken, await jpeg(seed, width, height)));
  }
  const channels = ["web", "facebook", "instagram", "x"];
  id = await scene.approved(
    {
      title:
        "Pelayanan Administrasi Kependudukan dan Pertanggungjawaban Pembangunan Berkelanjutan di Wanajaya",
      photos: hashes.map((hash, at) => ({ ...photo(hash), lead: at === 0, alt: `Foto alt ${at + 1}` })),
      channel_texts: { facebook },
      tags: ["posyandu"],
    },
    { destinations: ["kecamatan"], channels },
  );
  renderings = (await scene.editor.get(`/submissions/${id}/renderings`)).body.channels;
});
afterAll(async () => {
  await browser?.close();
  await scene?.remove();
});

async function enter(
  options: BrowserContextOptions = {},
  prepare?: (page: Page) => Promise<unknown>,
): Promise<Watched> {
  const desk = await openPage(browser, { ...phone, acceptDownloads: true, ...options });
  await prepare?.(desk.page);
  const { newsroom } = scene;
  const { path } = await linkPerson(newsroom.place, operator, newsroom.clock.now);
  await desk.page.goto(newsroom.url + path);
  await desk.page.locator("main button").click();
  await desk.page.waitForURL(`${newsroom.url}/ready`);
  return desk;
}

const rendering = (channel: string) => renderings.find((one) => one.channel === channel)!;
async function open({ page }: Watched): Promise<void> {
  await page.goto(`${scene.newsroom.url}/ready/${id}`);
  for (const summary of await page.locator("main summary").all()) await summary.click();
}
const clipboard = (page: Page) => page.evaluate("navigator.clipboard.readText()") as Promise<string>;

async function saved(page: Page, click: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

async function bytesAt(page: Page, path: string): Promise<Buffer> {
  const answer = await page.request.get(scene.newsroom.url + path);
  expect(answer.status()).toBe(200);
  return answer.body();
}

describe.each(["light", "dark"] as const)("a phone of 390 pixels, in the %s", (colorScheme) => {
  it("shows list and post in one column, and axe finds no fault", async () => {
    const desk = await enter({ colorScheme });
    const pages = [
      "/ready",
      "/ready?view=all&q=nirwana&channel=x",
      `/ready/${id}`,
      "/",
      `/submissions/${id}`,
      "/account",
      "/week",
    ];
    for (const path of pages) {
      await desk.page.goto(scene.newsroom.url + path);
      if (path.startsWith("/ready/")) await open(desk);
      expect(await axeViolations(desk.page), path).toEqual([]);
      const width = await desk.page.evaluate("document.documentElement.scrollWidth");
      expect(width, path).toBeLessThanOrEqual(390);
    }
    expect(desk.wrong).toEqual([]);
    await desk.close();
  });
});

describe("what is copied", () => {
  it("is exactly what was approved, of each channel", async () => {
    const desk = await enter({ permissions: ["clipboard-read", "clipboard-write"] });
    await open(desk);
    for (const channel of ["facebook", "instagram", "x"]) {
      const card = desk.page.locator(`#on-${channel}`);
      await card.getByRole("button", { name: "Salin teks", exact: true }).click();
      await card.getByText("Tersalin.").first().waitFor();
      expect(await clipboard(desk.page), channel).toBe(rendering(channel).text.join(""));
    }
    const web = desk.page.locator("#on-web");
    await web.getByRole("button", { name: "Salin judul" }).click();
    await web.getByText("Tersalin.").first().waitFor();
    expect(await clipboard(desk.page)).toBe(rendering("web").article!.title);
    await web.getByRole("button", { name: "Salin isi untuk WordPress" }).click();
    await expect.poll(() => clipboard(desk.page)).toMatch(/^<!-- wp:paragraph -->/);
    await web.getByRole("button", { name: "Salin teks alternatif foto 2" }).click();
    await expect.poll(() => clipboard(desk.page)).toBe("Foto alt 2");
    expect(desk.wrong).toEqual([]);
    await desk.close();
  });

  it("is copied by the keyboard, too, and said to a screen reader", async () => {
    const desk = await enter({ permissions: ["clipboard-read", "clipboard-write"] });
    await open(desk);
    await desk.page.locator("#text-x").focus();
    await desk.page.keyboard.press("Tab");
    await desk.page.keyboard.press("Enter");
    await desk.page.locator("#on-x [role=status]", { hasText: "Tersalin." }).waitFor();
    expect(await clipboard(desk.page)).toBe(rendering("x").text.join(""));
    await desk.close();
  });

  it("is copied the older way where the clipboard is closed", async () => {
    const desk = await enter({}, (page) =>
      page.addInitScript("Object.defineProperty(navigator, 'clipboard', { value: undefined })"),
    );
    await open(desk);
    await desk.page.locator("#on-x").getByRole("button", { name: "Salin teks", exact: true }).click();
    const status = desk.page.locator("#on-x [role=status]").first();
    await expect.poll(() => status.textContent()).toMatch(/Tersalin\.|Tidak dapat disalin/);
    expect(await desk.page.evaluate("document.activeElement.id")).toBe("text-x");
    await desk.close();
  });
});

describe("the photos", () => {
  it("are downloaded as the rendering says, one by one and as a ZIP", async () => {
    const desk = await enter();
    await open(desk);
    const card = desk.page.locator("#on-instagram");
    const one = await saved(desk.page, () => card.getByRole("link", { name: "Unduh foto 2" }).click());
    expect(one.name).toBe("ig-2-posyandu-balita.jpg");
    expect(one.bytes.equals(await bytesAt(desk.page, `/ready/${id}/instagram/photos/2.jpg`))).toBe(true);
    const archive = await saved(desk.page, () =>
      card.getByRole("link", { name: "Unduh semua (ZIP)" }).click(),
    );
    const zip = await fromBufferPromise(archive.bytes, { lazyEntries: true });
    const names: string[] = [];
    for await (const entry of zip.eachEntry()) names.push(entry.fileName);
    expect(names).toEqual([1, 2, 3].map((n) => `ig-${n}-posyandu-balita.jpg`));
    await card.locator("img").first().scrollIntoViewIfNeeded();
    const { width, height } = rendering("instagram").photos[0]!;
    const size =
      "((image) => image.naturalWidth + 'x' + image.naturalHeight)(document.querySelector('#on-instagram img'))";
    await expect.poll(() => desk.page.evaluate(size)).toBe(`${width}x${height}`);
    expect(desk.wrong).toEqual([]);
    await desk.close();
  });

  it("are handed to the phone's own sheet with the text, where it takes them", async () => {
    const sheet = `
      navigator.canShare = () => true;
      navigator.share = async ({ files, text }) => {
        // As Safari does when the photos took too long after the press.
        if (!window.pressed) { window.pressed = true; throw new DOMException("", "NotAllowedError"); }
        window.shared = { text, files: await Promise.all(files.map(async (file) =>
          [file.name, file.type, Array.from(new Uint8Array(await file.arrayBuffer())).length])) };
      };`;
    const desk = await enter({}, (page) => page.addInitScript(sheet));
    await open(desk);
    const card = desk.page.locator("#on-facebook");
    await card.getByRole("button", { name: "Bagikan", exact: true }).click();
    await card.getByRole("button", { name: "Bagikan sekarang" }).click();
    await expect.poll(() => desk.page.evaluate("window.shared?.files.length")).toBe(3);
    const shared = (await desk.page.evaluate("window.shared")) as { text: string; files: unknown[] };
    expect(shared.text).toBe(rendering("facebook").text.join(""));
    const sizes = await Promise.all(
      [1, 2, 3].map(async (n) => (await bytesAt(desk.page, `/ready/${id}/facebook/photos/${n}.jpg`)).length),
    );
    expect(shared.files).toEqual(
      sizes.map((size, at) => [`fb-${at + 1}-posyandu-balita.jpg`, "image/jpeg", size]),
    );
    expect(desk.wrong).toEqual([]);
    await desk.close();
  });

  it("have no such button where the browser cannot", async () => {
    const desk = await enter({}, (page) => page.addInitScript("delete Navigator.prototype.canShare"));
    await open(desk);
    expect(await desk.page.locator("button[data-share]").first().isVisible()).toBe(false);
    await desk.close();
  });
});

describe("the link", () => {
  it("is refused for the wrong channel, with the fault in focus; then recorded, and its card says so", async () => {
    const desk = await enter();
    await open(desk);
    await desk.page.fill("#url-x", "https://www.facebook.com/kec.cibitung/posts/1");
    await desk.page.locator("#on-x form").getByRole("button").click();
    await desk.page.locator("#alert", { hasText: "Itu tautan Facebook" }).waitFor();
    expect(await desk.page.evaluate("document.activeElement.id")).toBe("alert");
    expect(await axeViolations(desk.page)).toEqual([]);
    await desk.page.locator("#alert a").click();
    expect(await desk.page.inputValue("#url-x")).toBe("https://www.facebook.com/kec.cibitung/posts/1");
    await desk.page.fill("#url-x", "https://x.com/kec_cibitung/status/1234567890");
    await desk.page.locator("#on-x form").getByRole("button").click();
    await desk.page.locator("#on-x .tag-published").first().waitFor();
    expect(await axeViolations(desk.page)).toEqual([]);
    await desk.page.goto(`${scene.newsroom.url}/ready`);
    await desk.page.getByText("Belum terbit di 3 dari 4 kanal").waitFor();
    expect(desk.wrong).toEqual([]);
    await desk.close();
  });
});

describe("without JavaScript", () => {
  it("one post among others is found by its title, its channel and what is not out yet", async () => {
    for (const n of [1, 2, 3]) await scene.approved({ title: `Panen Raya ${n}` }, { channels: ["web"] });
    const desk = await enter({ javaScriptEnabled: false });
    const { page } = desk;
    await page.goto(`${scene.newsroom.url}/ready`);
    const titles = () => page.locator("h3").allTextContents();
    const apply = async () => {
      await page.getByRole("button", { name: "Terapkan" }).click();
      await page.getByRole("link", { name: "Hapus saringan" }).waitFor();
    };
    expect((await titles()).length).toBe(4);
    await page.getByLabel("Cari judul").fill("raya 2");
    await apply();
    expect(await titles()).toEqual(["Panen Raya 2"]);
    await page.getByRole("link", { name: "Sudah terbit" }).click();
    expect(await page.getByLabel("Cari judul").inputValue()).toBe("raya 2");
    await page.getByText("Tidak ada naskah yang cocok").waitFor();
    await page.getByRole("link", { name: "Hapus saringan" }).click();
    await page.getByRole("link", { name: "Belum terbit" }).click();
    await page.getByLabel("Kanal").selectOption("instagram");
    await apply();
    expect((await titles()).length).toBe(1);
    expect(desk.wrong).toEqual([]);
    await desk.close();
  });

  it("the text can be selected, the photos downloaded and the link recorded", async () => {
    const desk = await enter({ javaScriptEnabled: false });
    await open(desk);
    expect(await desk.page.locator("button[data-copy]").first().isVisible()).toBe(false);
    expect(await desk.page.locator("button[data-share]").first().isVisible()).toBe(false);
    expect(await desk.page.locator("#text-instagram").isVisible()).toBe(true);
    const card = desk.page.locator("#on-instagram");
    const { name, bytes } = await saved(desk.page, () =>
      card.getByRole("link", { name: "Unduh foto 1" }).click(),
    );
    expect([name, bytes.subarray(0, 2).toString("hex")]).toEqual(["ig-1-posyandu-balita.jpg", "ffd8"]);
    await desk.page.fill("#url-instagram", "https://www.instagram.com/p/Cabc/");
    await card.locator("form").getByRole("button").click();
    await card.locator(".tag-published").first().waitFor();
    expect(desk.wrong).toEqual([]);
    await desk.close();
  });
});
