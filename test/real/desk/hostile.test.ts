import { randomUUID } from "node:crypto";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../../src/files/hash.js";
import { as, content, photo } from "../../newsroom/support/newsroom.js";
import { openPage, startBrowser } from "./browser.js";
import { type SampleNewsroom, startSample } from "./sample.js";

const script = `<script>window.pwned=1;fetch('/pwned')</script>`;
const handler = `"><img src=/pwned onerror="window.pwned=1"><svg onload="window.pwned=1">`;
const bidi = "\u202eevil\u2066\u200b\u0007\u001b[31m";
const long = "panjang".repeat(36).slice(0, 250);
const liquid = "{{ page.csrf }}{% include 'layout' %}";

const body = [
  `${script} ${handler}`,
  `${bidi} ${long} ${liquid}`,
  "[tekan](javascript:window.pwned=1) <javascript:window.pwned=1> ![x](https://evil.example/pixel.png)",
  '<style>body{display:none}</style><iframe src="/pwned"></iframe>',
  "<base href='https://evil.example/'><form action='https://evil.example'><button>Masuk</button></form>",
  `${"> ".repeat(40)}dalam`,
].join("\n\n");

let browser: Browser;
let newsroom: SampleNewsroom;
let id: string;
beforeAll(async () => {
  browser = await startBrowser();
  newsroom = await startSample();
  const siti = as(newsroom, newsroom.people["Siti Aminah"]!.token);
  const { body: sample } = await siti.get(`/submissions/${newsroom.submission}`);
  const hash: string = sample.content.photos[0].sha256;
  id = await siti.submit(
    content({
      title: `${script}${handler}${bidi}`.slice(0, 200) + long.slice(0, 40),
      place: handler,
      summary: script,
      tags: [handler.slice(0, 60), bidi],
      channel_texts: { facebook: script, x: handler },
      photos: [{ ...photo(hash), filename: `${handler}.jpg`, caption: script, alt: handler, credit: bidi }],
      internal: { [handler.slice(0, 60)]: script },
      answers: { [script.slice(0, 60)]: [handler, { a: bidi }] },
      body,
    }),
  );
  const said = { body: `${script}${handler}${bidi}${liquid}`, anchor: { paragraph: 1 } };
  await siti.post(`/submissions/${id}/comments`, said, { "idempotency-key": randomUUID() });
  const editor = as(newsroom, newsroom.people["Sari Wulandari"]!.token);
  await editor.post(`/submissions/${id}/transitions`, { to: "in_review" });
  const changed = content({ title: `${handler}2`, body: `${script}${script} baru` });
  await editor.put(`/submissions/${id}`, { content: changed, message: handler }, { "if-match": '"r1"' });
});
afterAll(async () => {
  await browser?.close();
  await newsroom?.remove();
});

describe("a submission that attacks its editor", () => {
  it("is shown, on every page where it stands, and nothing of it runs, loads or hides", async () => {
    const desk = await openPage(browser, { viewport: { width: 390, height: 844 } });
    const asked: string[] = [];
    desk.page.on("request", (request) => asked.push(request.url()));
    await newsroom.enter(desk, "Budi Santoso");
    const page = `/submissions/${id}`;
    const places = [
      "/",
      "/?view=all",
      `/?q=${encodeURIComponent(script)}&kind=x`,
      page,
      `${page}?revision=1`,
    ];
    for (const address of [...places, `${page}/compare?from=1&to=2`, `${page}/edit`, "/week"]) {
      await desk.page.goto(newsroom.url + address);
      for (const summary of await desk.page.locator("main summary").all()) await summary.click();
      const seen = (await desk.page.evaluate(`({
        pwned: window.pwned ?? null,
        strays: document.querySelectorAll("main iframe, main style, main base, main script, main object, main svg[onload], main [onerror], main [onload], main a[href^='javascript']").length,
        text: document.body.innerText,
        width: document.documentElement.scrollWidth,
      })`)) as { pwned: unknown; strays: number; text: string; width: number };
      expect(seen, address).toMatchObject({ pwned: null, strays: 0 });
      expect(seen.text, address).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\u0007\u001b]/);
      expect(seen.width, address).toBeLessThanOrEqual(390);
    }
    await desk.page.goto(`${newsroom.url}${page}?revision=1`);
    await desk.page.getByText("<script>window.pwned=1").first().waitFor();
    await desk.page.getByText("{{ page.csrf }}").first().waitFor();
    const outside = asked.filter(
      (url) => !url.startsWith(newsroom.url) || new URL(url).pathname.includes("pwned"),
    );
    expect(outside).toEqual([]);
    expect(desk.wrong).toEqual([]);
    await desk.close();
  });

  it("cannot bring a picture that is a page: photos come under their own type and nothing else", async () => {
    const desk = await openPage(browser);
    await newsroom.enter(desk, "Budi Santoso");
    await desk.page.goto(`${newsroom.url}/submissions/${newsroom.submission}`);
    const source = await desk.page.locator(".photo img").first().getAttribute("src");
    const answer = await desk.page.request.get(newsroom.url + source);
    expect(answer.headers()["content-type"]).toMatch(/^image\/(jpeg|png|webp)$/);
    expect(answer.headers()["x-content-type-options"]).toBe("nosniff");
    expect(answer.headers()["content-security-policy"]).toContain("sandbox");
    for (const name of ["x.svg", "..%2f..%2fnewsroom.db", "0".repeat(64)]) {
      expect((await desk.page.request.get(`${newsroom.url}/photos/${name}`)).status(), name).toBe(404);
    }
    await desk.close();
  });

  it("is refused as an upload when it is an SVG, whatever it calls itself", async () => {
    const siti = newsroom.people["Siti Aminah"]!.token;
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
    const meta = {
      sha256: sha256(svg),
      filename: "foto.jpg",
      type: "image/jpeg",
    };
    const header = Object.entries(meta)
      .map(([key, value]) => `${key} ${Buffer.from(value).toString("base64")}`)
      .join(",");
    const answer = await fetch(`${newsroom.url}/api/v1/uploads`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${siti}`,
        "tus-resumable": "1.0.0",
        "upload-length": String(svg.length),
        "upload-metadata": header,
        "content-type": "application/offset+octet-stream",
      },
      body: svg,
    });
    const refused = (await answer.json()) as { type: string };
    expect([answer.status, refused.type]).toEqual([422, "urn:kominfo:problem:photo-invalid"]);
  });

  it("stays whole where it is edited", async () => {
    const desk = await openPage(browser);
    await newsroom.enter(desk, "Sari Wulandari");
    await desk.page.goto(`${newsroom.url}/submissions/${id}/edit`);
    expect(await desk.page.inputValue("#f-text")).toBe(`${script}${script} baru`);
    await desk.page.getByRole("button", { name: "Simpan revisi baru" }).click();
    await desk.page.getByText("Tidak ada yang berubah").waitFor();
    await desk.close();
  });
});
