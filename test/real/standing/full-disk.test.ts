import { execFileSync, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { as, content, jpeg, photo, uploadPhoto } from "../../newsroom/support/newsroom.js";
import { type Computer, openComputer, type Running } from "../../support/kominfo.js";

// The real program on a disk of 64 MB, of which somebody else takes the last byte.

const folder = await mkdtemp(path.join(tmpdir(), "kominfo-full-"));
const isMounted =
  process.getuid?.() === 0 &&
  spawnSync("mount", ["-t", "tmpfs", "-o", "size=64m", "tmpfs", folder]).status === 0;
if (!isMounted) console.warn("SKIPPED: a full disk, for which root has to mount one");

const data = path.join(folder, "redaksi");
const filler = path.join(folder, "lain");
let office: Computer;
let service: Running;
let newsroom: { url: string };
let token: string;
let unused: string;
let link: URL;
let hash: string;
let id: string;

const person = async (role: string, ...words: string[]): Promise<Record<string, string>> => {
  const argv = [
    "newsroom",
    "user",
    "add",
    "--name",
    `${role} ${randomUUID()}`,
    "--role",
    role,
    "--data",
    data,
  ];
  return office.json([...argv, ...words]);
};

async function fill(): Promise<void> {
  const file = await open(filler, "w");
  try {
    for (;;) await file.write(Buffer.alloc(64 * 1024, 1));
  } catch (error) {
    expect(error).toMatchObject({ code: "ENOSPC" });
  } finally {
    await file.close();
  }
}

beforeAll(async () => {
  if (!isMounted) return;
  office = await openComputer({ initialised: false });
  service = office.start(["newsroom", "serve", "--port", "0", "--json", "--data", data]);
  await service.says(/"url":.*\n/);
  newsroom = JSON.parse(service.printed.stdout);
  token = (await person("operator", "--kecamatan", "Cibitung", "--token")).token!;
  unused = (await person("operator", "--kecamatan", "Cibitung", "--token")).token!;
  hash = await uploadPhoto(newsroom, token, await jpeg(5));
  id = await as(newsroom, token).submit({ photos: [photo(hash)] });
  const { user } = (await person("editor")) as unknown as { user: { id: string } };
  const made = await office.json([
    "newsroom",
    "user",
    "link",
    user.id,
    "--data",
    data,
    "--url",
    newsroom.url,
  ]);
  link = new URL(made.link);
  await fill();
});
afterAll(async () => {
  service?.kill("SIGTERM");
  await service?.ended;
  await office?.remove();
  if (isMounted) execFileSync("umount", ["--lazy", folder]);
  await rm(folder, { recursive: true, force: true });
});

describe.runIf(isMounted)("a disk without a free byte", () => {
  it("keeps nobody from reading, also not with a token that was never used", async () => {
    const reader = as(newsroom, unused);
    expect((await reader.get("/submissions")).body.items).toHaveLength(1);
    expect((await reader.get(`/submissions/${id}`)).status).toBe(200);
    expect((await reader.get(`/photos/${hash}`)).status).toBe(200);
  });

  it("takes nothing new, and says why", async () => {
    const full = { status: 507, body: { type: "urn:kominfo:problem:storage-full" } };
    const body = { content: content({ slug: "lain" }) };
    const key = { "idempotency-key": randomUUID() };
    expect(await as(newsroom, token).post("/submissions", body, key)).toMatchObject(full);
    await expect(uploadPhoto(newsroom, token, await jpeg(6))).rejects.toThrow("storage-full");
  });

  it("lets an editor log in and read", async () => {
    const cookies = new Map<string, string>();
    const ask = async (address: string, form?: Record<string, string>) => {
      const answer = await fetch(new URL(address, newsroom.url), {
        redirect: "manual",
        headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
        ...(form ? { method: "POST", body: new URLSearchParams(form) } : {}),
      });
      for (const line of answer.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
        cookies.set(name!, value!);
      }
      return { status: answer.status, text: await answer.text() };
    };
    const page = await ask(link.pathname + link.search);
    const fields = [...page.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
    const form = Object.fromEntries(fields.map(([, name, value]) => [name!, value!]));
    expect((await ask(link.pathname, form)).status).toBe(303);
    expect((await ask("/")).text).toContain("Posyandu Balita");
  });

  it("is used again once it has room", async () => {
    await rm(filler);
    expect(await as(newsroom, token).submit({ slug: "sesudah-lega" })).toBeTruthy();
    expect(await uploadPhoto(newsroom, token, await jpeg(7))).toBeTruthy();
  });

  it("is no failure of the service: its log tells of none", () => {
    expect(service.printed.stderr).not.toMatch(/"level":"(error|fatal)"/);
  });
});
