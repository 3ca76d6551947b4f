import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { deskOf, rates } from "../desk/browser.js";
import { announce, grant, site, why } from "../publishing/scene.js";
import {
  as,
  cibitung,
  jpeg,
  photo,
  startNewsroom,
  type TestNewsroom,
  textsFile,
  uploadPhoto,
} from "../support/newsroom.js";

/**
 * A thread that blocks, as a dear text blocks it: it begins a rendering by writing one file, and waits for another without giving
 * way. A text with "putus" ends it.
 */
const blocking = (folder: string) => `
  import { existsSync, writeFileSync } from "node:fs";
  import { parentPort } from "node:worker_threads";
  import { perform } from ${JSON.stringify(pathToFileURL(path.join(path.dirname(textsFile), "jobs.js")))};
  const nobody = new Int32Array(new SharedArrayBuffer(4));
  parentPort.on("message", async (job) => {
    if (job.kind === "rendering") {
      if (JSON.stringify(job).includes("putus")) process.exit(1);
      writeFileSync(${JSON.stringify(path.join(folder, "begun"))}, "");
      while (!existsSync(${JSON.stringify(path.join(folder, "go"))})) Atomics.wait(nobody, 0, 0, 20);
    }
    parentPort.postMessage(await perform(job));
  });`;

let folder: string;
let newsroom: TestNewsroom;
let token: string;
let operator: ReturnType<typeof as>;
let editor: ReturnType<typeof as>;
let admin: ReturnType<typeof as>;
let seed = 1300;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-renderings-"));
  const file = path.join(folder, "blocking.mjs");
  await writeFile(file, blocking(folder));
  const texts = { file, deadlineMs: 120_000, maxWaiting: 1 };
  newsroom = await startNewsroom(rates, undefined, undefined, { texts });
  token = await newsroom.token("operator");
  operator = as(newsroom, token);
  editor = as(newsroom, await newsroom.token("editor"));
  admin = as(newsroom, await newsroom.token("admin"));
  await announce(editor, site, { kecamatan: cibitung });
});
afterAll(async () => {
  await newsroom.remove();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => block());

const block = async () => {
  for (const name of ["begun", "go"]) await rm(path.join(folder, name), { force: true });
};
const release = () => writeFile(path.join(folder, "go"), "");
const begun = () => vi.waitFor(() => expect(existsSync(path.join(folder, "begun"))).toBe(true), 60_000);

/** The dearest body of the bench: 200,000 characters of emphasis that never closes. */
const hostile = "*a **b _c __d ~~e".repeat(12_000).slice(0, 200_000);
const approval = { destinations: ["kecamatan"], channels: ["web", "x"] };

async function claimed(changes: object = {}): Promise<string> {
  const id = await operator.submit(changes);
  expect((await editor.post(`/submissions/${id}/transitions`, { step: "claim" })).status).toBe(200);
  return id;
}
const approve = (id: string) =>
  editor.post(`/submissions/${id}/transitions`, { step: "approve", approval }, { "if-match": '"r1"' });
const approvalsOf = (id: string) =>
  newsroom.stores(({ store }) =>
    store.selectFrom("approvals").select("renderings").where("submission_id", "=", id).execute(),
  );
/** An approved submission as an older newsroom left it, with a planned publication; its address. */
async function olderApproval(changes: object = {}): Promise<string> {
  const id = await claimed(changes);
  await release();
  expect((await approve(id)).status).toBe(200);
  await block();
  await newsroom.stores(({ store }) =>
    store.updateTable("approvals").set({ renderings: null }).where("submission_id", "=", id).execute(),
  );
  const wanted = { channel: "web", account: site, state: "planned" };
  const { body } = await editor.post(`/submissions/${id}/publications`, wanted);
  return `/submissions/${id}/publications/${body.id}`;
}

/** Requests of others: one that touches no store, one that reads, one that writes. */
async function others(): Promise<number[]> {
  const health = await fetch(`${newsroom.url}/healthz`);
  const read = await operator.get("/submissions");
  const written = await operator.submit();
  return [health.status, read.status, written.length];
}
const served = [200, 200, 36];

describe("while a dear text is rendered", () => {
  it("for an approval, others are served, and the approval is whole afterwards", async () => {
    const id = await claimed({ body: hostile });
    const approving = approve(id);
    await begun();
    expect(await others()).toEqual(served);
    expect((await operator.get(`/submissions/${id}`)).body.state).toBe("in_review");
    expect(await approvalsOf(id)).toEqual([]);
    await release();
    expect((await approving).status).toBe(200);
    const { body } = await editor.get(`/submissions/${id}/renderings`);
    expect([body.frozen, body.channels.length]).toEqual([true, 2]);
  });

  it("for a reader, others are served", async () => {
    const id = await operator.submit({ body: hostile, title: "Dibaca" });
    const reading = operator.get(`/submissions/${id}/renderings`);
    await begun();
    const health = await fetch(`${newsroom.url}/healthz`);
    expect([health.status, (await editor.get("/submissions")).status]).toEqual([200, 200]);
    await release();
    expect((await reading).body.channels).toHaveLength(4);
  });

  it("for the first grant of an older approval, others are served and write, and the grant has it", async () => {
    const publication = await olderApproval({ body: hostile, title: "Lama" });
    // Another text than the one that was approved: what is remembered is not rendered again.
    await newsroom.restart();
    const granting = grant(editor, publication);
    await begun();
    expect(await others()).toEqual(served);
    const [, , id] = publication.split("/");
    expect((await approvalsOf(id!))[0]!.renderings).toBeNull();
    await release();
    const granted = await granting;
    expect([granted.status, granted.body.rendering.channel, granted.body.number]).toEqual([201, "web", 1]);
    expect((await approvalsOf(id!))[0]!.renderings).not.toBeNull();
  });

  it("a photo that is redacted meanwhile is in no rendering, and a revision that is replaced is not approved", async () => {
    const hash = await uploadPhoto(newsroom, token, await jpeg(seed++));
    const shown = { photos: [{ ...photo(hash), caption: "Rafa Canari" }], title: "Berfoto" };
    const id = await claimed(shown);
    const approving = approve(id);
    await begun();
    const redaction = { sha256: hash, reason: "Diminta", legal_basis: "UU 27/2022" };
    expect((await admin.post("/redactions", redaction)).status).toBe(201);
    await release();
    expect((await approving).status).toBe(200);
    const [row] = await approvalsOf(id);
    expect(row!.renderings).toContain('"web"');
    expect(row!.renderings).not.toMatch(/Canari/);

    await block();
    const other = await claimed({ title: "Diganti" });
    const replaced = approve(other);
    await begun();
    const { content } = (await operator.get(`/submissions/${other}`)).body;
    const sent = await admin.put(
      `/submissions/${other}`,
      { content: { ...content, body: "Lain." } },
      { "if-match": '"r1"' },
    );
    expect(sent.status).toBe(200);
    await release();
    expect((await replaced).status).toBe(412);
    expect(await approvalsOf(other)).toEqual([]);
  });

  it("and another waits, a third is told when to come back", async () => {
    const [first, second, third] = await Promise.all(
      ["Satu", "Dua", "Tiga"].map((title) => operator.submit({ title })),
    );
    const reading = operator.get(`/submissions/${first}/renderings`);
    await begun();
    // One of them waits, so the answer that comes is that of the other.
    const both = [
      editor.get(`/submissions/${second}/renderings`),
      admin.get(`/submissions/${third}/renderings`),
    ];
    const refused = await Promise.race(both);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(refused.body.type).toBe("urn:kominfo:problem:too-many-requests");
    await release();
    const statuses = (await Promise.all([reading, ...both])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 200, 503]);
  });
});

describe("a text that cannot be rendered", () => {
  it("is not approved, at the API and at the desk, which say what to do; the next one is", async () => {
    await release();
    const id = await claimed({ title: "putus" });
    expect(why(await approve(id))).toEqual([409, "unrenderable"]);
    expect(why(await operator.get(`/submissions/${id}/renderings`))).toEqual([409, "unrenderable"]);
    const { join, enter } = deskOf(() => newsroom);
    await join("Budi", "editor");
    const desk = await enter("Budi");
    const form = { destination: "kecamatan", channel: "web", revision: "1" };
    await desk.get(`/submissions/${id}`);
    const page = await desk.post(`/submissions/${id}/steps/approve`, form);
    expect(page.status).toBe(409);
    expect(page.text).toContain("Naskah ini terlalu rumit");
    expect((await operator.get(`/submissions/${id}`)).body.state).toBe("in_review");
    expect(await approvalsOf(id)).toEqual([]);
    expect((await approve(await claimed())).status).toBe(200);
  });

  it("is not sent where an older newsroom approved it, and nothing is left begun", async () => {
    const publication = await olderApproval();
    const [, , id] = publication.split("/");
    await newsroom.stores(async ({ store }) => {
      const row = store.selectFrom("revisions").select("content").where("submission_id", "=", id!);
      const { content } = await row.executeTakeFirstOrThrow();
      const changed = JSON.stringify({ ...JSON.parse(content), title: "putus" });
      await store
        .updateTable("revisions")
        .set({ content: changed })
        .where("submission_id", "=", id!)
        .execute();
    });
    expect(why(await grant(editor, publication))).toEqual([409, "unrenderable"]);
    const { items } = (await editor.get(`/submissions/${id}/publications`)).body;
    expect([items[0].state, items[0].held]).toEqual(["planned", null]);
    const attempts = await newsroom.stores(({ store }) =>
      store
        .selectFrom("publication_attempts")
        .selectAll()
        .where("publication_id", "=", items[0].id)
        .execute(),
    );
    expect(attempts).toEqual([]);
  });
});
