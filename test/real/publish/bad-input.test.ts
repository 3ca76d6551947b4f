import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { as } from "../../newsroom/support/newsroom.js";
import type { Computer } from "../../support/kominfo.js";
import { pageId, tokens } from "../stand-ins/meta/world.mjs";
import { office as xOffice } from "../stand-ins/x/accounts.mjs";
import { type Office, openOffice } from "./office.js";

// What goes wrong at an office, played by the built program: each has its sentence, what to type next, and its exit code, and stops
// nothing but its own channel.

let office: Office;
let laptop: Computer;
beforeAll(async () => {
  office = await openOffice("stand-in");
  laptop = await office.laptop(office.operator);
}, 120_000);
afterAll(async () => {
  await office?.close();
});
beforeEach(async () => {
  const { facebook, web } = office.lines;
  await facebook.control("PUT", "/token", { state: "valid" });
  await facebook.control("PUT", "/quota", { total: 100, usedBefore: 0 });
  await web.faults();
});

const publish = (id: string, ...more: string[]) =>
  laptop.run(["post", "publish", id, "--yes", "--max-cost", "1", ...more]);
const stateOf = async (id: string, channel: string) =>
  (await office.publications(id)).find((row) => row.channel === channel)?.state;

describe("a login that Meta refuses", () => {
  it.each([
    ["expired", "habis masa berlakunya"],
    ["revoked", "sudah dicabut"],
    ["no-admin", "tidak memberinya izin"],
  ])("because it is %s, ends with 4 and what to type, and X is out", async (state, sentence) => {
    const id = await office.approve(["facebook", "x"]);
    await office.lines.facebook.control("PUT", "/token", { state });
    const { code, stdout } = await publish(id);
    expect(stdout).toContain(sentence);
    expect(stdout).toMatch(/✗ Facebook .*: .*\n[\s\S]*kominfo auth login facebook/);
    // Whoever does it by hand records it: else the next run does it twice.
    if (state === "no-admin") expect(stdout).toContain("kominfo post record <naskah> --url");
    expect(stdout).toMatch(/✓ X .*: terbit/);
    expect(code).toBe(4);
  });

  it("is told beside the plan of a dry run, which ends with 4 too", async () => {
    const id = await office.approve(["facebook", "x"]);
    await office.lines.facebook.control("PUT", "/token", { state: "revoked" });
    const { code, stdout, stderr } = await publish(id, "--dry-run");
    expect(stdout).toMatch(/^X .*\nSeluruhnya 1 kanal, .*, US\$0\.025\. Tidak ada yang dikirim\.\n$/);
    expect(stderr).toContain("kominfo auth login facebook");
    expect(code).toBe(4);
    expect(await office.publications(id)).toEqual([]);
  });
});

it("a website that could not make its folder of the month for the second of two photos is asked once more", async () => {
  const id = await office.approve(["web"]);
  await office.lines.web.faults({
    ...{ method: "POST", path: "/wp-json/wp/v2/media", times: 1, do: "answer-before" },
    ...{ status: 500, type: "application/json" },
    body: JSON.stringify({
      code: "rest_upload_unknown_error",
      message: "Unable to create directory wp-content/uploads/2026/11.",
    }),
  });
  const { code, stdout } = await publish(id);
  expect([code, await stateOf(id, "web")], stdout).toEqual([0, "published"]);
  expect(await office.lines.web.pendingFaults()).toEqual([]);
});

describe("a channel that quotes the login in its refusal", () => {
  const [token = ""] = tokens;
  const path = { facebook: `/v25.0/${pageId}/feed`, x: "/2/tweets" };
  const secrets = { facebook: token, x: xOffice.keys.access_secret };

  it.each(["facebook", "x"] as const)("tells nobody: %s", async (channel) => {
    const id = await office.approve([channel]);
    const quoted = `Malformed access token ${secrets[channel]}`;
    await office.lines[channel].faults({
      ...{ method: "POST", path: path[channel], times: 1, do: "answer-before", status: 403 },
      body: { error: { message: quoted, type: "OAuthException", code: 190 }, detail: quoted },
    });
    await publish(id, "--to", channel);
    expect(await office.lines[channel].pendingFaults()).toEqual([]);
    const viewer = await office.newsroom.token("viewer");
    const stored = JSON.stringify((await as(office.newsroom, viewer).get(`/submissions/${id}`)).body);
    expect(stored).toContain("Malformed access token ••••");
    expect(stored).not.toContain(secrets[channel]);
    expect(await laptop.filesWith(secrets[channel])).toEqual([]);
  });
});

describe("a website that does not let kominfo in", () => {
  const answers = (status: number, type: string, body: unknown) => ({
    ...{ method: "GET", path: "/wp-json/*", times: 9, do: "answer-before" as const },
    ...{ status, type, body },
  });
  const json = (code: string) => JSON.stringify({ code, message: "" });
  it.each([
    ["has its REST API off", answers(404, "text/html", "<p>404"), 1, "tidak boleh mematikan REST API"],
    [
      "has its REST API off, in its own words",
      answers(404, "application/json", json("rest_no_route")),
      1,
      "REST",
    ],
    ["asks for a login first", answers(401, "text/html", "<p>401"), 4, "kominfo auth login web"],
    ["is hidden by a hotspot", answers(200, "text/html", "<p>login"), 5, "Wi-Fi"],
    ["has a firewall", answers(403, "text/html", "<p>403"), 1, "/wp-json/wp/v2/"],
  ])("because it %s, is told so", async (_, fault, code, sentence) => {
    const id = await office.approve(["web"]);
    await office.lines.web.faults(fault);
    const ended = await publish(id);
    expect(ended.stderr).toContain(sentence);
    expect(ended.code).toBe(code);
    // Nothing was begun, so nothing holds it.
    expect(await office.publications(id)).toEqual([]);
  });

  it("stops the web, and not X", async () => {
    const id = await office.approve(["web", "x"]);
    await office.lines.web.faults(answers(403, "text/html", "<p>403"));
    const { code, stdout } = await publish(id);
    expect(stdout).toMatch(/✗ Web.*: Pengaman \(firewall\) di depan /);
    expect(stdout).toMatch(/✓ X .*: terbit/);
    expect(code).toBe(3);
  });

  it("stops Instagram, whose pictures lie there, and not X", async () => {
    const id = await office.approve(["web", "instagram", "x"]);
    await office.lines.web.faults(answers(403, "text/html", "<p>403"));
    const { code, stdout } = await publish(id, "--to", "instagram,x");
    expect(stdout).toMatch(/✗ Instagram @kec\.cibitung: Pengaman \(firewall\) di depan /);
    expect(stdout).toMatch(/✓ X .*: terbit/);
    expect(code).toBe(3);
    await office.lines.web.faults();
    expect((await publish(id, "--to", "instagram")).code).toBe(0);
    expect(await stateOf(id, "instagram")).toBe("published");
  });
});

describe("what does not fit", () => {
  it("is sent nowhere, and the message names the channels that do fit", async () => {
    const id = await office.approve(["facebook", "x"], { channel_texts: { x: "kata ".repeat(80).trim() } });
    const { code, stderr } = await publish(id);
    expect(stderr).toMatch(/X: Teks terlalu panjang: 399 karakter, paling banyak 280\./);
    expect(stderr).toContain("--to facebook");
    expect(code).toBe(2);
    expect(await office.publications(id)).toEqual([]);
    expect((await publish(id, "--to", "facebook")).code).toBe(0);
  });

  it("leaves photos out, and names them before and after", async () => {
    const id = await office.approve(["instagram", "x"], {}, 12);
    const before = await publish(id, "--dry-run");
    expect(before.stdout).toMatch(
      /^Instagram .* · 10 foto .* · 2 foto tidak ikut: posyandu\.jpg, posyandu\.jpg/,
    );
    expect(before.stdout).toMatch(/\nX .* · 4 foto .* · 8 foto tidak ikut: posyandu\.jpg/);
    const after = await publish(id);
    expect(after.stdout).toMatch(/✓ Instagram .*\n.*\n {2}2 foto tidak ikut: posyandu\.jpg, posyandu\.jpg\n/);
    expect(after.code).toBe(0);
  });

  it("costs more than --max-cost, or costs at all without it: exit 2, and the amount to agree to", async () => {
    const id = await office.approve(["x"]);
    const over = await publish(id, "--max-cost", "0.001");
    expect([over.code, over.stderr]).toEqual([2, expect.stringContaining("Bila setuju: --max-cost 0.025")]);
    const unagreed = await laptop.run(["post", "publish", id, "--yes"]);
    expect([unagreed.code, unagreed.stderr]).toEqual([
      2,
      expect.stringContaining("Tambahkan --max-cost 0.025"),
    ]);
    expect(await office.publications(id)).toEqual([]);
  });

  it("is more than Instagram lets an account publish in a day: exit 5, also of a dry run", async () => {
    const id = await office.approve(["instagram", "x"]);
    await office.lines.facebook.control("PUT", "/quota", { total: 2, usedBefore: 2 });
    const dry = await publish(id, "--dry-run");
    expect([dry.code, dry.stderr], dry.stdout).toEqual([
      5,
      expect.stringContaining("24 jam ini sudah habis"),
    ]);
    expect(dry.stdout).toMatch(
      /^Instagram .* · kuota terpakai \d+ dari 2\nX .*\n {2}! Jatah terbitan Instagram /,
    );
    const { code, stdout } = await publish(id);
    expect([code, stdout]).toEqual([5, expect.stringContaining("24 jam ini sudah habis")]);
  });
});

it("shows a dry run's link as it will be: a mark while the article is not out, then its address", async () => {
  const id = await office.approve(["web", "facebook"]);
  const textOf = async () => {
    const { plan } = JSON.parse((await publish(id, "--dry-run", "--json")).stdout);
    return plan.find(({ channel }: { channel: string }) => channel === "facebook").text as string;
  };
  expect(await textOf()).toContain("(tautan artikel web)");
  expect((await publish(id, "--to", "web")).code).toBe(0);
  const url = (await office.publications(id)).find(({ channel }) => channel === "web")?.url ?? "none";
  const text = await textOf();
  expect(text).toContain(url);
  expect((await publish(id)).code).toBe(0);
  expect(await office.visible("facebook")).toContain(text);
});

it("asks which of two accounts is meant, with the flag to type: exit 2", async () => {
  const own = await office.laptop(office.operator, {
    KOMINFO_FACEBOOK_PAGE_ID: "",
    KOMINFO_FACEBOOK_TOKEN: "",
  });
  for (const [n, token] of tokens.entries()) {
    const login = ["auth", "login", "facebook", "--account", `akun${n + 1}`, "--with-token"];
    const ended = await own.run(login, { stdin: JSON.stringify({ page_id: pageId, token }) });
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
  }
  const id = await office.approve(["facebook", "x"]);
  const argv = ["post", "publish", id, "--yes", "--max-cost", "1"];
  const { code, stderr } = await own.run(argv);
  expect(stderr).toContain("Ada beberapa akun facebook: akun1, akun2.");
  expect(stderr).toContain("--account facebook=<nama>");
  expect(code).toBe(2);
  expect((await own.run([...argv, "--account", "facebook=akun2"])).code).toBe(0);
});

it("takes the login of kominfo.yaml's site where the old address has one of the same name; each can be named", {
  timeout: 120_000,
}, async () => {
  const own = await office.laptop(office.operator, { KOMINFO_WEB_USER: "", KOMINFO_WEB_APP_PASSWORD: "" });
  const { origin } = office.lines.web;
  const old = office.site.url;
  const { app_password } = office.site.users.redaktur!;
  const stdin = JSON.stringify({ user: "redaktur", app_password });
  // The old one comes last, so that neither order nor date says which is meant.
  for (const url of [origin, old]) {
    const ended = await own.run(["auth", "login", "web", "--url", url, "--with-token"], { stdin });
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
  }
  const dry = async (...more: string[]) => {
    const argv = ["post", "publish", await office.approve(["web"], {}, 1), "--dry-run", ...more];
    await office.lines.web.forgetLog();
    const ended = await own.run(argv);
    return { ...ended, isThere: (await office.lines.web.log()).length > 0 };
  };
  const { host } = new URL(old);
  expect(await dry()).toMatchObject({ code: 0, isThere: true });
  expect(await dry("--account", "web=default")).toMatchObject({ code: 0, isThere: true });
  expect(await dry("--account", `web=${host}`)).toMatchObject({ code: 0, isThere: false });

  const file = path.join(own.workspace, "kominfo.yaml");
  const settings = await readFile(file, "utf8");
  await writeFile(file, settings.replace(/^web:.*$/m, ""));
  const asked = await dry();
  expect(asked).toMatchObject({ code: 2 });
  expect(asked.stderr).toContain(`Ada beberapa akun web: ${new URL(origin).host}, ${host}.`);
  expect(asked.stderr).toContain("--account web=<nama>");
  expect(await dry("--account", `web=${new URL(origin).host}`)).toMatchObject({ code: 0, isThere: true });

  const status = async () => JSON.parse((await own.run(["auth", "status", "--json"])).stdout).accounts;
  const sites = async () =>
    (await status()).flatMap((one: { service: string; origin: string }) =>
      one.service === "web" ? [one.origin] : [],
    );
  for (const more of [[], ["--account", "default"]]) {
    const refused = await own.run(["auth", "logout", "web", ...more]);
    expect(refused, refused.stdout).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain(`Ada beberapa akun web: ${new URL(origin).host}, ${host}.`);
    expect(await sites()).toEqual([origin, old]);
  }
  expect((await own.run(["auth", "logout", "web", "--account", host])).code).toBe(0);
  expect(await sites()).toEqual([origin]);
  expect((await own.run(["auth", "logout", "web"])).code).toBe(0);
  expect(await sites()).toEqual([]);
});

it("is stopped while it waits for X's answer, and says what to type next", async () => {
  const id = await office.approve(["x"]);
  await office.lines.x.faults({ method: "POST", path: "/2/tweets", do: "hang-after" });
  // What other tests have left undone is none of this one's `sync`.
  const own = await office.laptop(office.operator);
  const running = own.start(["post", "publish", id, "--yes", "--max-cost", "1"]);
  await expect.poll(async () => office.lines.x.pendingFaults(), { timeout: 60_000 }).toEqual([]);
  running.kill("SIGINT");
  const { code, stderr } = await running.ended;
  expect(stderr).toContain("Lanjutkan: kominfo sync");
  // The line was there: the person stopped it.
  expect(stderr).not.toContain("sambungan");
  expect(stderr).toContain("Dihentikan");
  expect(code).toBe(130);
  await office.lines.x.faults();
  await office.advance(6 * 60_000);
  // What was sent is found, and nothing is sent again.
  const next = await own.run(["sync"]);
  expect([next.code, next.stdout]).toEqual([0, expect.stringContaining("ternyata sudah terbit")]);
});

it("is stopped while it prepares: nothing of it is sent by a later sync, and post publish sends it", async () => {
  const title = "Panen Raya yang Dihentikan";
  const id = await office.approve(["web", "facebook"], { title });
  // What other tests have left undone is none of this one's.
  const isOut = async () =>
    (await Promise.all([office.visible("web"), office.visible("facebook")])).flat().join().includes(title);
  const own = await office.laptop(office.operator);
  await office.lines.web.faults({
    ...{ method: "POST", path: "/wp-json/wp/v2/posts", times: 1, do: "hang-before" },
  });
  const running = own.start(["post", "publish", id, "--yes"]);
  await expect.poll(async () => office.lines.web.pendingFaults(), { timeout: 60_000 }).toEqual([]);
  running.kill("SIGINT");
  const { code, stderr } = await running.ended;
  expect(stderr).toContain(`Lanjutkan: kominfo post publish ${id}`);
  expect(code).toBe(130);
  await office.lines.web.faults();
  // The newsroom has been told: neither this computer nor the office's publisher goes on with it.
  expect(await office.publications(id)).toMatchObject([{ state: "failed" }, { state: "planned" }]);
  const publisher = await office.laptop(await office.newsroom.token("publisher"));
  for (const minutes of [1, 16]) {
    await office.advance(minutes * 60_000);
    const next = await own.run(["sync"]);
    expect(next.code, next.stdout + next.stderr).toBe(0);
    await publisher.run(["publisher", "--once", "--url", office.newsroom.url]);
  }
  expect(await isOut()).toBe(false);
  expect(await office.publications(id)).toMatchObject([{ state: "failed" }, { state: "planned" }]);
  const again = await own.run(["post", "publish", id, "--yes"]);
  expect(again.code, again.stdout + again.stderr).toBe(0);
  expect(await isOut()).toBe(true);
  expect(await office.publications(id)).toMatchObject([{ state: "published" }, { state: "published" }]);
});

it("waits for an embargo by the newsroom's clock, however wrong this computer's is: exit 5, with the time for a script", async () => {
  const hours = 3 * 3_600_000;
  const embargo = new Date(office.newsroom.clock.now.getTime() + hours).toISOString();
  const id = await office.approve(["x"], { embargo });
  const early = await publish(id, "--json");
  expect(early.code).toBe(5);
  expect(JSON.parse(early.stdout)).toMatchObject({
    publications: [{ channel: "x", code: "under-embargo", state: "planned", id: expect.any(String) }],
    not_before: embargo,
  });
  // Everybody's clock goes on but this computer's: X refuses signatures that are five minutes off.
  await office.advance(hours + 60_000);
  expect((await publish(id)).code).toBe(0);
});
