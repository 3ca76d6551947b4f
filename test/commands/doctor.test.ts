import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addPerson } from "../../src/newsroom/local-people.js";
import { metaReply, pageId, pageToken, type Service, startService } from "../channels/services.js";
import { startNewsroom, type TestNewsroom } from "../newsroom/support/newsroom.js";
import type { HostOptions } from "../support/host.js";
import { type Laptop, openLaptop } from "../support/laptop.js";

let newsroom: TestNewsroom;
let laptop: Laptop;
beforeAll(async () => {
  newsroom = await startNewsroom();
});
afterAll(() => newsroom.remove());
beforeEach(async () => {
  laptop = await openLaptop(newsroom.url);
});
afterEach(() => laptop.remove());

const now = () => newsroom.clock.now;

async function doctor(options: Partial<HostOptions> = {}) {
  const { code, stdout } = await laptop.run(["doctor", "--json"], { now, ...options });
  const { checks }: { checks: { id: string; ok: boolean; message: string; fix: string | null }[] } =
    JSON.parse(stdout);
  return { code, checks, check: (id: string) => checks.find((check) => check.id === id) };
}

it("on a laptop that is ready finds everything well", async () => {
  const token = await newsroom.token("operator");
  const { code, checks } = await doctor({ env: { KOMINFO_NEWSROOM_TOKEN: token } });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(checks.map(({ id }) => id)).toEqual([
    ...[
      "workspace",
      "newsroom-address",
      "newsroom",
      "clock",
      "vault",
      "audit",
      "login",
      "images",
      "templates",
      "disk",
    ],
  ]);
  expect(code).toBe(0);
});

it("in an empty folder names what makes a workspace, and says nothing that follows from that", async () => {
  const { code, checks, check } = await doctor({ cwd: laptop.home });
  expect(code).toBe(1);
  expect(check("workspace")).toMatchObject({ ok: false, fix: expect.stringMatching(/: kominfo init$/) });
  expect(checks.filter(({ ok }) => !ok)).toHaveLength(1);
});

it("without a login names the command for it", async () => {
  expect((await doctor()).check("login")).toMatchObject({ ok: false, fix: "kominfo auth login newsroom" });
});

it("finds a login of another kecamatan", async () => {
  const wanted = { name: "Budi", role: "operator" as const, kecamatan: "32.16.18", token: true };
  const { token } = await addPerson(newsroom.folder, wanted, now());
  const { check } = await doctor({ env: { KOMINFO_NEWSROOM_TOKEN: token } });
  expect(check("login")).toMatchObject({
    ok: false,
    message: expect.stringContaining("Budi (operator, Setu)"),
  });
});

it("says how many days a login has left, once they are few", async () => {
  const expires_at = new Date(now().getTime() + 3 * 86_400_000).toISOString();
  const wanted = { name: "Tamu", role: "operator" as const, kecamatan: "32.16.07", token: true, expires_at };
  const { token } = await addPerson(newsroom.folder, wanted, now());
  const { check } = await doctor({ env: { KOMINFO_NEWSROOM_TOKEN: token } });
  expect(check("login")).toMatchObject({ ok: true, message: expect.stringContaining("dalam 3 hari") });
});

describe("with an account of Meta's", () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService(
      metaReply({ node: pageId, nodeFields: { name: "Kecamatan Cibitung" }, token: pageToken }),
    );
  });
  afterAll(() => service.close());

  const doctorOn = async (day: string, version?: string) => {
    const file = path.join(laptop.workspace, "kominfo.yaml");
    await writeFile(file, `kecamatan: Cibitung\n${version ? `graph_version: ${version}\n` : ""}`);
    return doctor({
      env: { KOMINFO_FACEBOOK_PAGE_ID: pageId, KOMINFO_FACEBOOK_TOKEN: pageToken },
      channelOrigins: { facebook: service.url },
      now: () => new Date(`${day}T00:00:00Z`),
    });
  };

  it("says nothing against a version that lasts, and uses the one that kominfo.yaml names", async () => {
    const { check } = await doctorOn("2026-11-30", "v27.0");
    expect(check("graph-version")).toMatchObject({ ok: true, message: expect.stringContaining("v27.0") });
    expect(check("account-facebook")).toMatchObject({ ok: true });
    expect(service.seen.at(-1)?.line).toMatch(/^GET \/v27\.0\//);
  });

  it.each([
    ["2028-03-01", "2028-07-29"],
    ["2028-08-01", "sejak 2028-07-29"],
  ])("warns of one that ends within half a year, or has ended, on %s", async (day, message) => {
    expect((await doctorOn(day)).check("graph-version")).toMatchObject({
      ok: false,
      message: expect.stringContaining(message),
      fix: expect.stringContaining("graph_version: v27.0"),
    });
  });
});

it("finds a log of logins that cannot be written", async () => {
  await mkdir(path.join(path.dirname(laptop.vault), "audit.jsonl"), { recursive: true, mode: 0o700 });
  const { check } = await doctor();
  expect(check("audit")).toMatchObject({
    ok: false,
    message: expect.stringContaining("itu folder, bukan berkas"),
  });
});

it("finds a clock that is wrong", async () => {
  const { check } = await doctor({ now: () => new Date(now().getTime() - 20 * 60_000) });
  expect(check("clock")).toMatchObject({
    ok: false,
    message: expect.stringContaining("20 menit lebih lambat"),
  });
});

it("finds a newsroom that is not there", async () => {
  await writeFile(
    path.join(laptop.workspace, "kominfo.yaml"),
    'kecamatan: Setu\nnewsroom: { url: "http://127.0.0.1:9" }\n',
  );
  const { check } = await doctor();
  expect(check("newsroom")).toMatchObject({ ok: false });
  expect(check("login")).toBeUndefined();
});

it("never throws: a damaged vault, a broken template and kominfo.yaml are each one line with what mends it", async () => {
  await mkdir(path.dirname(laptop.vault), { recursive: true, mode: 0o700 });
  await writeFile(laptop.vault, "{", { mode: 0o600 });
  await mkdir(path.join(laptop.workspace, "templates"));
  await writeFile(path.join(laptop.workspace, "templates", "rusak.md"), "---\njudul: {\n---\n");
  await writeFile(path.join(laptop.workspace, "kominfo.yaml"), "kecamatan: Jakarta\n");
  const { code, check } = await doctor();
  expect(code).toBe(1);
  for (const id of ["workspace", "vault", "templates"]) {
    expect(check(id)).toMatchObject({ ok: false, fix: expect.any(String) });
  }
  expect(check("images")).toMatchObject({ ok: true });
});
