import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { as, cibitung, setu, startNewsroom, type TestNewsroom } from "../newsroom/support/newsroom.js";
import { type Laptop, openLaptop } from "../support/laptop.js";

let newsroom: TestNewsroom;
let laptop: Laptop;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  newsroom = await startNewsroom();
  laptop = await openLaptop(newsroom.url);
  for (const role of ["operator", "editor", "publisher"] as const) tokens[role] = await newsroom.token(role);
  tokens.neighbour = await newsroom.token("operator", setu);
});
afterAll(async () => {
  await newsroom.remove();
  await laptop.remove();
});

const run = (who: string, argv: string[]) =>
  laptop.run(argv, { env: { KOMINFO_NEWSROOM_TOKEN: tokens[who]! }, now: () => newsroom.clock.now });
const review = (...argv: string[]) => run("editor", ["review", ...argv]);
const announce = (who: string, account: string, more: object = {}) =>
  as(newsroom, tokens[who]!).put(`/outlets/x/${account}`, {
    ...{ label: `@akun${account}`, destination: "kecamatan", mode: "publish" },
    ...more,
  });
const outlet = async (account: string) =>
  (await as(newsroom, tokens.editor!).get("/outlets")).body.items.find(
    (item: { account: string }) => item.account === account,
  );

describe("review accounts", () => {
  it("lists whose each is, who announced it, and whether its login works", async () => {
    expect((await review("accounts")).stdout).toContain("Belum ada akun yang diumumkan.");
    await announce("operator", "11");
    await announce("operator", "12", { paused: { code: "channel-refused" } });
    const { code, stdout } = await review("accounts");
    expect(code).toBe(0);
    expect(stdout).toMatch(/X +@akun11 +11 +Cibitung +operator .*, 17 November 2026 .* +belum pernah +baik/);
    expect(stdout).toMatch(/@akun12 .* login ditolak sejak/);
    const { items } = JSON.parse((await review("accounts", "--json")).stdout);
    expect(items).toMatchObject([
      { account: "11", paused: null },
      { account: "12", paused: { code: "channel-refused" } },
    ]);
  });
});

describe("review account", () => {
  it("moves an account, found by its number or its name, and removes a claim", async () => {
    await announce("operator", "21");
    const moved = await review("account", "x", "@akun21", "--kecamatan", "Setu", "--reason", "Akun Setu");
    expect(moved).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("x @akun21 sekarang milik Setu."),
    });
    expect(await outlet("21")).toMatchObject({ kecamatan: setu, decided: { reason: "Akun Setu" } });
    expect((await announce("operator", "21")).status).toBe(409);
    expect((await review("account", "x", "21", "--kabupaten", "--reason", "Keliru")).code).toBe(0);
    expect(await outlet("21")).toMatchObject({ kecamatan: null, destination: "kabupaten" });
    const removed = await review("account", "x", "21", "--remove", "--reason", "Akun pribadi", "--json");
    expect(JSON.parse(removed.stdout).account).toMatchObject({
      account: "21",
      removed_at: expect.any(String),
    });
    expect(await outlet("21")).toBeUndefined();
    // Also back again.
    expect(
      (await review("account", "x", "21", "--kecamatan", cibitung, "--reason", "Ternyata benar")).code,
    ).toBe(0);
    expect(await outlet("21")).toMatchObject({ kecamatan: cibitung });
  });

  it.each([
    [["x", "31", "--kabupaten"], 2, "--reason"],
    [["x", "31", "--reason", "x"], 2, "--kabupaten"],
    [["x", "31", "--kabupaten", "--remove", "--reason", "x"], 2, "--remove"],
    [["x", "31", "--kecamatan", "Setuu", "--reason", "x"], 2, "Setu"],
    [["tiktok", "31", "--kabupaten", "--reason", "x"], 2, "tiktok"],
    [["x", "99", "--kabupaten", "--reason", "x"], 1, "kominfo review accounts"],
  ])("refuses %j", async (argv, code, said) => {
    const ran = await review("account", ...(argv as string[]));
    expect([ran.code, ran.stderr]).toEqual([code, expect.stringContaining(said as string)]);
  });

  it("is not for operators", async () => {
    const ran = await run("operator", ["review", "account", "x", "11", "--remove", "--reason", "x"]);
    expect(ran.code).toBe(4);
    expect(await outlet("11")).toBeDefined();
  });
});

describe("post status and review show", () => {
  it("name an account as readers do, and warn of a refused login where something is still to be sent", async () => {
    await announce("operator", "41");
    const set = Object.entries({
      judul: "Musrenbang Cibitung Digelar",
      kegiatan: "Musrenbang",
      lokasi: "Aula",
      uraian: "Ada 40 usulan.",
      tanggal: "16/11/2026",
    }).flatMap(([key, value]) => ["--set", `${key}=${value}`]);
    const made = await run("operator", ["post", "new", "berita-kegiatan", ...set, "--json"]);
    const { slug } = JSON.parse(made.stdout).post;
    const sent = await run("operator", ["post", "submit", slug, "--json"]);
    const { id } = JSON.parse(sent.stdout).submission;
    await review("claim", id);
    await review("approve", id, "--revision", "1", "--destination", "kecamatan", "--channel", "x");
    const plan = { channel: "x", account: "41", state: "planned" };
    await as(newsroom, tokens.operator!).post(`/submissions/${id}/publications`, plan);
    const status = await run("operator", ["post", "status", slug]);
    expect(status).toMatchObject({ code: 0, stderr: "" });
    expect(status.stdout).toContain("X @akun41 · direncanakan");
    const json = JSON.parse((await run("operator", ["post", "status", slug, "--json"])).stdout);
    expect(json.publications).toMatchObject([{ account: "41", label: "@akun41" }]);
    expect((await review("show", id)).stdout).toContain("X @akun41 · direncanakan");
    await announce("operator", "41", { paused: { code: "channel-refused" } });
    const warned = await run("operator", ["post", "status", slug]);
    expect(warned.stderr).toContain("X @akun41: loginnya ditolak sejak");
    expect(warned.stderr).toContain("kominfo auth login x");
  });
});
