import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RenderInput, renderChannels } from "../../../src/channels/render.js";
import {
  type Content,
  contentFeatures,
  type PhotoAnswer,
  type Rendering,
} from "../../../src/contract/contract.js";
import {
  approvedRendering,
  freeze,
  prepare,
  Unprepared,
} from "../../../src/newsroom/services/submissions/renderings.js";
import { presentSizes } from "../../../src/newsroom/store/photos/photo-sizes.js";
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
let token: string;
let operator: ReturnType<typeof as>;
let editor: ReturnType<typeof as>;
let admin: ReturnType<typeof as>;
let viewer: ReturnType<typeof as>;
let publisher: ReturnType<typeof as>;
/** Hashes of two photos. */
let first: string;
let second: string;
let seed = 900;

beforeAll(async () => {
  newsroom = await startNewsroom({ token_per_minute: 5000 });
  token = await newsroom.token("operator");
  operator = as(newsroom, token);
  [editor, admin, viewer, publisher] = (await Promise.all(
    (["editor", "admin", "viewer", "publisher"] as const).map(async (role) =>
      as(newsroom, await newsroom.token(role)),
    ),
  )) as [typeof editor, typeof admin, typeof viewer, typeof publisher];
});
afterAll(() => newsroom.remove());
beforeEach(async () => {
  first = await uploadPhoto(newsroom, token, await jpeg(seed++));
  second = await uploadPhoto(newsroom, token, await jpeg(seed++));
});

const consent = { by: "Ibu Ratna Canari", date: "2026-11-15", scope: "laman kecamatan" };
const unchecked = (hash: string): Content["photos"][number] => ({
  ...photo(hash),
  children: "unchecked",
  lead: false,
});
const chosen = { destinations: ["kecamatan"], channels: ["web", "x"] };

async function claimed(changes: Partial<Content> = {}): Promise<string> {
  const id = await operator.submit(changes);
  expect((await editor.post(`/submissions/${id}/transitions`, { step: "claim" })).status).toBe(200);
  return id;
}

const approve = (id: string, more: object = {}, revision = 1) =>
  editor.post(
    `/submissions/${id}/transitions`,
    { step: "approve", approval: { ...chosen, ...more } },
    { "if-match": `"r${revision}"` },
  );

/** A submission whose approval says everything an approval can say. */
async function approved(changes: Partial<Content> = {}): Promise<string> {
  const id = await claimed({ photos: [{ ...photo(first), consent }, unchecked(second)], ...changes });
  const photos = [{ sha256: second, children: "consented", consent: { ...consent, by: "Pak Dedi Canari" } }];
  const overrides = [{ rule: "nama", key: "internal.telepon", quote: "0812", reason: "Sudah diperiksa" }];
  const answer = await approve(id, { photos, overrides });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return id;
}

const rowOf = (id: string) =>
  newsroom.stores(({ store }) =>
    store
      .selectFrom("approvals")
      .selectAll()
      .where("submission_id", "=", id)
      .orderBy("id", "desc")
      .executeTakeFirstOrThrow(),
  );

describe("a photo that nobody has looked at", () => {
  it("keeps approval waiting, names itself, and no override counts for it", async () => {
    const id = await claimed({ photos: [photo(first), unchecked(second)] });
    const overrides = [{ rule: "anak.foto", key: "foto.1", reason: "Tidak perlu" }];
    for (const more of [{}, { overrides }]) {
      const { status, body } = await approve(id, more);
      expect([status, body.type]).toEqual([409, "urn:kominfo:problem:checks-open"]);
      expect(body.checks).toEqual([{ rule: "anak.foto", key: "foto.1" }]);
    }
    const after = (await editor.get(`/submissions/${id}`)).body;
    expect([after.state, after.approval]).toEqual(["in_review", null]);
  });

  it.each<PhotoAnswer["children"]>(["none", "masked", "unrecognisable"])(
    "lets it through once it is answered: %s, and the answer is shown",
    async (children) => {
      const id = await claimed({ photos: [unchecked(first)] });
      const answer = await approve(id, { photos: [{ sha256: first, children }] });
      expect(answer.status).toBe(200);
      expect(answer.body.approval.photos).toEqual([{ sha256: first, children }]);
      // What the operator sent stays as they sent it.
      expect(answer.body.content.photos[0].children).toBe("unchecked");
    },
  );

  it("is answered once where the revision shows it twice", async () => {
    const id = await claimed({ photos: [unchecked(first), { ...unchecked(first), caption: "Lagi" }] });
    expect((await approve(id)).body.checks).toHaveLength(2);
    expect((await approve(id, { photos: [{ sha256: first, children: "none" }] })).status).toBe(200);
  });

  it.each<[string, () => object[], string]>([
    ["of another submission", () => [{ sha256: second, children: "none" }], "/approval/photos/0/sha256"],
    [
      "answered twice",
      () => [
        { sha256: first, children: "none" },
        { sha256: first, children: "masked" },
      ],
      "/approval/photos/1/sha256",
    ],
    [
      "with consent, without saying whose",
      () => [{ sha256: first, children: "consented" }],
      "/approval/photos/0/consent",
    ],
    [
      "without children, with somebody's consent",
      () => [{ sha256: first, children: "none", consent }],
      "/approval/photos/0/consent",
    ],
    [
      "with consent by nobody",
      () => [{ sha256: first, children: "consented", consent: { ...consent, by: "" } }],
      "/approval/photos/0/consent/by",
    ],
  ])("%s is refused", async (_name, photos, pointer) => {
    const id = await claimed({ photos: [unchecked(first)] });
    const { status, body } = await approve(id, { photos: photos() });
    expect([status, body.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });
});

describe("an override", () => {
  it("is stored with the approval and shown, also where its check is not open", async () => {
    const overrides = [
      { rule: "kalimat", key: "", quote: "tertib", reason: "Kutipan" },
      { rule: "judul.panjang", key: "judul", reason: "Nama acara" },
    ];
    const id = await claimed();
    expect((await approve(id, { overrides })).body.approval.overrides).toEqual(overrides);
    expect((await operator.get(`/submissions/${id}`)).body.approval.overrides).toEqual(overrides);
  });
});

describe("the names of those who consented", () => {
  it("are for those who read the internal block, and for nobody else", async () => {
    const id = await approved();
    for (const reader of [operator, editor, admin]) {
      const { content, approval } = (await reader.get(`/submissions/${id}`)).body;
      expect(content.photos[0].consent).toEqual(consent);
      expect(approval.photos[0].consent.by).toBe("Pak Dedi Canari");
      expect(approval.overrides).toHaveLength(1);
    }
    for (const reader of [viewer, publisher]) {
      for (const path of ["", "/revisions/1", "/renderings"]) {
        const answer = await reader.get(`/submissions/${id}${path}`);
        expect(answer.status, path).toBe(200);
        expect(JSON.stringify(answer.body), path).not.toMatch(/Canari|0812/);
      }
      expect((await reader.get(`/submissions/${id}`)).body.approval.photos).toEqual([
        { sha256: second, children: "consented" },
      ]);
    }
  });

  it("are in no rendering, and opening them is recorded as opening the internal block is", async () => {
    const id = await approved({ internal: {} });
    expect((await rowOf(id)).renderings).not.toMatch(/Canari/);
    await admin.get(`/submissions/${id}`);
    const { items } = (await admin.get("/audit?limit=100")).body;
    expect(items.filter((entry: { object: string }) => entry.object === id)).not.toEqual([]);
  });
});

describe("what was approved", () => {
  it("is frozen: the renderings of the approved channels, whatever is revised later", async () => {
    const id = await claimed();
    const before = (await editor.get(`/submissions/${id}/renderings`)).body;
    expect(before).toMatchObject({ revision: 1, frozen: false });
    await approve(id);
    const { body } = await editor.get(`/submissions/${id}/renderings`);
    expect(body).toMatchObject({ revision: 1, frozen: true });
    expect(body.channels.map(({ channel }: { channel: string }) => channel)).toEqual(["web", "x"]);
    // What was shown before approval is what was frozen.
    for (const rendering of body.channels) expect(before.channels).toContainEqual(rendering);
    for (const reader of [publisher, viewer, operator]) {
      expect((await reader.get(`/submissions/${id}/renderings`)).body).toEqual(body);
    }
  });

  it("is of the revision that is approved, not of the one that the renderings were prepared from", async () => {
    const id = await operator.submit({ title: "Judul Pertama" });
    await operator.put(
      `/submissions/${id}`,
      { content: content({ title: "Judul Kedua" }) },
      { "if-match": '"r1"' },
    );
    await editor.post(`/submissions/${id}/transitions`, { step: "claim" });
    expect((await approve(id, {}, 1)).status).toBe(412);
    expect((await approve(id, {}, 2)).status).toBe(200);
    const { body } = await editor.get(`/submissions/${id}/renderings`);
    expect([body.revision, body.frozen]).toEqual([2, true]);
    expect(JSON.stringify(body)).toContain("Judul Kedua");
    expect(JSON.stringify(body)).not.toContain("Judul Pertama");
    const older = await editor.get(`/submissions/${id}/renderings?revision=1`);
    expect(older.body).toMatchObject({ revision: 1, frozen: false });
    expect(JSON.stringify(older.body)).toContain("Judul Pertama");
    expect((await editor.get(`/submissions/${id}/renderings?revision=3`)).status).toBe(404);
  });

  it("is what was prepared, and refused where the revision, its photos or the channels are others by now", async () => {
    await newsroom.stores(async ({ store }) => {
      const shown = { ...photo(first), caption: "Kader menimbang balita." };
      const before = content({ title: "Judul Pertama", photos: [shown] });
      const needed = (now: Content, channels: Rendering["channel"][]) =>
        freeze(store, now, channels, undefined).catch((error: Unprepared) => error);
      const unprepared = (await needed(before, ["web"])) as Unprepared;
      expect(unprepared).toBeInstanceOf(Unprepared);
      const prepared = await prepare(unprepared, renderChannels);
      const frozen = (now: Content, channels: Rendering["channel"][]) =>
        freeze(store, now, channels, prepared);
      expect(JSON.parse(await frozen(before, ["web"]))).toEqual(prepared.renderings);
      const others: [Content, Rendering["channel"][]][] = [
        [{ ...before, title: "Judul Kedua" }, ["web"]],
        [before, ["web", "x"]],
        [{ ...before, photos: [{ ...shown, caption: "Lain." }] }, ["web"]],
      ];
      for (const other of others) await expect(frozen(...other)).rejects.toBeInstanceOf(Unprepared);
      await admin.post("/redactions", { sha256: first, reason: "Diminta", legal_basis: "UU 27/2022" });
      await expect(frozen(before, ["web"])).rejects.toBeInstanceOf(Unprepared);
    });
  });

  it("is made of nothing that is internal, of no answers, and not of who consented", async () => {
    await newsroom.stores(async ({ store }) => {
      const secret = { peserta: "Canari" };
      const whole = content({ answers: secret, internal: secret, photos: [{ ...photo(first), consent }] });
      const { input } = (await freeze(store, whole, ["web"], undefined).catch(
        (error: Unprepared) => error,
      )) as Unprepared;
      expect(JSON.stringify(input satisfies RenderInput)).not.toContain("Canari");
    });
  });

  it("is all that a publisher finds", async () => {
    const id = await operator.submit();
    expect((await publisher.get(`/submissions/${id}/renderings`)).status).toBe(404);
    await operator.put(`/submissions/${id}`, { content: content({ title: "Lain" }) }, { "if-match": '"r1"' });
    await editor.post(`/submissions/${id}/transitions`, { step: "claim" });
    await approve(id, {}, 2);
    expect((await publisher.get(`/submissions/${id}/renderings?revision=1`)).status).toBe(404);
    expect((await publisher.get(`/submissions/${id}/renderings?revision=2`)).body.frozen).toBe(true);
    // A correction replaces what was approved before, although that revision stays readable.
    await editor.post(`/submissions/${id}/publications`, { channel: "web", state: "published" });
    const corrected = { content: content({ title: "Ralat", correction_note: "Judulnya." }) };
    await editor.put(`/submissions/${id}`, corrected, { "if-match": '"r2"' });
    expect((await approve(id, {}, 3)).status).toBe(200);
    expect((await publisher.get(`/submissions/${id}/revisions/2`)).status).toBe(200);
    expect((await publisher.get(`/submissions/${id}/renderings?revision=2`)).status).toBe(404);
    expect((await publisher.get(`/submissions/${id}/renderings`)).body.revision).toBe(3);
  });

  it("is rendered at the first need where an older newsroom approved it, and stays", async () => {
    const id = await approved();
    const { renderings } = await rowOf(id);
    await newsroom.stores(({ store }) =>
      store.updateTable("approvals").set({ renderings: null }).where("submission_id", "=", id).execute(),
    );
    const read = (await editor.get(`/submissions/${id}/renderings`)).body;
    expect(read).toMatchObject({ frozen: false, revision: 1, channels: JSON.parse(renderings!) });
    expect((await rowOf(id)).renderings).toBeNull();
    await newsroom.stores(async ({ store }) => {
      const unprepared = approvedRendering(store, id, { revision: 1 }, "x", undefined);
      const prepared = await prepare(
        (await unprepared.catch((error: unknown) => error)) as Unprepared,
        renderChannels,
      );
      const made = await approvedRendering(store, id, { revision: 1 }, "x", prepared);
      expect(made).toEqual(JSON.parse(renderings!)[1]);
      await expect(
        approvedRendering(store, id, { revision: 1 }, "facebook", undefined),
      ).rejects.toMatchObject({
        problem: "conflict",
      });
      await expect(approvedRendering(store, id, { revision: 2 }, "x", prepared)).rejects.toMatchObject({
        problem: "conflict",
      });
    });
    expect((await rowOf(id)).renderings).toBe(renderings);
    expect((await editor.get(`/submissions/${id}/renderings`)).body.frozen).toBe(true);
  });
});

describe("a redaction", () => {
  const why = { reason: "Diminta", legal_basis: "UU 27/2022" };

  it("of the revision takes what its approval holds, and it is never rendered again", async () => {
    const id = await approved();
    expect((await admin.post("/redactions", { submission: id, revision: 1, ...why })).status).toBe(201);
    expect(await rowOf(id)).toMatchObject({ overrides: null, photo_answers: null, renderings: null });
    await newsroom.stores(async ({ store }) => {
      const again = approvedRendering(store, id, { revision: 1 }, "web", undefined);
      await expect(again).rejects.toMatchObject({ problem: "conflict" });
    });
  });

  it("of a photo takes who consented and what quotes it, and what is rendered then is without it", async () => {
    const id = await claimed({ photos: [photo(first), unchecked(second)] });
    const overrides = [
      { rule: "takarir", key: "foto.1.takarir", quote: "Rafa Canari", reason: "Juara" },
      { rule: "takarir", key: "foto.0.takarir", reason: "Tetap" },
    ];
    await approve(id, { overrides, photos: [{ sha256: second, children: "consented", consent }] });
    expect((await admin.post("/redactions", { sha256: second, ...why })).status).toBe(201);
    const row = await rowOf(id);
    expect(row.renderings).toBeNull();
    const { approval } = (await editor.get(`/submissions/${id}`)).body;
    expect(approval.photos).toEqual([{ sha256: second, children: "consented" }]);
    expect(approval.overrides).toEqual([overrides[1]]);
    await newsroom.stores(async ({ store }) => {
      expect([...(await presentSizes(store, [first, second])).keys()]).toEqual([first]);
      const needed = approvedRendering(store, id, { revision: 1 }, "web", undefined);
      const unprepared = (await needed.catch((error: unknown) => error)) as Unprepared;
      const prepared = await prepare(unprepared, renderChannels);
      await approvedRendering(store, id, { revision: 1 }, "web", prepared);
    });
    expect((await rowOf(id)).renderings).not.toMatch(/Canari/);
  });
});

describe("the service", () => {
  it("names what its content takes beyond the first version, and takes it", async () => {
    const { features } = (await as(newsroom).get("/")).body;
    expect(features).toEqual(expect.arrayContaining([...contentFeatures]));
    const id = await operator.submit({
      hashtags: ["KabupatenBekasi"],
      correction_note: "Tanggalnya diperbaiki.",
      photos: [{ ...photo(first), children: "unrecognisable", focus: { x: 0.5, y: 0.25 } }],
    });
    const { content: kept } = (await operator.get(`/submissions/${id}`)).body;
    expect(kept).toMatchObject({ hashtags: ["KabupatenBekasi"], correction_note: "Tanggalnya diperbaiki." });
    expect(kept.photos[0]).toMatchObject({ children: "unrecognisable", focus: { x: 0.5, y: 0.25 } });
  });
});
