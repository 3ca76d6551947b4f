import { randomUUID } from "node:crypto";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { formatUploadMetadata } from "../../../src/newsroom/uploads/tus.js";
import { as, content, jpeg, photo, uploadPhoto } from "../../newsroom/support/newsroom.js";
import { type Computer, kominfoFile, openComputer, type Running } from "../../support/kominfo.js";
import { startProxy, type TestProxy } from "../../support/proxy.js";
import { type PostgresServer, startPostgres } from "../servers/postgres.js";

// Two processes on one PostgreSQL are updated one after the other, as docs/newsroom.md says (Updating two processes), to a
// version with more migrations, while people work. What stands for nginx leads each request to one of them.

/** Of the next version: all that a migration may do, on tables that have rows and are in use. */
const migrations = [
  [
    "alter table submissions add column note text",
    "alter table comments add column pinned integer not null default 0",
  ],
  [
    "create table notes (id text primary key, submission_id text not null references submissions(id), body text not null)",
    "create index notes_of_submission on notes (submission_id)",
    "create index submissions_by_note on submissions (note)",
  ],
  ["update submissions set note = 'tanpa catatan' where note is null"],
];

interface Process {
  url: string;
  service: Running;
}

let postgres: PostgresServer;
let office: Computer;
let folder: string;
let nextVersion: string;
const running: Process[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-update-"));
  [postgres, office, nextVersion] = await Promise.all([
    startPostgres(),
    openComputer({ initialised: false }),
    makeNextVersion(path.join(folder, "program")),
  ]);
});
afterAll(async () => {
  for (const { service } of running) service.kill("SIGKILL");
  await Promise.allSettled([...running.map(({ service }) => service.ended), office?.remove()]);
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A copy of the built program with these migrations after its own. Returns its bin/kominfo.js. */
async function makeNextVersion(copy: string): Promise<string> {
  const root = path.resolve(kominfoFile, "../..");
  for (const name of ["bin", "dist", "templates", "package.json"])
    await cp(path.join(root, name), path.join(copy, name), { recursive: true });
  await symlink(path.join(root, "node_modules"), path.join(copy, "node_modules"));
  const file = path.join(copy, "dist/newsroom/store/migrations/migrations.js");
  const text = await readFile(file, "utf8");
  const longer = text.replace(
    /(export const migrations = \[[^\]]*)\];/,
    `$1, ...${JSON.stringify(migrations)}];`,
  );
  if (longer === text) throw new Error("no list of migrations");
  await writeFile(file, longer.replace(/,\s*, \.\.\./, ", ..."));
  return path.join(copy, "bin/kominfo.js");
}

const env = () => ({ KOMINFO_NEWSROOM_DATABASE: postgres.url });
/** Both keep photos in the same folder, as on a disk that two machines share. */
const data = () => ["--data", path.join(folder, "redaksi")];

async function serving(program = kominfoFile): Promise<Process> {
  const argv = ["newsroom", "serve", "--port", "0", "--json", ...data()];
  const service = office.start(argv, { env: env(), program });
  await service.says(/"url":.*\n/);
  const process = { url: JSON.parse(service.printed.stdout).url, service };
  running.push(process);
  await vi.waitFor(async () => expect((await fetch(`${process.url}/readyz`)).status).toBe(200), 30_000);
  return process;
}

/** Waits until nothing is under way, and ends the process. */
async function end({ url, service }: Process): Promise<void> {
  await vi.waitFor(async () => {
    const text = await (await fetch(`${url}/metrics`)).text();
    const open = text.matchAll(/^kominfo_http_requests_open\{route="(.*)"\} [1-9]/gm);
    expect([...open].map(([, route]) => route)).toEqual(["/metrics"]);
  }, 30_000);
  service.kill("SIGTERM");
  expect((await service.ended).code).toBe(0);
}

async function person(role: "operator" | "editor"): Promise<string> {
  const place = role === "operator" ? ["--kecamatan", "Cibitung"] : [];
  const words = [
    "newsroom",
    "user",
    "add",
    "--name",
    randomUUID(),
    "--role",
    role,
    ...place,
    "--token",
    ...data(),
  ];
  return (await office.json(words, { env: env() })).token;
}

/** What people do all the time, until they are told to stop. Each answer other than 2xx is a failure. */
class Work {
  readonly failures: string[] = [];
  readonly submitted: string[] = [];
  answers = 0;
  #isOver = false;
  readonly #all: Promise<void>[] = [];

  /** @param lines addresses to which the requests go in turn */
  begin(lines: readonly TestProxy[], operators: readonly string[], editor: string): void {
    operators.forEach((token, n) => {
      this.#all.push(this.#repeat(lines, n, (to) => this.#send(to, token, editor, n)));
    });
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#all);
  }

  async #repeat(lines: readonly TestProxy[], n: number, once: (to: { url: string }) => Promise<void>) {
    for (let round = n; !this.#isOver; round += 1)
      await once(lines[round % lines.length]!).catch((error) => void this.failures.push(String(error)));
  }

  async #send(to: { url: string }, token: string, editorToken: string, n: number): Promise<void> {
    const [operator, editor] = [as(to, token), as(to, editorToken)];
    const done = async (what: string, request: ReturnType<typeof operator.get>) => {
      const answer = await request;
      this.answers += 1;
      if (answer.status >= 300) throw new Error(`${what}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body;
    };
    const image = await jpeg(this.answers * 16 + n);
    const hash = await uploadPhoto(to, token, image);
    const key = { "idempotency-key": randomUUID() };
    const sent = { content: content({ slug: `pembaruan-${n}`, photos: [photo(hash)] }) };
    const { id } = await done("submit", operator.post("/submissions", sent, key));
    this.submitted.push(id);
    await done("read", operator.get(`/submissions/${id}`));
    await done("photo", operator.get(`/photos/${hash}`));
    await done("list", operator.get("/submissions"));
    await done("claim", editor.post(`/submissions/${id}/transitions`, { step: "claim" }));
    await done("comment", editor.post(`/submissions/${id}/comments`, { body: "Sedang dibaca." }));
    await done("queue", editor.get("/submissions?state=in_review"));
    await done("changes", editor.get("/changes?since=0"));
  }
}

it("two processes are given the last bytes of an upload at once, and asked for its offset: one makes the photo, and the client never begins anew", async () => {
  const both = [await serving(), await serving()] as const;
  const authorization = `Bearer ${await person("operator")}`;
  const ask = (url: string, method: string, headers: Record<string, string> = {}, body?: Uint8Array) =>
    fetch(url, {
      method,
      headers: { authorization, "tus-resumable": "1.0.0", ...headers },
      ...(body && { body: new Uint8Array(body) }),
    });
  const patch = (url: string, offset: number, bytes: Uint8Array) => {
    const type = { "content-type": "application/offset+octet-stream" };
    return ask(url, "PATCH", { ...type, "upload-offset": String(offset) }, bytes);
  };
  for (let seed = 5000; seed < 5012; seed += 1) {
    const { bytes, hash } = await jpeg(seed);
    const created = await ask(`${both[0].url}/api/v1/uploads`, "POST", {
      "upload-length": String(bytes.length),
      "upload-metadata": formatUploadMetadata({ sha256: hash, filename: "a.jpg", type: "image/jpeg" }),
    });
    const location = created.headers.get("location") ?? "";
    const addresses = both.map(({ url }) => new URL(location, url).href);
    const [here = "", there = ""] = addresses;
    const held = bytes.length - 10;
    expect((await patch(here, 0, bytes.subarray(0, held))).status).toBe(204);
    const [patches, offsets] = await Promise.all([
      Promise.all(addresses.map((url) => patch(url, held, bytes.subarray(held)))),
      Promise.all([...addresses, ...addresses].map((url) => ask(url, "HEAD"))),
    ]);
    const [done, other] = patches.map(({ status }) => status).sort();
    expect(done).toBe(204);
    expect([409, 423]).toContain(other);
    for (const { status, headers } of offsets) {
      expect([200, 423]).toContain(status);
      if (status === 200) expect([held, bytes.length]).toContain(Number(headers.get("upload-offset")));
    }
    const after = await ask(there, "HEAD");
    expect([after.status, after.headers.get("upload-offset")]).toEqual([200, String(bytes.length)]);
  }
  await Promise.all(both.map(end));
}, 60_000);

it("no request fails while two processes are updated one after the other, and all that was acknowledged is there once", async () => {
  const old = [await serving(), await serving()] as const;
  const lines = await Promise.all(old.map(({ url }) => startProxy(url)));
  const operators = await Promise.all([1, 2, 3].map(() => person("operator")));
  const editor = await person("editor");
  const work = new Work();
  /** So much more was answered, through both. */
  const answered = (more: number) => {
    const before = work.answers;
    return vi.waitFor(() => expect(work.answers).toBeGreaterThan(before + more), 60_000);
  };
  work.begin(lines, operators, editor);
  await answered(40);

  // The first gives its requests to the second, which serves alone while the new one migrates.
  lines[0]!.target = old[1].url;
  await end(old[0]);
  const first = await serving(nextVersion);
  // The old one serves beside it, on tables that it does not know whole.
  lines[0]!.target = first.url;
  await answered(40);
  lines[1]!.target = first.url;
  await end(old[1]);
  await answered(20);
  const second = await serving(nextVersion);
  lines[1]!.target = second.url;
  await answered(40);
  await work.end();

  expect(work.failures).toEqual([]);
  const database = new pg.Client({ connectionString: postgres.url });
  await database.connect();
  const { rows } = await database.query("select id, note from submissions order by id");
  const applied = await database.query("select max(number) as number from migrations");
  await database.end();
  expect(rows.map(({ id }) => id)).toEqual([...work.submitted].sort());
  // Made before the backfill; the new one's own code would fill in the others.
  expect(rows[0].note).toBe("tanpa catatan");
  const { body } = await as(first, editor).get("/changes?since=0");
  expect(body.items.length).toBeGreaterThan(0);
  await Promise.all([end(first), end(second), ...lines.map((line) => line.close())]);
  for (const { service } of running) expect(service.printed.stderr).toBe("");
  // An older one that is started again says why it does not serve.
  const late = await office.run(["newsroom", "serve", "--port", "0", ...data()], { env: env() });
  expect([late.code, applied.rows[0].number > migrations.length]).toEqual([1, true]);
});
