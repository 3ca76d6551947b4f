import { randomUUID } from "node:crypto";
import { stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import Libsql from "libsql";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { databaseFile } from "../../../src/newsroom/store/database/open.js";
import { as, content, startNewsroom, type TestNewsroom } from "../support/newsroom.js";
import { onSqlite } from "../support/stores.js";

// Another process on the same file: a command on the service's machine, or a backup.

let newsroom: TestNewsroom;
type Person = ReturnType<typeof as>;
let operator: Person;
let editor: Person;
/** Who have not asked for anything: that their tokens are used is to be noted. */
let newcomers: Person[];
let newEditor: Person;
let other: Libsql.Database;
const file = () => path.join(newsroom.folder, databaseFile);
beforeAll(async () => {
  newsroom = await startNewsroom();
  const person = async (role: "operator" | "editor") => as(newsroom, await newsroom.token(role));
  [operator, editor, newEditor] = [await person("operator"), await person("editor"), await person("editor")];
  newcomers = [];
  for (let n = 0; n < 10; n += 1) newcomers.push(await person("operator"));
  for (const { get } of [operator, editor]) await get("/me");
  if (onSqlite) other = new Libsql(file());
});
afterAll(async () => {
  other?.close();
  await newsroom.remove();
});

const submit = (slug: string, body = "Kegiatan berlangsung tertib.", person = operator) =>
  person.post("/submissions", { content: content({ slug, body }) }, { "idempotency-key": randomUUID() });
const health = async () => (await fetch(`${newsroom.url}/healthz`)).status;

describe.runIf(onSqlite)("while another process writes", () => {
  it("a write waits for it, and the service answers meanwhile", async () => {
    other.exec("begin immediate");
    let isAnswered = false;
    const writing = submit("menunggu").finally(() => {
      isAnswered = true;
    });
    for (let i = 0; i < 5; i += 1) expect(await health()).toBe(200);
    expect(isAnswered).toBe(false);
    other.exec("commit");
    expect((await writing).status).toBe(201);
  });

  it("reading goes on while a write waits", async () => {
    other.exec("begin immediate");
    let isAnswered = false;
    const writing = submit("menunggu-lagi").finally(() => {
      isAnswered = true;
    });
    // By then it has found the database locked.
    await pause(300);
    for (let i = 0; i < 5; i += 1) expect((await editor.get("/submissions")).status).toBe(200);
    expect(isAnswered).toBe(false);
    other.exec("commit");
    expect((await writing).status).toBe(201);
  });

  it("a write that waits for long is 503, and spoils none that comes after it", async () => {
    newsroom.expectLogged(/"store unavailable"/);
    other.exec("begin immediate");
    const late = await submit("terlalu-lama");
    other.exec("commit");
    expect(late).toMatchObject({ status: 503, body: { type: "urn:kominfo:problem:unavailable" } });
    expect(late.headers.get("retry-after")).toMatch(/^\d+$/);
    for (const slug of ["sesudahnya", "dan-sesudah-itu"]) expect((await submit(slug)).status).toBe(201);
  });

  // Ten times as long as one waits is more than a test may take.
  it("many wait no longer than one, and who reads for the first time today is answered", async () => {
    other.exec("begin immediate");
    const writing = Promise.all(newcomers.map((person, n) => submit(`bersama-${n}`, "Singkat.", person)));
    const reading = await newEditor.get("/submissions");
    const written = await writing;
    other.exec("commit");
    expect(written.map(({ status }) => status)).toEqual(newcomers.map(() => 503));
    expect(reading.status).toBe(200);
    expect((await submit("setelah-semua")).status).toBe(201);
  });
});

describe.runIf(onSqlite)("while another process reads", () => {
  const logSize = async () => (await stat(`${file()}-wal`)).size;
  const most = 16 * 1024 * 1024;

  it("the log grows, and shrinks again afterwards", async () => {
    other.exec("begin");
    other.prepare("select count(*) from submissions").all();
    const longest = "kata ".repeat(40_000);
    for (let i = 0; (await logSize()) <= most; i += 1)
      expect((await submit(`panjang-${i}`, longest)).status).toBe(201);
    other.exec("commit");
    // The log is copied once a second, and begins anew with the next write.
    await vi.waitFor(
      async () => {
        await submit("pendek");
        expect(await logSize()).toBeLessThanOrEqual(most);
      },
      { timeout: 20_000, interval: 500 },
    );
  });
});
