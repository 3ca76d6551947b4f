import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Answered, as, content } from "../../newsroom/support/newsroom.js";
import { type FaultProxy, startFaultProxy } from "../../support/fault-proxy.js";
import { type Computer, openComputer, type Running } from "../../support/kominfo.js";
import { type PostgresServer, type StandbyServer, startPostgres } from "../servers/postgres.js";

// A streaming replica of PostgreSQL takes the place of a primary that is gone: the address leads to it from then on, and
// the newsroom, which was not told, goes on.

let primary: PostgresServer;
let standby: StandbyServer;
/** From the newsroom to the database, wherever it is. */
let address: FaultProxy;
/** From the standby to the primary. */
let replication: FaultProxy;
let office: Computer;
let folder: string;
let service: Running;
let url: string;
let operators: string[];

/** @param settings of the primary, which its standby does not have */
async function begin(settings: readonly string[]): Promise<void> {
  primary = await startPostgres();
  [address, replication] = await Promise.all([startFaultProxy(primary.port), startFaultProxy(primary.port)]);
  standby = await primary.startStandby(replication.port);
  for (const setting of [...settings, "select pg_reload_conf()"]) await ask(primary, setting);
  await vi.waitFor(
    async () =>
      expect(await ask(primary, "select state from pg_stat_replication")).toEqual([{ state: "streaming" }]),
    30_000,
  );
  const env = { KOMINFO_NEWSROOM_DATABASE: primary.url.replace(`:${primary.port}/`, `:${address.port}/`) };
  service = office.start(["newsroom", "serve", "--port", "0", "--json", "--data", folder], { env });
  await service.says(/"url":.*\n/);
  url = JSON.parse(service.printed.stdout).url;
  const add = [
    "newsroom",
    "user",
    "add",
    "--role",
    "operator",
    "--kecamatan",
    "Cibitung",
    "--token",
    "--data",
    folder,
  ];
  operators = [];
  for (const name of ["Siti", "Budi", "Rina"])
    operators.push((await office.json([...add, "--name", name], { env })).token);
}

beforeEach(async () => {
  office = await openComputer({ initialised: false });
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-standby-"));
});
afterEach(async () => {
  service?.kill("SIGKILL");
  await service?.ended;
  await Promise.allSettled([address?.close(), replication?.close()]);
  await Promise.allSettled([standby?.stop(), primary?.stop(), office?.remove()]);
  await rm(folder, { recursive: true, force: true });
});

async function ask(server: PostgresServer, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** A submission that somebody sends, the same again until it is acknowledged. */
interface Sent {
  token: string;
  key: string;
  /** What the newsroom called it. */
  id?: string;
}

const send = ({ token, key }: Sent): Promise<Answered> =>
  as({ url }, token).post(
    "/submissions",
    { content: content({ slug: `kirim-${key.slice(0, 8)}` }) },
    { "idempotency-key": key },
  );

/** Submissions of several people, one after the other of each. */
class Work {
  readonly sent: Sent[] = [];
  /** Statuses other than 201. */
  readonly refusals: number[] = [];
  #isOver = false;
  readonly #all: Promise<void>[];

  constructor() {
    this.#all = operators.map((token) => this.#repeat(token));
  }

  get acknowledged(): Sent[] {
    return this.sent.filter(({ id }) => id !== undefined);
  }

  /** Waits until so many more were acknowledged. */
  async more(count: number): Promise<void> {
    const before = this.acknowledged.length;
    await vi.waitFor(() => expect(this.acknowledged.length).toBeGreaterThanOrEqual(before + count), 60_000);
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#all);
  }

  async #repeat(token: string): Promise<void> {
    while (!this.#isOver) {
      const one: Sent = { token, key: randomUUID() };
      this.sent.push(one);
      while (one.id === undefined) {
        const { status, body } = await send(one);
        if (status === 201) one.id = body.id;
        else {
          this.refusals.push(status);
          await pause(200);
        }
      }
    }
  }
}

const submissions = async (server: PostgresServer) =>
  (await ask(server, "select id from submissions")).map(({ id }) => String(id)).sort();
const idsOf = (sent: readonly Sent[]) => sent.map(({ id }) => String(id)).sort();

/** The primary is gone, and the standby takes its place. */
async function fail(): Promise<void> {
  await primary.end("immediate");
  await standby.promote();
  address.target(standby.port);
}

const logged = () =>
  service.printed.stderr
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));

describe("a newsroom whose database is replaced by its standby", () => {
  it("goes on, and has all that was acknowledged, if commits wait for the standby", async () => {
    await begin(["alter system set synchronous_standby_names = '*'"]);
    const work = new Work();
    await work.more(20);
    // What the standby does not have is not acknowledged.
    replication.freeze();
    await vi.waitFor(() => expect(work.refusals.length).toBeGreaterThan(0), 60_000);
    await fail();
    await work.more(20);
    await work.end();
    expect(await submissions(standby)).toEqual(idsOf(work.sent));
    expect(new Set(work.refusals)).toEqual(new Set([503]));
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect(service.process.exitCode).toBeNull();
    expect(logged().filter(({ level, event }) => level !== "warn" || event !== "store unavailable")).toEqual(
      [],
    );
  });

  it("goes on without the last moments, if commits do not wait for it; who sends them again has them", async () => {
    await begin([]);
    const work = new Work();
    await work.more(20);
    const old = work.acknowledged;
    // The standby is a few moments behind.
    await vi.waitFor(
      async () => expect(await submissions(standby)).toEqual(expect.arrayContaining(idsOf(old))),
      30_000,
    );
    replication.freeze();
    await work.more(10);
    await fail();
    await work.more(10);
    await work.end();
    const kept = new Set(await submissions(standby));
    const lost = work.sent.filter(({ id }) => !kept.has(id!));
    expect(lost.length).toBeGreaterThanOrEqual(10);
    expect(old.filter(({ id }) => !kept.has(id!))).toEqual([]);
    for (const one of lost) expect((await send(one)).status).toBe(201);
    expect(await submissions(standby)).toHaveLength(work.sent.length);
  });
});
