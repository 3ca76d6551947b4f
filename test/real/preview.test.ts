import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { samplePhoto } from "../../scripts/sample-photo.mjs";
import { writeAnswers } from "../support/answers.js";
import { type Computer, openComputer } from "../support/kominfo.js";
import { axeViolations, openPage, startBrowser } from "./desk/browser.js";

let browser: Browser;
let computer: Computer;
let page: string;
beforeAll(async () => {
  browser = await startBrowser();
  computer = await openComputer();
  const answers = await writeAnswers(path.join(computer.home, "jawaban"), 5, 1600);
  // Instagram shows it in the ratio of the lead, which lies down.
  await writeFile(
    path.join(computer.home, "jawaban", "IMG_1002.jpg"),
    await samplePhoto({ width: 1200, height: 1600, seed: 9 }),
  );
  const { post } = await computer.json(["post", "new", "berita-kegiatan", "--from", answers]);
  const { preview } = await computer.json(["post", "preview", post.slug]);
  page = pathToFileURL(preview.path).href;
});
afterAll(async () => {
  await browser?.close();
  await computer?.remove();
});

describe("the page of post preview, in Chromium with the network off", () => {
  it.each(["light", "dark"] as const)(
    "has nothing that axe finds fault with, in the %s, and asks for nothing but itself",
    async (colorScheme) => {
      const opened = await openPage(browser, { colorScheme, offline: true });
      const asked: string[] = [];
      opened.page.on("request", (request) => asked.push(request.url()));
      await opened.page.goto(page);
      for (const summary of await opened.page.locator(".card-text summary").all()) await summary.click();
      // axe is put into the page by the test; the page itself runs no script.
      expect(await axeViolations(opened.page)).toEqual([]);
      expect(asked.filter((address) => !address.startsWith("data:"))).toEqual([page]);
      expect(opened.wrong).toEqual([]);
      await opened.close();
    },
  );

  it.each([390, 360, 1440])("needs no sideways scroll at %i pixels", async (width) => {
    const opened = await openPage(browser, { viewport: { width, height: 844 }, offline: true });
    await opened.page.goto(page);
    expect(await opened.page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    await opened.close();
  });

  it("draws every photo, and the part of it that the channel crops to", async () => {
    const opened = await openPage(browser, { viewport: { width: 390, height: 844 }, offline: true });
    await opened.page.goto(page);
    // Four coloured corners, an eighth of the picture each: an uncropped photo shows red at the upper left.
    const colour = async (selector: string) => {
      const box = await opened.page.locator(selector).first().screenshot();
      const { default: sharp } = await import("sharp");
      const { data } = await sharp(box)
        .extract({ left: 8, top: 8, width: 8, height: 8 })
        .resize(1, 1)
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      return [...data].map((value) => Math.round(value / 40));
    };
    const red = [5, 1, 1];
    expect(await colour(".card-web .card-picture")).toEqual(red);
    expect(await colour(".card-facebook .card-picture")).toEqual(red);
    await opened.page.locator(".card-slide:nth-child(2)").scrollIntoViewIfNeeded();
    expect(await colour(".card-slide:nth-child(2) .card-picture")).not.toEqual(red);
    const box = (await opened.page.locator(".card-slide:nth-child(2) .card-picture").boundingBox())!;
    expect(box.width / box.height).toBeCloseTo(4 / 3, 1);
    await opened.close();
  });

  it("works without scripts: the fold opens, and the text can be selected", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, offline: true });
    const opened = await context.newPage();
    await opened.goto(page);
    const details = opened.locator(".card-instagram .card-text details");
    expect(await details.count()).toBe(1);
    await details.locator("summary").click();
    expect(await details.locator("p").isVisible()).toBe(true);
    expect(await opened.locator("#copy-x").inputValue()).toContain("Camat Cibitung Buka Musrenbang");
    await context.close();
  });

  it("is what the watch over its policy sees", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "kominfo-preview-"));
    const { readFile } = await import("node:fs/promises");
    const { fileURLToPath } = await import("node:url");
    const spoiled = path.join(folder, "a.html");
    const text = await readFile(fileURLToPath(page), "utf8");
    await writeFile(spoiled, text.replace("</main>", '<script>1</script><p style="color:red">x</p></main>'));
    const opened = await openPage(browser);
    await opened.page.goto(pathToFileURL(spoiled).href);
    await expect.poll(() => opened.wrong.join()).toContain("policy");
    await opened.close();
    await rm(folder, { recursive: true });
  });
});
