import crypto from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { TOTP } from "otpauth";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createWorkQueue } from "../../src/newsroom/http/work-queue.js";
import { addPerson, linkPerson } from "../../src/newsroom/local-people.js";
import { type RunningNewsroom, serve } from "../../src/newsroom/serve.js";
import { openStore, type Store, type StoreLocation } from "../../src/newsroom/store/database/open.js";
import { asScrypt, hashQuickly } from "../support/hashing.js";
import { triesAll } from "./support/attacks.js";
import { checkpointThread, images } from "./support/newsroom.js";
import { ownStores } from "./support/stores.js";

// Guesses that come all at once: at one process of a newsroom or two, from one address or from many of one subscriber.

hashQuickly();

const rates = { token_per_minute: 2000, activations_per_minute: 10 };
/** Tries of one name that are evaluated before it has to wait. */
const triesOfName = 5;
const minute = 60_000;
const password = "kuda baterai staples";

let parent: string;
let place: StoreLocation;
let clock: { now: Date };
/** Two processes of one newsroom, as far as their memory goes: they share the stores alone. */
let processes: RunningNewsroom[];
beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), "kominfo-guesses-"));
  clock = { now: new Date("2026-11-17T03:00:00.000Z") };
  const data = path.join(parent, "data");
  const stores = await ownStores();
  place = stores.database ?? data;
  const start = () =>
    serve({
      host: "127.0.0.1",
      port: 0,
      data,
      ...stores,
      images,
      version: "0.1.0",
      now: () => clock.now,
      rates,
      behindProxy: true,
      connections: { refusalMs: 0 },
      checkpointThread,
    });
  processes = [await start(), await start()];
});
afterEach(async () => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
  for (const { close } of processes) await close();
  await rm(parent, { recursive: true, force: true });
});

async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(place, clock.now);
  try {
    return await work(store);
  } finally {
    await store.destroy();
  }
}

interface Answer {
  status: number;
  retryAfter: string | null;
  text: string;
}

const lone = "203.0.113.7";
const ofOneSubscriber = (n: number) => `2001:db8:7:1:${n.toString(16)}::1`;
const ofOneSubscriberEach = (n: number) => `2001:db8:7:${n.toString(16)}::1`;

async function send(url: string, address: string, init: RequestInit): Promise<Answer & { cookie: string }> {
  const headers = { "x-forwarded-for": address, "x-forwarded-proto": "https", ...init.headers };
  const response = await fetch(url, { redirect: "manual", ...init, headers });
  return {
    status: response.status,
    retryAfter: response.headers.get("retry-after"),
    text: await response.text(),
    cookie: response.headers.getSetCookie()[0]?.split(";")[0] ?? "",
  };
}

/** A browser without a login: its cookie and the token of its forms hold in every process. */
async function visitor() {
  const page = await send(`${processes[0]!.url}/login`, lone, {});
  const csrf = /name="csrf" value="([^"]*)"/.exec(page.text)![1]!;
  return (process: RunningNewsroom, address: string, to: string, fields: Record<string, string>) =>
    send(process.url + to, address, {
      method: "POST",
      headers: { cookie: page.cookie, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ csrf, ...fields }).toString(),
    });
}

/** Counts what is really hashed, and how many at a time. */
function watchScrypt() {
  const watched = { calls: 0, running: 0, most: 0, parameters: new Set<string>() };
  const real = crypto.scrypt;
  vi.spyOn(crypto, "scrypt").mockImplementation(
    asScrypt((typed, salt, length, options, done) => {
      watched.calls += 1;
      watched.running += 1;
      watched.most = Math.max(watched.most, watched.running);
      watched.parameters.add(`${options.N} ${options.r} ${options.p} ${length}`);
      real(typed, salt, length, options, (error, key) => {
        watched.running -= 1;
        done(error, key);
      });
    }),
  );
  syncBuiltinESMExports();
  return watched;
}

/** An editor with password and authenticator. */
async function editor(loginName: string) {
  const { activation_code: code = "" } = await addPerson(
    place,
    { name: loginName, role: "editor" },
    clock.now,
  );
  const post = await visitor();
  const [first] = processes;
  const page = await post(first!, ofOneSubscriberEach(1), "/activate", { code });
  const secret = /name="secret" value="(\w+)"/.exec(page.text)![1]!;
  const totp = () => new TOTP({ secret }).generate({ timestamp: clock.now.getTime() });
  const fields = { code, secret, login_name: loginName, password, totp: totp() };
  expect((await post(first!, ofOneSubscriberEach(1), "/activate", fields)).status).toBe(303);
  clock.now = new Date(clock.now.getTime() + 2 * minute);
  return { name: loginName, secret, totp };
}

interface Attack {
  /** The most that may be evaluated of many at once. */
  allowed: number;
  prepare(): Promise<{
    guess(n: number, process: RunningNewsroom, address: string): Promise<Answer>;
    evaluated(answers: readonly Answer[]): number;
    /** What would be let in if it were evaluated. */
    right(process: RunningNewsroom, address: string): Promise<Answer>;
  }>;
}

const found = (answers: readonly Answer[]) => answers.filter(({ status }) => status === 422).length;

/** Guesses at the activation code of a new editor. @param guess sends a code */
async function guessingCodes(
  guess: (code: string, process: RunningNewsroom, address: string) => Promise<Answer>,
) {
  const { activation_code } = await addPerson(place, { name: "Ani", role: "editor" }, clock.now);
  return {
    guess: (n: number, process: RunningNewsroom, address: string) =>
      guess(`AAAA-AAAA-${1000 + n}`, process, address),
    evaluated: found,
    right: (process: RunningNewsroom, address: string) => guess(activation_code!, process, address),
  };
}

const attacks: Record<string, Attack> = {
  "passwords of one name": {
    allowed: triesOfName,
    async prepare() {
      const { name, totp } = await editor("budi");
      const post = await visitor();
      const scrypt = watchScrypt();
      return {
        guess: (n, process, address) =>
          post(process, address, "/login", { name, password: `tebakan ${n}`, code: totp() }),
        evaluated: () => scrypt.calls,
        right: (process, address) => post(process, address, "/login", { name, password, code: totp() }),
      };
    },
  },
  "passwords of many names": {
    allowed: rates.activations_per_minute,
    async prepare() {
      const { name, totp } = await editor("budi");
      const post = await visitor();
      const scrypt = watchScrypt();
      return {
        guess: (n, process, address) =>
          post(process, address, "/login", { name: `orang.${n}`, password, code: "000000" }),
        evaluated: () => scrypt.calls,
        right: (process, address) => post(process, address, "/login", { name, password, code: totp() }),
      };
    },
  },
  "TOTP codes, with the right password": {
    allowed: triesOfName,
    async prepare() {
      const { name, totp } = await editor("budi");
      const post = await visitor();
      const scrypt = watchScrypt();
      const wrong = (n: number) => String((Number(totp()) + 500 + n) % 1_000_000).padStart(6, "0");
      return {
        guess: (n, process, address) => post(process, address, "/login", { name, password, code: wrong(n) }),
        evaluated: () => scrypt.calls,
        right: (process, address) => post(process, address, "/login", { name, password, code: totp() }),
      };
    },
  },
  "activation codes at the API": {
    allowed: rates.activations_per_minute,
    prepare: () =>
      guessingCodes((code, process, address) =>
        send(`${process.url}/api/v1/activations`, address, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ code, device: "x" }),
        }),
      ),
  },
  "activation codes at the desk": {
    allowed: rates.activations_per_minute,
    async prepare() {
      const post = await visitor();
      return guessingCodes((code, process, address) => post(process, address, "/activate", { code }));
    },
  },
  "one-time links": {
    allowed: rates.activations_per_minute,
    async prepare() {
      await addPerson(place, { name: "Ani", role: "editor" }, clock.now);
      const link = await linkPerson(place, "Ani", clock.now);
      const post = await visitor();
      const guess = (key: string, process: RunningNewsroom, address: string) =>
        post(process, address, "/login/link", { key });
      return {
        guess: (n, process, address) => guess(String(n).padStart(43, "A"), process, address),
        evaluated: found,
        right: (process, address) => guess(link.path.split("key=")[1]!, process, address),
      };
    },
  },
};

const ways: Record<string, { processes: number; address(n: number): string; namesOnly?: true }> = {
  "from one address": { processes: 1, address: () => lone },
  "from many addresses of one /64": { processes: 1, address: ofOneSubscriber },
  "to two processes": { processes: 2, address: ofOneSubscriber },
  // Only a name can be protected from many subscribers; a code has 60 random bits, a link 256.
  "from many subscribers": { processes: 2, address: ofOneSubscriberEach, namesOnly: true },
};

const cases = Object.entries(attacks).flatMap(([what, attack], n) =>
  Object.entries(ways)
    .filter(([, way]) => !way.namesOnly || attack.allowed === triesOfName)
    .filter((_, i, all) => triesAll || i === n % all.length)
    .map(([how, way]) => ({ what, how, attack, way })),
);

/** Sent at once: far more than are allowed. */
const attempts = triesAll ? 100 : 24;

describe("of many wrong", () => {
  it.each(cases)("$what at once, $how, no more are evaluated than allowed", async ({ attack, way }) => {
    const { guess, evaluated, right } = await attack.prepare();
    const guessOnce = (n: number) => guess(n, processes[n % way.processes]!, way.address(n));
    const answers = await Promise.all(Array.from({ length: attempts }, (_, n) => guessOnce(n)));
    expect(evaluated(answers)).toBeGreaterThan(0);
    expect(evaluated(answers)).toBeLessThanOrEqual(attack.allowed);
    const refused = answers.filter(({ status }) => status !== 422);
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([429]));

    // What is left of the allowance is used up one after the other. Then the right one does not get in either.
    for (let n = attempts; n < attempts + 10; n += 1) answers.push(await guessOnce(n));
    expect(evaluated(answers)).toBeLessThanOrEqual(attack.allowed);
    expect((await right(processes.at(-1)!, way.address(attempts + 10))).status).toBe(429);
  });
});

describe("whoever is honest", () => {
  const logIn = async (fields: { name: string; password: string; code: string }) =>
    (await visitor())(processes[0]!, lone, "/login", fields);

  it("may mistype twice, and nothing of it is left", async () => {
    const { name, totp } = await editor("budi");
    expect((await logIn({ name, password: "kuda baterei", code: totp() })).status).toBe(422);
    expect((await logIn({ name, password, code: "000000" })).status).toBe(422);
    expect((await logIn({ name, password, code: totp() })).status).toBe(303);
    const left = await withStore((store) => store.selectFrom("desk_failures").selectAll().execute());
    expect(left).toEqual([]);
  });

  it("is told when to come back, at the desk and at the API", async () => {
    const post = await visitor();
    const api = () =>
      send(`${processes[1]!.url}/api/v1/activations`, lone, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ code: "AAAA-AAAA-AAAA", device: "x" }),
      });
    for (let n = 0; n < 10; n += 1) await post(processes[0]!, lone, "/activate", { code: "AAAA-AAAA-AAAA" });
    clock.now = new Date(clock.now.getTime() + 20_000);
    expect(await api()).toMatchObject({ status: 429, retryAfter: "40" });
    clock.now = new Date(clock.now.getTime() + 40_000);
    expect((await api()).status).toBe(422);
  });

  it("gets in after a process died while it checked a try for the same name", async () => {
    const { name, totp } = await editor("budi");
    expect((await logIn({ name, password: "salah", code: totp() })).status).toBe(422);
    const until = new Date(clock.now.getTime() + 30_000).toISOString();
    await withStore((store) => store.updateTable("desk_failures").set({ trying_until: until }).execute());
    expect((await logIn({ name, password, code: totp() })).text).toContain("sedang diperiksa");
    clock.now = new Date(clock.now.getTime() + 31_000);
    expect((await logIn({ name, password, code: totp() })).status).toBe(303);
  });
});

describe("hashing", () => {
  it("costs as much for a name that nobody has as for one that somebody has", async () => {
    const { name } = await editor("budi");
    const post = await visitor();
    const scrypt = watchScrypt();
    await post(processes[0]!, lone, "/login", { name, password: "salah", code: "000000" });
    const known = [scrypt.calls, ...scrypt.parameters];
    scrypt.calls = 0;
    scrypt.parameters.clear();
    await post(processes[0]!, lone, "/login", { name: "tidak.ada", password: "salah", code: "000000" });
    expect([scrypt.calls, ...scrypt.parameters]).toEqual(known);
  });

  it("happens once at a time in a service, new passwords included, and the queue for it is short", async () => {
    const { activation_code: code = "" } = await addPerson(place, { name: "Ani", role: "editor" }, clock.now);
    const post = await visitor();
    const first = processes[0]!;
    const page = await post(first, ofOneSubscriberEach(0), "/activate", { code });
    const secret = /name="secret" value="(\w+)"/.exec(page.text)![1]!;
    const totp = new TOTP({ secret }).generate({ timestamp: clock.now.getTime() });
    const scrypt = watchScrypt();
    const setUp = post(first, ofOneSubscriberEach(0), "/activate", {
      ...{ code, secret, login_name: "ani", password, totp },
    });
    // Before the others come: they would fill the queue, and it would be told to come back.
    await vi.waitFor(() => expect(scrypt.calls).toBe(1), { timeout: 10_000, interval: 5 });
    const logins = Array.from({ length: 60 }, (_, n) =>
      post(first, ofOneSubscriberEach(n + 1), "/login", { name: `orang.${n}`, password, code: "000000" }),
    );
    expect((await setUp).status).toBe(303);
    const answers = await Promise.all(logins);
    expect(scrypt.most).toBe(1);
    const busy = answers.filter(({ status }) => status === 503);
    expect(busy.length).toBeGreaterThan(0);
    expect(new Set(busy.map(({ retryAfter }) => retryAfter))).toEqual(new Set(["5"]));
    expect(answers.length - busy.length).toBe(found(answers));
  });

  it("with a password that is replaced meanwhile lets nobody in", async () => {
    const { name, totp } = await editor("budi");
    const post = await visitor();
    const real = crypto.scrypt;
    vi.spyOn(crypto, "scrypt").mockImplementationOnce(
      asScrypt((typed, salt, length, options, done) =>
        real(typed, salt, length, options, async (error, key) => {
          await withStore((store) => store.updateTable("desk_logins").set({ password: "baru" }).execute());
          done(error, key);
        }),
      ),
    );
    syncBuiltinESMExports();
    expect((await post(processes[0]!, lone, "/login", { name, password, code: totp() })).status).toBe(422);
  });
});

describe("turns", () => {
  it("are given in order, to no more at once than allowed, also after a failure", async () => {
    const inTurn = createWorkQueue(2, 10);
    const order: string[] = [];
    let running = 0;
    const work = (name: string) => async () => {
      running += 1;
      order.push(`${name}${running}`);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      if (name === "a") throw new Error("a");
    };
    const outcomes = await Promise.allSettled(["a", "b", "c", "d"].map((name) => inTurn(work(name))));
    expect(order).toEqual(["a1", "b2", "c2", "d2"]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled", "fulfilled"]);
  });
});
