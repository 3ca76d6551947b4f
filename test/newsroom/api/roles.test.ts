import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import Fastify from "fastify";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { endpoints } from "../../../src/contract/endpoints/endpoints.js";
import { requireAdmission } from "../../../src/newsroom/desk/http/admission.js";
import { requireDeclared, routeOf } from "../../../src/newsroom/http/endpoint.js";
import { addPerson, linkPerson } from "../../../src/newsroom/local-people.js";
import type { Store } from "../../../src/newsroom/store/database/open.js";
import { deskOf, rates } from "../desk/browser.js";
import {
  as,
  content,
  jpeg,
  photo,
  startNewsroom,
  type TestNewsroom,
  uploadPhoto,
} from "../support/newsroom.js";

let newsroom: TestNewsroom;
let operatorToken: string;
let operator: ReturnType<typeof as>;
let editor: ReturnType<typeof as>;
let viewer: ReturnType<typeof as>;
let publisher: ReturnType<typeof as>;
beforeEach(async () => {
  newsroom = await startNewsroom(rates);
  operatorToken = await newsroom.token("operator");
  operator = as(newsroom, operatorToken);
  editor = as(newsroom, await newsroom.token("editor"));
  viewer = as(newsroom, await newsroom.token("viewer"));
  publisher = as(newsroom, await newsroom.token("publisher"));
});
afterEach(() => newsroom.remove());

const secret = "0812-RAHASIA";
const approval = { destinations: ["kabupaten"], channels: ["web"] };
const first = { "if-match": '"r1"' };
const second = { "if-match": '"r2"' };
const step = (id: string, name: string, headers = {}) =>
  editor.post(
    `/submissions/${id}/transitions`,
    { step: name, ...(name === "approve" ? { approval } : {}) },
    headers,
  );

/** Two revisions, of which the second is approved. */
async function approved(changes: Parameters<typeof content>[0] = {}): Promise<string> {
  const id = await operator.submit({ internal: { telepon: secret }, body: "Belum diperiksa.", ...changes });
  const revised = {
    content: content({ internal: { telepon: `${secret} lagi` }, body: "Sudah benar.", photos: [] }),
  };
  await operator.put(`/submissions/${id}`, revised, first);
  await step(id, "claim");
  expect((await step(id, "approve", second)).status).toBe(200);
  return id;
}

describe("a viewer", () => {
  it("reads a submission in any state, its revisions and the reports, and never the internal block", async () => {
    const id = await operator.submit({ internal: { telepon: secret } });
    expect((await editor.get(`/submissions/${id}`)).body.content.internal).toEqual({ telepon: secret });
    const read = await viewer.get(`/submissions/${id}`);
    expect([read.status, read.body.content.internal, read.body.possible]).toEqual([200, {}, []]);
    const revision = await viewer.get(`/submissions/${id}/revisions/1`);
    expect([revision.status, revision.body.content.internal]).toEqual([200, {}]);
    for (const path of ["/submissions", `/submissions/${id}/revisions`, "/changes?since=0"]) {
      const answer = await viewer.get(path);
      expect([answer.status, answer.body.items.length]).toEqual([200, 1]);
    }
    expect((await viewer.get("/reports/weekly?week=2026-W47")).body.total.received).toBe(1);
  });

  it("sees the desk without a form to send, and nothing internal on any page", async () => {
    const { join, enter } = deskOf(() => newsroom);
    const id = await approved();
    await editor.post(`/submissions/${id}/publications`, { channel: "web", state: "published" });
    await join("Vina", "viewer");
    await join("Edi", "editor");
    const pages = ["", "?revision=1", "/compare?from=1&to=2"].map((rest) => `/submissions/${id}${rest}`);
    const [vina, edi] = [await enter("Vina"), await enter("Edi")];
    for (const page of pages) {
      expect((await edi.get(page)).text, page).toContain(secret);
      const { status, text } = await vina.get(page);
      expect(status).toBe(200);
      expect(text).toContain("Posyandu Balita");
      expect(text).not.toContain(secret);
      const forms = [...text.matchAll(/<form[^>]*method="post"[^>]*action="([^"]+)"/g)].map(
        ([, action]) => action,
      );
      expect(forms).toEqual(["/logout", "/language"]);
      expect(text).not.toMatch(/href="[^"]*(\/edit|\/redact|#comment)"/);
    }
    expect((await vina.get("/?view=all")).text).toContain(`/submissions/${id}`);
    expect((await vina.get("/")).text).not.toContain("view=mine");
    expect((await vina.get("/week")).status).toBe(200);
  });
});

describe("a publisher", () => {
  it("does not read a revision, nor its photo, whose approval was revoked", async () => {
    const made = await jpeg(77);
    const { hash } = made;
    await uploadPhoto(newsroom, operatorToken, made);
    const id = await operator.submit({ title: "Nama korban", photos: [photo(hash)] });
    await step(id, "claim");
    expect((await step(id, "approve", first)).status).toBe(200);
    expect((await publisher.get(`/submissions/${id}/revisions/1`)).status).toBe(200);
    expect((await publisher.get(`/photos/${hash}`)).status).toBe(200);
    const revoked = { step: "revoke", reason: "Nama korban tidak boleh dimuat." };
    expect((await editor.post(`/submissions/${id}/transitions`, revoked)).status).toBe(200);
    await editor.put(`/submissions/${id}`, { content: content({ title: "Tanpa nama" }) }, first);
    expect((await step(id, "approve", second)).status).toBe(200);
    expect((await publisher.get(`/submissions/${id}/revisions/1`)).status).toBe(404);
    const { items } = (await publisher.get(`/submissions/${id}/revisions`)).body;
    expect(items.map(({ number }: { number: number }) => number)).toEqual([2]);
    expect((await publisher.get(`/photos/${hash}`)).status).toBe(404);
  });

  it("finds nothing but what is approved, in the revisions that were approved", async () => {
    const { hash } = await jpeg(7);
    await uploadPhoto(newsroom, operatorToken, await jpeg(7));
    const waiting = await operator.submit();
    const id = await approved({ photos: [photo(hash)] });
    expect((await publisher.get("/submissions")).body.items.map((item: { id: string }) => item.id)).toEqual([
      id,
    ]);
    expect((await publisher.get("/submissions?state=submitted")).body.items).toEqual([]);
    for (const rest of ["", "/revisions", "/revisions/1", "/publications"]) {
      expect((await publisher.get(`/submissions/${waiting}${rest}`)).status, rest).toBe(404);
    }
    const read = await publisher.get(`/submissions/${id}`);
    expect([read.status, read.body.content.internal, read.body.content.body]).toEqual([
      200,
      {},
      "Sudah benar.",
    ]);
    const { items } = (await publisher.get(`/submissions/${id}/revisions`)).body;
    expect(items.map(({ number }: { number: number }) => number)).toEqual([2]);
    expect((await publisher.get(`/submissions/${id}/revisions/1`)).status).toBe(404);
    expect((await publisher.get(`/submissions/${id}/revisions/2`)).body.content.internal).toEqual({});
    // The first revision, which nobody approved, had the photo.
    expect((await publisher.get(`/photos/${hash}`)).status).toBe(404);
    expect((await editor.get(`/photos/${hash}`)).status).toBe(200);
    await editor.post(`/submissions/${id}/transitions`, { step: "revoke", reason: "Keliru" });
    expect((await publisher.get(`/submissions/${id}`)).status).toBe(404);
  });

  it("sees the photo of an approved revision", async () => {
    const sent = await jpeg(8);
    await uploadPhoto(newsroom, operatorToken, sent);
    const id = await operator.submit({ photos: [photo(sent.hash)] });
    expect((await publisher.get(`/photos/${sent.hash}`)).status).toBe(404);
    await step(id, "claim");
    await step(id, "approve", first);
    expect((await publisher.get(`/photos/${sent.hash}`)).status).toBe(200);
  });

  it("plans, records and ends nothing by hand: it tells what became of its own attempts", async () => {
    const id = await approved();
    const address = `/submissions/${id}/publications`;
    const planned = await editor.post(address, { channel: "web", state: "planned" });
    for (const body of [
      { state: "publishing" },
      { state: "failed", reason: "Ditolak" },
      { state: "scheduled", scheduled_for: "2026-12-01T00:00:00Z" },
      { state: "published", url: "https://bekasi.example/1" },
      { state: "unpublished", reason: "Keliru" },
    ]) {
      expect((await publisher.put(`${address}/${planned.body.id}`, body)).status, body.state).toBe(403);
    }
    for (const state of ["planned", "scheduled", "published", "failed"])
      expect((await publisher.post(address, { channel: "web", account: "humas", state })).status).toBe(403);
    expect((await editor.get(address)).body.items).toMatchObject([{ state: "planned" }]);
  });

  it("has tokens only: no activation code, no login link, no session at the desk", async () => {
    const admin = as(newsroom, await newsroom.token("admin"));
    const made = await admin.post("/users", { name: "Skrip", role: "publisher" });
    expect([made.status, Object.keys(made.body)]).toEqual([201, ["user"]]);
    const { id } = made.body.user;
    expect((await admin.post(`/users/${id}/logins`, {})).status).toBe(409);
    expect((await admin.post(`/users/${id}/logins`, { token: true })).body.token).toMatch(/^kominfo_/);
    expect((await admin.post(`/users/${id}/links`, {})).status).toBe(409);
    await expect(linkPerson(newsroom.place, id, newsroom.clock.now)).rejects.toMatchObject({
      code: "newsroom-link-refused",
    });
    const { activation_code } = await addPerson(
      newsroom.place,
      { name: "S", role: "publisher" },
      newsroom.clock.now,
    );
    expect(activation_code).toBeUndefined();
  });
});

describe("a role that comes later", () => {
  it("meets no branch that asks who somebody is not: the table of abilities is asked", async () => {
    const source = path.resolve(import.meta.dirname, "../../../src");
    const found: string[] = [];
    for (const folder of ["newsroom", "contract"]) {
      for (const file of await readdir(path.join(source, folder), { recursive: true })) {
        if (!file.endsWith(".ts")) continue;
        const text = await readFile(path.join(source, folder, file), "utf8");
        const branches =
          text.match(/role !== "|role === "operator"|(caller|membership)\.kecamatan [!=]== null/g) ?? [];
        found.push(...branches.map((branch) => `${folder}/${file}: ${branch}`));
      }
    }
    expect(found).toEqual([]);
  });

  it("needs to be named: a route of the API or the desk without roles cannot be registered", async () => {
    const api = Fastify();
    requireDeclared(api, {} as Store, async () => true);
    const { roles: _, ...unnamed } = endpoints.readMe;
    const handler = async () => ({});
    expect(() => api.route({ ...routeOf(unnamed as typeof endpoints.readMe), handler })).toThrow(
      "declares no roles",
    );
    expect(() => api.get("/baru", handler)).toThrow("is not declared");
    const desk = Fastify();
    requireAdmission(desk);
    expect(() => desk.get("/baru", handler)).toThrow("does not declare its roles");
  });
});
