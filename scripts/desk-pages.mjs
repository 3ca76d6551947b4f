// Pictures of every page of the desk, into docs/desk: npm run docs:desk [-- --out <dir>]
// A newsroom with sample work is served on this machine and looked at with Debian's Chromium, wide and narrow:
// apt-get install chromium fonts-noto-color-emoji
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { TOTP } from "otpauth";
import { chromium } from "playwright-core";
import sharp from "sharp";
import { linkPerson } from "../dist/newsroom/local-people.js";
import { serve } from "../dist/newsroom/serve.js";
import { publishSample } from "./desk-publishing.mjs";
import { fillNewsroom, sampleNow } from "./desk-sample.mjs";

const { values: flags } = parseArgs({
  options: { out: { type: "string", default: path.resolve(import.meta.dirname, "../docs/desk") } },
});
const widths = { wide: 1280, narrow: 390 };
const folder = await mkdtemp(path.join(tmpdir(), "kominfo-desk-"));
const data = path.join(folder, "newsroom");
const sample = await fillNewsroom(data, hallPicture);
const clock = { now: sampleNow };
const service = await serve({
  host: "127.0.0.1",
  port: 0,
  data,
  images: { verify: never },
  version: "0.1.0",
  now: () => clock.now,
});
const published = await publishSample(service.url, data, sample, clock);
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
await mkdir(flags.out, { recursive: true });
let bytes = 0;
try {
  for (const [name, width] of Object.entries(widths)) await picturesAt(name, width, "light");
  await picturesAt("dark", widths.wide, "dark");
  process.stdout.write(`${flags.out}: ${Math.round(bytes / 1024)} KB\n`);
} finally {
  await browser.close();
  await service.close();
  await rm(folder, { recursive: true, force: true });
}

async function picturesAt(name, width, colorScheme) {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme,
    locale: "id-ID",
  });
  const page = await context.newPage();
  const open = (address) => page.goto(service.url + address);
  const picture = (title, fullPage) => shoot(page, `${title}-${name}`, undefined, fullPage);
  const onlySome = name === "dark";
  const { path: link } = await linkPerson(data, sample.admin, sampleNow);
  if (!onlySome) {
    await open("/login");
    await picture("login");
    await activation(page, picture);
    await context.clearCookies();
    await open(link);
    await picture("login-link");
  }
  await open(link);
  await page.click("main button");
  await open("/");
  await picture("queue");
  const submission = `/submissions/${sample.submission}`;
  await open(submission);
  // The cards have a picture of their own.
  await page.evaluate(() => document.querySelector("#cards").remove());
  await picture("submission", !onlySome);
  await open(`${submission}/compare?from=1&to=2`);
  await picture("compare");
  await open("/week?week=2026-W47");
  await picture("week");
  if (!onlySome) {
    await publishing(page, open, name, picture);
    await open("/?view=returned&q=jembatan");
    await picture("queue-filtered");
    await open(submission);
    await page.click("#step-approve summary");
    await page.locator("#steps").scrollIntoViewIfNeeded();
    await shoot(page, `steps-${name}`, page.locator("#steps"));
    await staleApproval(page, submission, picture);
    await open(`${submission}/edit`);
    await picture("edit");
    await open(`${submission}/redact`);
    await picture("redact");
    await open("/people");
    await picture("people");
    await open("/people/new");
    await picture("person-new");
    await open(`/people/${sample.editor}`);
    await picture("person");
    await page.click('form[action$="/link"] button');
    await picture("person-link");
    await open("/account");
    await picture("account");
    await open("/nowhere");
    await picture("not-found");
  }
  await context.close();
}

/** What editors and operators see of what goes out. */
async function publishing(page, open, name, picture) {
  await open(`/submissions/${published.troubled}`);
  await shoot(page, `publications-${name}`, page.locator("#publications"));
  if (name === "wide") await shoot(page, `cards-${name}`, page.locator("#cards"));
  await open(`/submissions/${published.planned}`);
  await page.click("#plan summary");
  await shoot(page, `plan-${name}`, page.locator("#publications"));
  await open("/accounts");
  await picture("accounts");
  await open("/ready");
  await picture("ready");
  await open(`/ready/${published.ready}`);
  // It is made for a phone.
  if (name === "narrow") await picture("ready-post");
}

/** What an editor sees who approves a revision that is not the newest any more. */
async function staleApproval(page, submission, picture) {
  await page.goto(service.url + submission);
  await page.click("#step-approve summary");
  await page.locator("#step-approve input[name=revision]").evaluate((input) => {
    input.value = "1";
  });
  await page.check("#step-approve input[value=none]");
  await page.fill("#note", "Siap tayang sore ini.");
  await page.click("#step-approve button");
  await picture("stale", false);
}

async function activation(page, picture) {
  const { addPerson } = await import("../dist/newsroom/local-people.js");
  const who = { name: "Joko Prasetyo", role: "editor" };
  const { activation_code, user } = await addPerson(data, who, sampleNow);
  await page.goto(`${service.url}/activate`);
  await page.fill("#code", activation_code);
  await page.click("main button");
  await picture("activate");
  const secret = await page.inputValue("input[name=secret]");
  await page.fill("#login_name", `joko${user.id.slice(-4)}`);
  await page.fill("#password", "kuda baterai staples benar");
  await page.fill("#totp", new TOTP({ secret }).generate({ timestamp: sampleNow.getTime() }));
  await page.click("main button");
  await page.waitForURL(`${service.url}/`);
}

/** The whole page, or a part; small, and without what a camera would call noise. */
async function shoot(page, name, part, fullPage = true) {
  // Pictures that wait to be seen.
  await page.evaluate(async () => {
    for (const image of document.images) image.loading = "eager";
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  });
  const png = part ? await part.screenshot() : await page.screenshot({ fullPage });
  const webp = await sharp(png).webp({ quality: 40, effort: 6 }).toBuffer();
  bytes += webp.length;
  await writeFile(path.join(flags.out, `${name}.webp`), webp);
}

async function never() {
  throw new Error("nothing is uploaded here");
}

/** A drawn meeting hall: nobody's photo, and small. */
function hallPicture(n) {
  const [wall, cloth, screen] = [
    ["#cfd8d3", "#7a3b2e", "#f4efe2"],
    ["#d9d2c3", "#2d5a63", "#eef3ee"],
    ["#c9d3da", "#5b5a2c", "#f6f0dd"],
  ][n % 3];
  const heads = Array.from({ length: 26 }, (_, i) => {
    const row = Math.floor(i / 9);
    const x = 90 + (i % 9) * 138 + row * 46;
    const y = 600 + row * 95;
    const shade = ["#2b2622", "#3a322b", "#4a3d33"][(i + n) % 3];
    const shirt = ["#3f6b57", "#8c6d3f", "#5a6f8c", "#93504a", "#cfc6b4"][(i * 3 + n) % 5];
    return `<circle cx="${x}" cy="${y}" r="34" fill="${shade}"/><path d="M${x - 62} ${y + 120} q0 -84 62 -84 t62 84z" fill="${shirt}"/>`;
  }).join("");
  const speaker = 300 + n * 330;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="853"><rect width="1280" height="853" fill="${wall}"/>
<rect y="520" width="1280" height="333" fill="#b9a88c"/><rect x="420" y="70" width="440" height="250" rx="6" fill="${screen}"/>
<path d="M470 130h340M470 175h260M470 220h300M470 265h180" stroke="#9aa79f" stroke-width="14" stroke-linecap="round"/>
<path d="M0 0h1280v46q-80 40-160 0t-160 0-160 0-160 0-160 0-160 0-160 0-160 0z" fill="${cloth}"/>
<rect x="${speaker - 70}" y="400" width="140" height="150" rx="8" fill="#6f5237"/><circle cx="${speaker}" cy="290" r="38" fill="#3a2f28"/>
<path d="M${speaker - 75} 420q0-92 75-92t75 92z" fill="#c9b98f"/><path d="M${speaker + 34} 400l22 -58" stroke="#222" stroke-width="7" stroke-linecap="round"/>${heads}</svg>`;
  return sharp(Buffer.from(svg)).blur(0.6).jpeg({ quality: 82 }).toBuffer();
}
