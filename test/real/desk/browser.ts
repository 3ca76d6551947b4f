import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { needDebian } from "../apt.js";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Debian's Chromium; playwright brings none. */
export async function startBrowser(): Promise<Browser> {
  needDebian("chromium", "chromium");
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ],
  });
}

/** A page of one person's browser, and what went wrong in it: refused by the policy, thrown by a script, opened by one. */
export interface Watched {
  page: Page;
  wrong: string[];
  close(): Promise<void>;
}

export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({ locale: "id-ID", ...options });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on("pageerror", (error) => wrong.push(`thrown: ${error.message}`));
  page.on("dialog", async (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  context.on("page", (other) => wrong.push(`opened: ${other.url()}`));
  page.on("console", (message) => {
    if (/Content Security Policy|Refused to/i.test(message.text())) wrong.push(`policy: ${message.text()}`);
  });
  const session = await context.newCDPSession(page);
  await session.send("Log.enable");
  session.on("Log.entryAdded", ({ entry }) => {
    if (entry.source === "security" || /Content Security Policy/i.test(entry.text))
      wrong.push(`policy: ${entry.text}`);
  });
  await session.send("Network.enable");
  session.on("Network.requestWillBeSent", ({ request }) => {
    if (new URL(request.url).pathname === "/csp") wrong.push("policy: a report was sent");
  });
  return { page, wrong, close: () => context.close() };
}

/** What axe finds wrong with the page as it is now, every rule of WCAG 2.2 AA and its own good practice: "rule: where". */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  // As text: the page's own world is no part of these tests' types.
  const found = (await page.evaluate("axe.run(document).then(({ violations }) => violations)")) as {
    id: string;
    nodes: { html: string; failureSummary: string }[];
  }[];
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`),
  );
}
