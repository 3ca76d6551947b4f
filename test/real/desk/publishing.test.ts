import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addPerson, linkPerson } from "../../../src/newsroom/local-people.js";
import { granted, minute, type Scene, setScene, site } from "../../newsroom/publishing/scene.js";
import { axeViolations, openPage, startBrowser } from "./browser.js";

/* What an editor sees of what goes out, on a phone: a failure, one of which nobody knows, a plan, the accounts. */

let browser: Browser;
let scene: Scene;
let id: string;
beforeAll(async () => {
  browser = await startBrowser();
  scene = await setScene();
  const now = scene.newsroom.clock.now;
  await addPerson(scene.newsroom.place, { name: "Edi", role: "editor" }, now);
  await addPerson(scene.newsroom.place, { name: "Budi", role: "editor" }, now);
  id = await scene.approved({}, { destinations: ["kecamatan"], channels: ["web", "facebook", "x"] });
  const x = { label: "@kec_cibitung", destination: "kecamatan", kecamatan: "32.16.07", mode: "publish" };
  await scene.publisher.put("/outlets/x/1490000000000000000", { ...x, paused: { code: "channel-refused" } });
  await scene.publisher.put("/outlets/facebook/104855591234567", { ...x, label: "Kecamatan Cibitung" });
  const failed = await granted(scene.publisher, await scene.planned(id));
  await failed.tell("failed", { code: "web-refused", reason: "rest_cannot_create: Maaf, Anda tidak boleh." });
  const lost = { channel: "x", account: "1490000000000000000" };
  await (await granted(scene.publisher, await scene.planned(id, lost))).intend();
  scene.pass(11 * minute);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await scene?.remove();
});

async function expectFit(page: Page, what: string): Promise<void> {
  expect(await axeViolations(page), what).toEqual([]);
  expect(await page.evaluate("document.documentElement.scrollWidth"), what).toBeLessThanOrEqual(390);
}

describe.each(["light", "dark"] as const)("a phone of 390 pixels, in the %s", (colorScheme) => {
  it("shows it in one column, and axe finds no fault", async () => {
    const desk = await openPage(browser, {
      ...{ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme },
    });
    const { page } = desk;
    const { newsroom } = scene;
    const link = await linkPerson(newsroom.place, "Edi", newsroom.clock.now);
    await page.goto(newsroom.url + link.path);
    await page.locator("main button").click();
    await page.waitForURL(`${newsroom.url}/`);
    await expectFit(page, "the queue, with a refused login");
    await page.goto(`${newsroom.url}/submissions/${id}`);
    for (const summary of await page.locator("#publications summary").all()) await summary.click();
    await page.getByText("berhenti sesudah mengumumkan akan mengirim").first().waitFor();
    await expectFit(page, "the submission");
    await page.goto(`${newsroom.url}/accounts`);
    for (const summary of await page.locator("main summary").all()) await summary.click();
    await page.getByText(site).first().waitFor();
    await expectFit(page, "the accounts");
    await page.goto(newsroom.url + (await linkPerson(newsroom.place, "Budi", newsroom.clock.now)).path);
    await page.getByText("Masuk sebagai Budi?").waitFor();
    await expectFit(page, "the link of somebody else");
    expect(desk.wrong).toEqual([]);
    await desk.close();
  });
});
