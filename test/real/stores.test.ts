import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { as, content, jpeg, photo, uploadPhoto } from "../newsroom/support/newsroom.js";
import { type Computer, openComputer, type Running } from "../support/kominfo.js";
import { type PostgresServer, startPostgres } from "./servers/postgres.js";
import { type S3Server, startSwift } from "./servers/swift.js";

// The real program on PostgreSQL 15 and Swift's S3: moved there, and served by two processes at once.

let postgres: PostgresServer;
let swift: S3Server;
let office: Computer;
let folder: string;
beforeAll(async () => {
  [postgres, swift] = await Promise.all([startPostgres(), startSwift()]);
  office = await openComputer({ initialised: false });
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-stores-"));
});
afterAll(async () => {
  await Promise.allSettled([postgres?.stop(), swift?.stop(), office?.remove()]);
  await rm(folder, { recursive: true, force: true });
});

/** Where a large newsroom is, with the secrets in the environment. */
const large = () => ({ ...swift.env, KOMINFO_NEWSROOM_DATABASE: postgres.url });

async function serving(
  argv: string[],
  env: Record<string, string> = {},
): Promise<{ url: string; service: Running }> {
  const service = office.start(["newsroom", "serve", "--port", "0", "--json", ...argv], { env });
  await service.says(/"url":.*\n/);
  return { url: JSON.parse(service.printed.stdout).url, service };
}

async function addPerson(role: string, argv: string[], env: Record<string, string> = {}): Promise<string> {
  const place = role === "operator" ? ["--kecamatan", "Cibitung"] : [];
  const name = `${role} ${randomUUID().slice(0, 8)}`;
  const words = ["newsroom", "user", "add", "--name", name, "--role", role, ...place, "--token", ...argv];
  return (await office.json(words, { env })).token;
}

async function stopped(service: Running): Promise<number | null> {
  service.kill("SIGTERM");
  return (await service.ended).code;
}

describe("a newsroom that has outgrown its folder", () => {
  const data = () => path.join(folder, "redaksi");
  const target = () => {
    const url = new URL(postgres.url);
    url.password = "";
    return ["--to", url.href, "--blobs", swift.url, "--data", data()];
  };
  const secret = () => ({ ...swift.env, PGPASSWORD: new URL(postgres.url).password });
  let token: string;
  let id: string;
  let hash: string;

  it("moves whole to PostgreSQL and S3, and goes on there", async () => {
    const small = await serving(["--data", data()]);
    token = await addPerson("operator", ["--data", data()]);
    hash = await uploadPhoto(small, token, await jpeg(901));
    id = await as(small, token).submit({ slug: "sebelum-pindah", photos: [photo(hash)] });
    const before = (await as(small, token).get(`/submissions/${id}`)).body;

    const running = await office.run(["newsroom", "move", ...target()], { env: secret() });
    expect(running).toMatchObject({ code: 1, stderr: expect.stringContaining("masih berjalan") });
    expect(await stopped(small.service)).toBe(0);

    const planned = await office.json(["newsroom", "move", "--dry-run", ...target()], { env: secret() });
    expect(planned).toMatchObject({ dry_run: true, submissions: 1, photos: 1 });
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    const tables = await client.query("select tablename from pg_tables where schemaname = 'public'");
    expect(tables.rows, "a dry run writes nothing").toEqual([]);
    await client.end();

    const moved = await office.run(["newsroom", "move", ...target(), "--json"], { env: secret() });
    expect(moved.code, moved.stderr).toBe(0);
    expect(JSON.parse(moved.stdout)).toMatchObject({ dry_run: false, submissions: 1, photos: 1 });
    expect(moved.stdout + moved.stderr).not.toContain(new URL(postgres.url).password);

    const old = await office.run(["newsroom", "serve", "--port", "0", "--data", data()]);
    expect(old).toMatchObject({ code: 1, stderr: expect.stringContaining("sudah dipindahkan") });

    const there = await serving(["--data", path.join(folder, "kerja"), "--blobs", swift.url], large());
    const operator = as(there, token);
    expect((await operator.get(`/submissions/${id}`)).body).toEqual(before);
    expect((await operator.get(`/photos/${hash}`)).status).toBe(200);
    await operator.submit({ slug: "sesudah-pindah" });
    expect(await stopped(there.service)).toBe(0);
  });

  it("does not move over another newsroom", async () => {
    const other = path.join(folder, "lain");
    await office.json(["newsroom", "init", "--data", other]);
    await addPerson("admin", ["--data", other]);
    const words = [...target().slice(0, 4), "--data", other];
    const again = await office.run(["newsroom", "move", ...words], { env: secret() });
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining("sudah ada ruang redaksi lain") });
  });

  it("is backed up into a folder that can be served by itself", async () => {
    const backup = path.join(folder, "cadangan");
    const made = await office.json(["newsroom", "backup", backup, "--blobs", swift.url], { env: large() });
    expect(made).toMatchObject({ submissions: 2, photos: 1 });
    const small = await serving(["--data", backup]);
    expect((await as(small, token).get(`/submissions/${id}`)).body.content.slug).toBe("sebelum-pindah");
    expect((await as(small, token).get(`/photos/${hash}`)).status).toBe(200);
    expect(await stopped(small.service)).toBe(0);
  });

  it("refuses a password on the command line, and says what it cannot reach without showing one", async () => {
    const typed = await office.run(["newsroom", "serve", "--port", "0", "--database", postgres.url]);
    expect(typed.code).toBe(2);
    expect(typed.stderr).toContain("PGPASSWORD");
    const wrong = new URL(postgres.url);
    wrong.password = "sandi-yang-salah";
    const denied = await office.run(["newsroom", "serve", "--port", "0"], {
      env: { KOMINFO_NEWSROOM_DATABASE: wrong.href },
    });
    expect(denied).toMatchObject({ code: 1, stderr: expect.stringContaining("28P01") });
    expect(typed.stderr + denied.stderr).not.toMatch(/sandi-yang-salah/);
    const bucket = await office.run(
      [
        "newsroom",
        "serve",
        "--port",
        "0",
        "--blobs",
        swift.url.replace("redaksi", "tidak-ada"),
        "--data",
        path.join(folder, "x"),
      ],
      { env: swift.env },
    );
    expect(bucket).toMatchObject({ code: 1, stderr: expect.stringContaining("HTTP 404") });
  });
});

describe("two processes on one database and one bucket", () => {
  let both: { url: string; service: Running }[];
  let operatorToken: string;
  let editorToken: string;
  beforeAll(async () => {
    both = await Promise.all(
      ["a", "b"].map((name) => serving(["--data", path.join(folder, name), "--blobs", swift.url], large())),
    );
    operatorToken = await addPerson("operator", ["--data", path.join(folder, "a")], large());
    editorToken = await addPerson("editor", ["--data", path.join(folder, "a")], large());
  });
  afterAll(async () => {
    for (const one of both ?? []) expect(await stopped(one.service)).toBe(0);
  });

  // Of Node 20, the S3 client of Amazon warns.
  it("write lines of JSON on stderr, and nothing else", async () => {
    const all = both.map(({ service }) => service.printed.stderr).join("");
    for (const line of all.split("\n").slice(0, -1))
      expect(JSON.parse(line)).toMatchObject({ event: expect.any(String) });
  });

  it("answer the same key once, whichever is asked, also at the same time", async () => {
    for (let n = 0; n < 20; n += 1) {
      const key = { "idempotency-key": randomUUID() };
      const body = { content: content({ slug: `sekali-${n}` }) };
      const answers = await Promise.all(
        [0, 1, 0, 1].map((i) => as(both[i]!, operatorToken).post("/submissions", body, key)),
      );
      expect(answers.map((one) => one.status)).toEqual([201, 201, 201, 201]);
      expect(new Set(answers.map((one) => one.body.id)).size).toBe(1);
    }
  });

  it("let one revision through of two that name the same one, and one claim, and lose nothing", async () => {
    for (let n = 0; n < 10; n += 1) {
      const id = await as(both[0]!, operatorToken).submit({ slug: `bersama-${n}` });
      const answers = await Promise.all(
        both.map((one, i) =>
          as(one, operatorToken).put(
            `/submissions/${id}`,
            { content: content({ slug: `bersama-${n}`, body: `Dari proses ${i}.` }), submit: false },
            { "if-match": '"r1"' },
          ),
        ),
      );
      expect(answers.map((one) => one.status).sort()).toEqual([200, 412]);
      expect((await as(both[1]!, editorToken).get(`/submissions/${id}`)).body.revision).toBe(2);
    }
  });

  it("show every change once, in an order in which none is passed over", async () => {
    const count = 40;
    const seen: string[] = [];
    const editor = as(both[1]!, editorToken);
    let since: string = (await editor.get("/changes")).body.next;
    let isOver = false;
    const reading = (async () => {
      for (let last = false; !last; ) {
        last = isOver;
        for (let more = true; more; ) {
          const { body } = await editor.get(`/changes?since=${since}`);
          seen.push(...body.items.map((one: { submission: string }) => one.submission));
          since = body.next;
          more = body.items.length > 0;
        }
      }
    })();
    const made = await Promise.all(
      Array.from({ length: count }, (_, n) => as(both[n % 2]!, operatorToken).submit({ slug: `arus-${n}` })),
    );
    isOver = true;
    await reading;
    for (const id of made) expect(seen.filter((one) => one === id)).toHaveLength(1);
  });

  it("go on with each other's uploads", async () => {
    const { bytes, hash } = await jpeg(950, 1200);
    const login = { authorization: `Bearer ${operatorToken}`, "tus-resumable": "1.0.0" };
    const fields = { sha256: hash, filename: "a.jpg", type: "image/jpeg" };
    const created = await fetch(`${both[0]!.url}/api/v1/uploads`, {
      method: "POST",
      headers: {
        ...login,
        "upload-length": String(bytes.length),
        "upload-metadata": Object.entries(fields)
          .map(([name, value]) => `${name} ${btoa(value)}`)
          .join(","),
      },
    });
    const address = created.headers.get("location")!;
    const third = Math.floor(bytes.length / 3);
    const parts = [bytes.subarray(0, third), bytes.subarray(third, 2 * third), bytes.subarray(2 * third)];
    for (const [i, part] of parts.entries()) {
      const answer = await fetch(new URL(address, both[i % 2]!.url), {
        method: "PATCH",
        headers: {
          ...login,
          "content-type": "application/offset+octet-stream",
          "upload-offset": String(i * third),
        },
        body: new Uint8Array(part),
      });
      expect(answer.status).toBe(204);
    }
    const response = await fetch(`${both[1]!.url}/api/v1/photos/${hash}`, { headers: login });
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
  });
});

it("what only a large newsroom needs is named by the sentence that asks for it", async () => {
  const manifest = JSON.parse(
    await readFile(path.resolve(import.meta.dirname, "../../package.json"), "utf8"),
  );
  expect(Object.keys(manifest.dependencies)).not.toEqual(expect.arrayContaining(["pg"]));
  expect(Object.keys(manifest.peerDependencies)).toEqual(["@aws-sdk/client-s3", "pg"]);
});
