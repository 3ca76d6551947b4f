import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleNow } from "../../../scripts/desk-sample.mjs";
import { addPerson } from "../../../src/newsroom/local-people.js";
import { as } from "../../newsroom/support/newsroom.js";
import { axeViolations, openPage, startBrowser, type Watched } from "./browser.js";
import { type SampleNewsroom, startSample } from "./sample.js";

let browser: Browser;
let newsroom: SampleNewsroom;
let approved: string;
beforeAll(async () => {
  browser = await startBrowser();
  newsroom = await startSample();
  approved = await announceAccounts();
});

/** Accounts with and without a publisher, one with a refused login; an approved submission with one that failed. */
async function announceAccounts(): Promise<string> {
  const [editor, publisher] = [await tokenOf("editor"), await tokenOf("publisher")];
  const kabupaten = { destination: "kabupaten", mode: "publish" };
  const put = (who: string, address: string, body: object) =>
    as(newsroom, who).put(`/outlets/${address}`, { ...kabupaten, ...body });
  await put(publisher, "web/https%3A%2F%2Fbekasikab.example.go.id", { label: "bekasikab.example.go.id" });
  await put(editor, "web/https%3A%2F%2Flain.example.go.id", { label: "lain.example.go.id" });
  await put(publisher, "facebook/104206801976382", { label: "Pemkab Bekasi" });
  const x = { label: "@kominfo_kabupaten_bekasi_dengan_nama_panjang" };
  await put(publisher, "x/1583012345678901234", x);
  await put(publisher, "x/1583012345678901234", { ...x, paused: { code: "channel-refused" } });
  const desk = as(newsroom, editor);
  const { items } = (await desk.get("/submissions?state=approved")).body;
  for (const { id } of items) {
    // Of the sample's posts a link to the website was recorded by hand.
    const plan = { channel: "facebook", account: "104206801976382", state: "planned" };
    const made = await desk.post(`/submissions/${id}/publications`, plan);
    if (made.status !== 201) continue;
    const attempts = `/submissions/${id}/publications/${made.body.id}/attempts`;
    const granted = await as(newsroom, publisher).post(attempts, { again: true });
    if (granted.status !== 201) continue;
    const { number, fence } = granted.body;
    const outcome = { state: "failed", code: "190/463", reason: "Error validating access token" };
    const told = await as(newsroom, publisher).put(`${attempts}/${number}`, { fence, outcome });
    if (told.status === 200) return id;
  }
  throw new Error("no approved submission takes a plan");
}

async function tokenOf(role: "editor" | "publisher"): Promise<string> {
  const person = { name: `Uji ${role}`, role, token: true };
  return (await addPerson(newsroom.folder, person, sampleNow as Date)).token!;
}
afterAll(async () => {
  await browser?.close();
  await newsroom?.remove();
});

/** Every page of the desk; what is made by a form is in the last ones. */
const pages = (): [string, string, ((desk: Watched) => Promise<void>)?][] => [
  ["queue", "/"],
  ["queue, filtered to nothing", "/?q=tidakada"],
  ["submission", `/submissions/${newsroom.submission}`],
  [
    "submission, every step open",
    `/submissions/${newsroom.submission}`,
    async ({ page }) => {
      for (const summary of await page.locator("summary").all()) await summary.click();
    },
  ],
  [
    "submission, approved with consent for children",
    `/submissions/${newsroom.submission}`,
    async ({ page }) => {
      await page.locator("#step-approve summary").click();
      // The fields for a consent come with the answer that needs one.
      expect(await page.locator(".consent").isVisible()).toBe(false);
      await page.locator("#step-approve input[value=consented]").check();
      expect(await page.locator(".consent").isVisible()).toBe(true);
    },
  ],
  [
    "submission, a step refused",
    `/submissions/${newsroom.submission}`,
    async ({ page }) => {
      await page.locator("#step-merge summary").click();
      await page.fill("#merged_into", "bukan nomor");
      await page.fill("#reason-merge", "Sama isinya.");
      await page.locator("#step-merge button").click();
      await page.locator("#alert").waitFor();
    },
  ],
  ["older revision", `/submissions/${newsroom.submission}?revision=1`],
  ["compare", `/submissions/${newsroom.submission}/compare?from=1&to=2`],
  ["edit", `/submissions/${newsroom.submission}/edit`],
  ["redaction", `/submissions/${newsroom.submission}/redact`],
  ["channel accounts", "/accounts"],
  [
    "channel accounts, a form open",
    "/accounts",
    async ({ page }) => page.locator("main summary").first().click(),
  ],
  [
    "submission, approved, the plan open",
    `/submissions/${approved}?done=approve`,
    async ({ page }) => {
      expect(await page.getByText("kominfo auth login").first().isVisible()).toBe(true);
      expect(await page.locator("#plan input[type=checkbox]:not([disabled])").count()).toBeGreaterThan(0);
    },
  ],
  ["week", "/week"],
  ["ready", "/ready"],
  ["people", "/people"],
  ["new person", "/people/new"],
  ["person", `/people/${newsroom.editor}`],
  [
    "a link, shown once",
    `/people/${newsroom.editor}`,
    async ({ page }) => {
      await page.locator('form[action$="/link"] button').click();
      await page.locator(".secret").waitFor();
    },
  ],
  ["account", "/account"],
  ["no such page", "/nowhere"],
];
const doors: [string, string][] = [
  ["login", "/login"],
  ["activation", "/activate"],
  ["login link", "/login/link?key=x"],
];

describe.each(["light", "dark"] as const)("every page, in the %s", (colorScheme) => {
  it("has nothing that axe finds fault with, and loads all that it asks for", async () => {
    const faults: Record<string, string[]> = {};
    const visitor = await openPage(browser, { colorScheme });
    for (const [name, address] of doors) {
      await visitor.page.goto(newsroom.url + address);
      faults[name] = await axeViolations(visitor.page);
    }
    const desk = await openPage(browser, { colorScheme });
    await newsroom.enter(desk, "Rina Kusuma");
    for (const [name, address, prepare] of pages()) {
      await desk.page.goto(newsroom.url + address);
      await prepare?.(desk);
      faults[name] = await axeViolations(desk.page);
    }
    expect(Object.fromEntries(Object.entries(faults).filter(([, found]) => found.length > 0))).toEqual({});
    expect(Object.keys(faults)).toHaveLength(doors.length + pages().length);
    expect([...visitor.wrong, ...desk.wrong]).toEqual([]);
    await visitor.close();
    await desk.close();
  });
});

describe("a phone of 360 pixels", () => {
  it("shows every page without scrolling sideways", async () => {
    const desk = await openPage(browser, { viewport: { width: 360, height: 780 } });
    await newsroom.enter(desk, "Rina Kusuma");
    const wide: string[] = [];
    for (const [name, address, prepare] of pages()) {
      await desk.page.goto(newsroom.url + address);
      await prepare?.(desk);
      const width = (await desk.page.evaluate("document.documentElement.scrollWidth")) as number;
      if (width > 360) wide.push(`${name}: ${width}`);
    }
    expect(wide).toEqual([]);
    await desk.close();
  });
});

describe("the keyboard", () => {
  it("reaches the content first, then everything in the order of the page", async () => {
    const desk = await openPage(browser);
    await newsroom.enter(desk, "Budi Santoso");
    await desk.page.goto(`${newsroom.url}/submissions/${newsroom.submission}`);
    await desk.page.keyboard.press("Tab");
    expect(await desk.page.evaluate("document.activeElement.textContent")).toBe("Langsung ke isi");
    const order: number[] = [];
    for (let i = 0; i < 40; i += 1) {
      await desk.page.keyboard.press("Tab");
      order.push(
        (await desk.page.evaluate(
          "[...document.querySelectorAll('a,button,input,select,textarea,summary,[tabindex=\"0\"]')].indexOf(document.activeElement)",
        )) as number,
      );
    }
    expect(order.every((at) => at >= 0)).toBe(true);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    await desk.close();
  });

  it("goes to what went wrong when a form comes back", async () => {
    const desk = await openPage(browser);
    await newsroom.enter(desk, "Budi Santoso");
    await desk.page.goto(`${newsroom.url}/submissions/${newsroom.submission}`);
    await desk.page.locator("#step-merge summary").click();
    await desk.page.fill("#merged_into", "bukan nomor");
    await desk.page.fill("#reason-merge", "Sama isinya.");
    await desk.page.locator("#step-merge button").click();
    await desk.page.locator("#alert").waitFor();
    expect(await desk.page.evaluate("document.activeElement.id")).toBe("alert");
    expect(await desk.page.inputValue("#reason-merge")).toBe("Sama isinya.");
    await desk.close();
  });
});

describe("both languages", () => {
  it("are one button apart, and it stays chosen", async () => {
    const desk = await openPage(browser);
    await newsroom.enter(desk, "Budi Santoso");
    await desk.page.goto(`${newsroom.url}/?kind=agenda`);
    await desk.page.getByRole("button", { name: "English" }).click();
    await desk.page.getByRole("heading", { level: 1, name: "Queue" }).waitFor();
    expect(desk.page.url()).toContain("kind=agenda");
    await desk.page.goto(`${newsroom.url}/week`);
    expect(await desk.page.locator("html").getAttribute("lang")).toBe("en");
    await desk.close();
  });
});

describe("the watch over the policy", () => {
  it("does see what the policy refuses", async () => {
    const desk = await openPage(browser);
    await desk.page.goto(`${newsroom.url}/login`);
    await desk.page.evaluate(
      "document.body.insertAdjacentHTML('beforeend', '<img src=\"https://evil.example/x.png\" style=\"color:red\">')",
    );
    await desk.page.waitForTimeout(500);
    expect(desk.wrong.join()).toContain("policy");
    await desk.close();
  });
});
