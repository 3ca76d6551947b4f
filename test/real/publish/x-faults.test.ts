import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { killAt } from "../../publish/place.js";
import { type Fault, type StandIn, startStandIn } from "../stand-ins/control-client.js";
import { office } from "../stand-ins/x/accounts.mjs";
import { startPrism } from "../stand-ins/x/prism.js";
import { billedThousandths, renderingOf, samplePhotos, scene, visiblePosts } from "./x-place.js";

const minute = 60_000;
const text = "Musrenbang Cibitung & <warga> bahas jalan.\n\nCamat hadir.";
const alts = ["Camat berdiri di depan warga", "Warga duduk di kursi"];

let x: StandIn;
let prism: Awaited<ReturnType<typeof startPrism>>;
let photos: Awaited<ReturnType<typeof samplePhotos>>;
let folder: string;
beforeAll(async () => {
  x = await startStandIn("x/serve.mjs");
  prism = await startPrism(x);
  photos = await samplePhotos(alts);
});
beforeEach(async () => {
  await x.reset();
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-x-"));
});
afterEach(async () => {
  expect(await x.control("GET", "/violations")).toEqual([]);
  await rm(folder, { recursive: true, force: true });
});
afterAll(async () => {
  await prism?.stop();
  await x?.stop();
});

const withPhotos = () => scene(x, { folder, rendering: renderingOf(text, photos.photos), read: photos.read });

/** Answers that mean nothing: X has given each of them for posts that were live. */
const faults: readonly [string, Omit<Fault, "at">][] = [
  ["is refused", { do: "refuse" }],
  ["is cut before its effect", { do: "cut-before" }],
  ["is cut after its effect", { do: "cut-after" }],
  [
    "has its effect and answers 500",
    { do: "answer-after", status: 500, body: { title: "Internal Server Error" } },
  ],
  ["has its effect and answers 403", { do: "answer-after", status: 403, body: { detail: "Forbidden" } }],
  [
    "has its effect and answers 429",
    { do: "answer-after", status: 429, body: { title: "Too Many Requests" } },
  ],
  ["has its effect and answers 201 with nothing", { do: "answer-after", status: 201, body: {} }],
  [
    "answers 429 with its headers",
    { do: "answer-before", status: 429, headers: { "x-rate-limit-reset": "9999999999" }, body: {} },
  ],
  ["answers 503 in HTML", { do: "answer-before", status: 503, type: "text/html", body: "<p>Over capacity" }],
  ["hangs before its effect", { do: "hang-before" }],
  ["hangs after its effect", { do: "hang-after" }],
];
/** Whoever waits for what hangs gives up, once it hangs. Nobody waits for long in a test. */
async function giveUpHanging(n: number, fault: Omit<Fault, "at">, leaving: AbortController): Promise<void> {
  if (!fault.do.startsWith("hang")) return;
  for (;;) {
    const entry = (await x.log()).find((logged) => logged.n === n);
    const isDone = fault.do === "hang-before" || entry?.method === "GET" || entry?.effect != null;
    if (entry?.fault === fault.do && isDone) return leaving.abort();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Goes on, here and elsewhere, until nothing is open any more. A person who is asked says what they see. */
async function settle(publication: ReturnType<typeof scene>, machines: readonly string[]) {
  for (const machine of [...machines, ...machines]) {
    expect((await visiblePosts(x)).length).toBeLessThanOrEqual(1);
    if (publication.newsroom.state === "published") break;
    await publication.advance(11 * minute);
    const sent = await publication.attempt(machine);
    const isUndecided = typeof sent === "object" && sent.outcome.state === "unclear" && !sent.not_before;
    if (isUndecided) {
      // What is visible is found; so nothing is, and they say so.
      expect(await visiblePosts(x)).toEqual([]);
      await publication.decideAbsent();
    }
  }
  expect(publication.newsroom.state).toBe("published");
  const posts = await visiblePosts(x);
  expect(posts).toMatchObject([{ text, media: alts.map((alt) => ({ alt })) }]);
  expect(publication.newsroom.attempts.at(-1)?.outcome).toBe("published");
}

describe.each([1, 2, 3, 4, 5])("when request %i to X", (n) => {
  it.each(faults)("%s, one post is visible in the end, and never two", async (_, fault) => {
    const publication = withPhotos();
    await x.faults({ ...fault, at: n });
    const leaving = new AbortController();
    const [sent] = await Promise.all([
      publication.attempt("laptop", { signal: leaving.signal }),
      giveUpHanging(n, fault, leaving),
    ]);
    // Photos go at the same time: one that had begun before nobody listened any more gets its answer.
    const isMissed = fault.do === "refuse" && (await x.log()).some((entry) => entry.n === n && entry.status);
    const isReported = typeof sent === "object" && sent.outcome.state === "published";
    if (isReported) expect(isMissed).toBe(true);
    if (fault.do !== "refuse") expect(await x.pendingFaults()).toEqual([]);
    await x.faults();
    // What was posted is never called failed.
    if (!isReported && (await visiblePosts(x)).length > 0) expect(publication.newsroom.state).toBe("unclear");
    await settle(publication, ["laptop", "another"]);
  });
});

describe("when a lookup on X", () => {
  it.each(faults)("%s, the post is found by the next one", async (_, fault) => {
    const publication = withPhotos();
    await x.faults({ at: 5, do: "cut-after" }, { ...fault, at: 6 });
    await publication.attempt("laptop");
    await publication.advance(3 * minute);
    const leaving = new AbortController();
    await Promise.all([
      publication.attempt("another", { signal: leaving.signal }),
      giveUpHanging(6, fault, leaving),
    ]);
    await x.faults();
    await settle(publication, ["another"]);
  });

  it("does not see the post yet, it says when to look again, and at last that a person has to", async () => {
    const { run, advance, newsroom } = withPhotos();
    await x.control("PUT", "/lag", { readings: 2 });
    await x.faults({ at: 5, do: "cut-after" });
    await run("laptop");
    await advance(2.5 * minute);
    const early = await run("laptop");
    expect(early.outcome).toEqual({ state: "unclear", again_ms: 5 * minute });
    await advance(3 * minute);
    const late = await run("laptop");
    expect(late.outcome).toEqual({ state: "unclear" });
    expect(newsroom.state).toBe("unclear");
    await advance(minute);
    expect((await run("laptop")).outcome.state).toBe("published");
  });

  it("is for text alone, finds what X has made of the text", async () => {
    const link = "https://bekasikab.go.id/musrenbang-2026?a=1&b=2";
    const { run, advance } = scene(x, { folder, rendering: renderingOf(text), link });
    await x.faults({ method: "POST", path: "/2/tweets", do: "cut-after" });
    await run("laptop");
    await advance(3 * minute);
    const [post] = await visiblePosts(x);
    expect((await run("another")).outcome).toMatchObject({ state: "published", remote_id: post?.id });
  });

  it("takes no other post for ours", async () => {
    const { run, advance } = withPhotos();
    await scene(x, { folder: path.join(folder, "b"), rendering: renderingOf("Lain.") }).run("laptop");
    await x.faults({ method: "POST", path: "/2/tweets", do: "cut-before" });
    await run("laptop");
    await advance(6 * minute);
    expect((await run("another")).outcome).toEqual({ state: "unclear" });
  });

  it("comes weeks later, it reads no post of those weeks", async () => {
    const { run, advance } = withPhotos();
    await x.faults({ method: "POST", path: "/2/tweets", do: "cut-after" });
    await run("laptop");
    await advance(14 * 24 * 60 * minute);
    for (const name of ["1", "2", "3"]) {
      const url = `${x.origin}/2/tweets`;
      const headers = { authorization: `Bearer ${office.bearer}`, "content-type": "application/json" };
      await fetch(url, { method: "POST", headers, body: JSON.stringify({ text: name }) });
    }
    const before = await billedThousandths(x);
    expect((await run("laptop")).outcome.state).toBe("published");
    expect((await billedThousandths(x)) - before).toBe(1);
  });

  it("follows a duplicate's 403, finds the post that X means", async () => {
    const first = withPhotos();
    await x.faults({ at: 5, do: "cut-after" });
    await first.run("laptop");
    // Somebody decides wrongly, and it is sent again.
    await first.decideAbsent();
    await first.advance(60 * minute);
    const again = await first.run("laptop");
    expect(again.outcome).toMatchObject({
      state: "unclear",
      code: "403",
      reason: "You are not allowed to create a Tweet with duplicate content.",
    });
    await first.advance(3 * minute);
    expect((await first.run("laptop")).outcome.state).toBe("published");
    expect(await visiblePosts(x)).toHaveLength(1);
  });
});

describe("a sender to X that is killed", () => {
  it("at any step, before or after its effect, here or on another machine: one post is visible in the end", async () => {
    const complete = killAt(0, "before");
    await withPhotos().run("laptop", { killer: complete });
    expect(complete.steps).toBeGreaterThanOrEqual(8);
    for (let at = 1; at <= complete.steps; at += 1) {
      for (const when of ["before", "after"] as const) {
        for (const next of ["heir", "another"]) {
          expect(await x.control("GET", "/violations")).toEqual([]);
          await x.reset();
          const publication = scene(x, {
            ...{ folder: path.join(folder, `${at}-${when}-${next}`), read: photos.read },
            rendering: renderingOf(text, photos.photos),
          });
          const killer = killAt(at, when);
          await Promise.race([killer.killed, publication.attempt("laptop", { killer })]);
          await publication.survive("laptop", "heir");
          await settle(publication, [next, next]);
        }
      }
    }
  });
});
