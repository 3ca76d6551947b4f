import { mkdir } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startNewsroom, type TestNewsroom } from "../newsroom/support/newsroom.js";
import { type Interception, type Intermediary, startIntermediary } from "../support/intermediary.js";
import { type Laptop, openLaptop } from "../support/laptop.js";
import { writePhoto } from "../support/photos.js";

let newsroom: TestNewsroom;
let between: Intermediary;
let laptop: Laptop;
let token: string;
let events = 0;

beforeAll(async () => {
  newsroom = await startNewsroom();
  between = await startIntermediary(newsroom.url);
  token = await newsroom.token("operator");
});
afterAll(async () => {
  await between.close();
  await newsroom.remove();
});
beforeEach(async () => {
  between.intercepts = () => undefined;
  between.seen = [];
  laptop = await openLaptop(between.url);
  const folder = path.join(laptop.workspace, "foto");
  await mkdir(folder);
  await writePhoto(folder, "besar.jpg", { seed: ++events, width: 900, height: 600 });
  await writePhoto(folder, "kecil.jpg", { seed: ++events, width: 60, height: 40 });
});
afterEach(() => laptop.remove());

const run = (argv: readonly string[]) =>
  laptop.run(argv, { env: { KOMINFO_NEWSROOM_TOKEN: token }, now: () => newsroom.clock.now });
const upload = () => run(["photo", "upload", "foto", "--event", `acara ${events}`, "--jobs", "1"]);
async function uploadJson() {
  const ran = await run(["photo", "upload", "foto", "--event", `acara ${events}`, "--jobs", "1", "--json"]);
  return { ...JSON.parse(ran.stdout), exit: ran.code };
}
/** Answers what brings bytes of a photo. */
const atPatch =
  (status: number): Interception =>
  ({ method }) =>
    method === "PATCH" ? { status } : undefined;
/** Words that would blame the operator's account, or the address. */
const blame = /tidak berhak|Tidak ada ruang redaksi|Periksa alamat|menolak akun/;

describe("photo upload through something that answers in the newsroom's place", () => {
  it("413: that photo fails by its name, the other one is sent, exit 3", async () => {
    between.intercepts = ({ method, headers }) =>
      method === "PATCH" && Number(headers["content-length"]) > 5000 ? { status: 413 } : undefined;
    const ran = await upload();
    expect(ran.code).toBe(3);
    expect(ran.stderr).toMatch(/besar\.jpg: .*perantara menolak berkas sebesar ini/);
    expect(ran.stderr).not.toContain("kecil.jpg:");
    expect(ran.stdout).toContain("1 dari 2 foto lengkap");
    // Once the limit is higher, the same command sends it.
    between.intercepts = () => undefined;
    expect(await uploadJson()).toMatchObject({ exit: 0, summary: { uploaded: 1, present: 1, failed: 0 } });
  });

  it.each([403, 405, 501, 406, 451])("%d: it is not the newsroom's, exit 1", async (status) => {
    between.intercepts = atPatch(status);
    const ran = await upload();
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain("bukan dari ruang redaksi");
    expect(ran.stderr).toContain(String(status));
    expect(ran.stderr).not.toMatch(blame);
    // Refused once, not for two minutes.
    expect(between.seen.filter((line) => line === `PATCH ${status}`)).toHaveLength(1);
  });

  it("401 of a web server's own login is not the newsroom's either; the newsroom's is", async () => {
    const headers = { "www-authenticate": 'Basic realm="intern"' };
    between.intercepts = () => ({ status: 401, headers });
    expect(await uploadJson()).toMatchObject({ exit: 1, paused: { code: "intermediary-refused" } });
    between.intercepts = () => undefined;
    const gone = await laptop.run(["photo", "upload", "foto", "--event", "x", "--json"], {
      env: { KOMINFO_NEWSROOM_TOKEN: "kominfo_salah" },
      now: () => newsroom.clock.now,
    });
    expect(JSON.parse(gone.stdout).paused).toMatchObject({ code: "login-refused", exit: 4 });
  });

  it("a redirect to another host, a page with 200 and 511 are a hotspot's, exit 5 at once", async () => {
    const location = "http://wifi.example/login?u=rahasia";
    between.intercepts = () => ({ status: 302, headers: { location } });
    const redirected = await upload();
    expect(redirected.code).toBe(5);
    expect(redirected.stderr).toMatch(/dialihkan ke http:\/\/wifi\.example\/login: .*hotspot/);
    expect(redirected.stderr).not.toContain("rahasia");
    expect(redirected.stderr).toContain("kominfo config set newsroom <alamat>");
    expect(redirected.stderr).not.toContain("kominfo.yaml");
    for (const status of [200, 511]) {
      between.intercepts = () => ({ status });
      const ran = await upload();
      expect([ran.code, ran.stderr]).toEqual([5, expect.stringContaining("Wi-Fi")]);
    }
    expect(between.seen).toHaveLength(3);
    // Also in the middle of a photo.
    between.intercepts = ({ method }) =>
      method === "PATCH" ? { status: 302, headers: { location } } : undefined;
    expect((await upload()).code).toBe(5);
  });

  it("an answer without a content type is said to have none", async () => {
    between.intercepts = ({ method }) =>
      method === "PATCH" ? { status: 403, headers: { "content-type": "" } } : undefined;
    expect((await upload()).stderr).toContain("Jawaban 403 (tanpa jenis isi) itu bukan dari ruang redaksi");
  });

  it("a redirect of the newsroom's own host is a wrong address, exit 1", async () => {
    const location = `${between.url.replace("http:", "https:")}/api/v1/`;
    between.intercepts = () => ({ status: 301, headers: { location } });
    const ran = await upload();
    expect([ran.code, ran.stderr]).toEqual([1, expect.stringContaining(`mengalihkan ke ${location}`)]);
  });

  it.each([404, 410])("%d of a page is not the newsroom's once that has answered, exit 1", async (status) => {
    between.intercepts = atPatch(status);
    const ran = await upload();
    expect([ran.code, ran.stderr]).toEqual([1, expect.stringContaining("bukan dari ruang redaksi")]);
    expect(ran.stderr).not.toMatch(blame);
    // Where nothing else has answered, nobody knows of a newsroom.
    between.intercepts = () => ({ status });
    expect((await upload()).stderr).toContain("Tidak ada ruang redaksi");
  });

  it.each([300, 304, 407])(
    "%d without an address or a proxy is something in between, exit 1",
    async (status) => {
      for (const intercepts of [atPatch(status), () => ({ status })]) {
        between.intercepts = intercepts;
        const ran = await upload();
        expect([ran.code, ran.stderr]).toEqual([1, expect.stringContaining(`Jawaban ${status} `)]);
        expect(ran.stderr).not.toMatch(blame);
        expect(ran.stderr).not.toMatch(/HTTPS_PROXY|mengalihkan ke/);
      }
    },
  );

  it.each([502, 503, 504])("%d of a page says what cannot be reached, exit 5", async (status) => {
    between.intercepts = () => ({ status });
    const ran = await run(["post", "status", "019c3f5e-7a10-7cc2-9d0b-5a1f0c2e8b11"]);
    expect([ran.code, ran.stderr]).toEqual([
      5,
      expect.stringContaining(`Perantara di depan ${between.url} menjawab ${status}`),
    ]);
  });

  it("a page with 200 in the middle of a photo is a hotspot's; for what answers nothing it is no success", async () => {
    between.intercepts = atPatch(200);
    const ran = await upload();
    expect([ran.code, ran.stderr]).toEqual([5, expect.stringContaining("Wi-Fi")]);
    const own = await newsroom.token("operator");
    between.intercepts = ({ method }) => (method === "DELETE" ? { status: 200 } : undefined);
    const now = () => newsroom.clock.now;
    const stdin = `${own}\n`;
    expect((await laptop.run(["auth", "login", "newsroom", "--with-token"], { stdin, now })).code).toBe(0);
    const logout = await laptop.run(["auth", "logout", "newsroom"], { now });
    expect(logout.code).toBe(3);
    expect(logout.stderr).toContain("Tokennya belum dapat dicabut di ruang redaksi.");
  });

  it("a redirect to another page of the same host is no new address of the newsroom, exit 1", async () => {
    between.intercepts = () => ({ status: 302, headers: { location: "/masuk?sesi=rahasia" } });
    const ran = await upload();
    expect([ran.code, ran.stderr]).toEqual([1, expect.stringContaining("ke halaman /masuk, ")]);
    expect(ran.stderr).not.toMatch(/rahasia|kominfo\.yaml/);
  });

  it.each(["besok", "-3", "0", "999999999", "1e9"])("Retry-After %s is no time to wait", async (wait) => {
    between.intercepts = () => ({ status: 429, headers: { "retry-after": wait } });
    const ran = await run(["post", "status", "019c3f5e-7a10-7cc2-9d0b-5a1f0c2e8b11"]);
    expect([ran.code, ran.stderr]).toEqual([
      5,
      expect.stringContaining("Ulangi perintah yang sama sebentar lagi."),
    ]);
  });

  it("doctor and the submission of a post say the same", async () => {
    between.intercepts = () => ({ status: 403 });
    const ran = await run(["doctor", "--json"]);
    const { checks } = JSON.parse(ran.stdout);
    expect(checks.find(({ id }: { id: string }) => id === "newsroom")).toMatchObject({
      ok: false,
      message: expect.stringContaining("bukan dari ruang redaksi"),
    });
  });
});
