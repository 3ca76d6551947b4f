import type { Content, Submission, SubmissionSummary, Transition } from "../../src/contract/contract.js";
import type { Answer, Asking, Person, Request } from "./asking.js";
import { routeOf } from "./asking.js";
import { hashOf, type Ledger } from "./ledger.js";
import type { ActName } from "./schedule.js";
import { upload, type WeekPhoto } from "./uploads.js";

/** What an act needs of the run. */
export interface Scene extends Asking {
  ledger: Ledger;
  newPhoto(seed: number): WeekPhoto;
}

/** Somebody does something, by this seed. */
export type Doing = (scene: Scene, person: Person, seed: number) => Promise<void>;

/** What people do over the API; the command line has its own, see `commands.ts`. */
export const acts: Record<Exclude<ActName, `command-${string}`>, Doing> = {
  async submit(scene, person, seed) {
    const photos = await uploadAll(scene, person, seed, seed % 4);
    const content = contentOf(seed, photos);
    const { status, body } = await asked(
      scene,
      person,
      { method: "POST", path: "/submissions", json: { content } },
      201,
    );
    if (status !== 201) return;
    const at = Date.now();
    scene.ledger.submissions.push({ at, id: body.id, title: content.title, kecamatan: person.kecamatan });
    scene.ledger.revisions.push({ at, submission: body.id, number: 1, hash: hashOf(content) });
    scene.ledger.steps.push({ at, submission: body.id, step: "submit" });
  },

  async revise(scene, person, seed) {
    const chosen = await chooseOwn(person, "submitted", seed);
    if (chosen) await sendRevision(scene, person, chosen, seed, false);
  },

  async resubmit(scene, person, seed) {
    const chosen = await chooseOwn(person, "returned", seed);
    if (!chosen) return;
    await person.ask({ method: "GET", path: `/submissions/${chosen.id}/comments` });
    await sendRevision(scene, person, chosen, seed, true);
  },

  async withdraw(scene, person, seed) {
    const chosen = await chooseOwn(person, "submitted", seed);
    if (chosen) await step(scene, person, chosen.id, { step: "withdraw", reason: "Acara dibatalkan" });
  },

  async remark(scene, person, seed) {
    const chosen = await chooseOwn(person, undefined, seed);
    if (chosen) await comment(scene, person, chosen.id, `Mohon dimuat hari ini (${seed}).`);
  },

  async album(scene, person, seed) {
    const photos = await uploadAll(scene, person, seed, 6 + (seed % 10));
    const slug = `acara-${seed}`;
    const json = {
      title: `Acara ${seed}`,
      photos: photos.map(({ sha256 }) => ({ sha256, filename: "acara.jpg", caption: "Suasana acara" })),
    };
    const path = `/albums/${person.kecamatan}/${slug}`;
    const { status } = await asked(scene, person, { method: "PUT", path, json }, 200, 201);
    if (status >= 300) return;
    const at = Date.now();
    for (const { sha256 } of photos)
      scene.ledger.albumPhotos.push({ at, sha256, album: `${person.kecamatan}/${slug}` });
  },

  async review(scene, person, seed) {
    const waiting = await list(person, "state=submitted&limit=50");
    const chosen = waiting[seed % Math.max(1, waiting.length)];
    // Somebody else may have claimed it, or its sender withdrawn it.
    if (!chosen || !(await step(scene, person, chosen.id, { step: "claim" }, undefined, 409))) return;
    const submission = await read(scene, person, chosen.id);
    const [photo] = submission.content.photos;
    if (photo) await person.ask({ method: "GET", path: `/photos/${photo.sha256}` });
    if (seed % 3 === 0) await comment(scene, person, chosen.id, `Siapa narasumbernya? (${seed})`);
    const approval = { destinations: ["kabupaten"], channels: ["web"] };
    const decision =
      seed % 20 < 11
        ? { step: "approve", approval }
        : seed % 20 < 17
          ? { step: "return", reason: `Lengkapi jabatan (${seed})` }
          : { step: "reject", reason: "Sudah dimuat" };
    // Its sender may have withdrawn it meanwhile.
    await step(scene, person, chosen.id, decision, submission.revision, 409);
  },

  async browse(scene, person, seed) {
    await person.ask({ method: "GET", path: "/submissions?limit=50&q=posyandu" });
    const found = await list(person, "limit=50");
    const chosen = found[seed % Math.max(1, found.length)];
    if (chosen) await read(scene, person, chosen.id);
  },

  async "record-link"(scene, person) {
    const approved = await list(person, "state=approved&limit=100");
    const chosen = approved.find((submission) => submission.shown === "approved");
    if (!chosen) return;
    const url = `https://kecamatan.example.go.id/berita/${chosen.id}`;
    const path = `/submissions/${chosen.id}/publications`;
    const json = { channel: "web", state: "published", url };
    // 200: another editor was first.
    const { status, body } = await asked(scene, person, { method: "POST", path, json }, 200, 201, 409);
    if (status !== 201) return;
    scene.ledger.publications.push({ at: Date.now(), submission: chosen.id, id: body.id, url });
  },

  async "redact-remark"(scene, person, seed) {
    const { comments } = scene.ledger;
    const chosen = comments[seed % Math.max(1, comments.length)];
    if (chosen) await redact(scene, person, chosen.id, { submission: chosen.submission, comment: chosen.id });
  },

  async "redact-photo"(scene, person, seed) {
    const { albumPhotos } = scene.ledger;
    const chosen = albumPhotos[seed % Math.max(1, albumPhotos.length)];
    if (chosen) await redact(scene, person, chosen.sha256, { sha256: chosen.sha256 });
  },

  async report(scene, person) {
    await asked(scene, person, { method: "GET", path: "/reports/weekly?week=2026-W47" }, 200);
  },

  async look(scene, person, seed) {
    const found = await list(person, "limit=100");
    const chosen = found[seed % Math.max(1, found.length)];
    if (chosen) await asked(scene, person, { method: "GET", path: `/submissions/${chosen.id}` }, 200);
  },
};

/** Asks until it is answered, writing with a key of its own; notes an answer that is none of `expected`. */
export async function asked(
  { journal }: Scene,
  person: Person,
  request: Request,
  ...expected: number[]
): Promise<Answer> {
  const answer = request.method === "GET" ? await person.ask(request) : await person.askOnce(request);
  if (!expected.includes(answer.status)) {
    const said = answer.body ? JSON.stringify(answer.body).slice(0, 300) : "";
    journal.surprises.push(
      `${person.name}: ${request.method} ${routeOf(request.path)}: ${answer.status} ${said}`,
    );
  }
  return answer;
}

async function list(person: Person, query: string): Promise<SubmissionSummary[]> {
  const { body } = await person.ask({ method: "GET", path: `/submissions?${query}` });
  return body?.items ?? [];
}

async function chooseOwn(person: Person, state: string | undefined, seed: number) {
  const found = await list(person, `limit=20${state ? `&state=${state}` : ""}`);
  return found[seed % Math.max(1, found.length)];
}

/** Reads a submission; whoever sees its internal block leaves an entry in the audit log. */
async function read(scene: Scene, person: Person, id: string): Promise<Submission> {
  const { body, status } = await asked(scene, person, { method: "GET", path: `/submissions/${id}` }, 200);
  if (status === 200 && Object.keys(body.content.internal).length > 0)
    scene.ledger.openings.push({ at: Date.now(), submission: id, person: person.id });
  return body;
}

/** Takes a step; whether it was taken. @param others statuses that are no surprise */
async function step(
  scene: Scene,
  person: Person,
  id: string,
  json: { step: string } & Record<string, unknown>,
  revision?: number,
  ...others: number[]
): Promise<boolean> {
  const headers: Record<string, string> = revision === undefined ? {} : { "if-match": `"r${revision}"` };
  const path = `/submissions/${id}/transitions`;
  const { status } = await asked(scene, person, { method: "POST", path, json, headers }, 200, 409, ...others);
  if (status === 200) scene.ledger.steps.push({ at: Date.now(), submission: id, step: json.step });
  return status === 200;
}

async function comment(scene: Scene, person: Person, submission: string, body: string): Promise<void> {
  const path = `/submissions/${submission}/comments`;
  const answer = await asked(scene, person, { method: "POST", path, json: { body } }, 201);
  if (answer.status === 201)
    scene.ledger.comments.push({ at: Date.now(), submission, id: answer.body.id, body });
}

async function sendRevision(
  scene: Scene,
  person: Person,
  { id }: SubmissionSummary,
  seed: number,
  submit: boolean,
): Promise<void> {
  const { content, revision } = await read(scene, person, id);
  const revised = { ...content, body: `${content.body}\n\nDitambahkan: ${seed}.` };
  const headers = { "if-match": `"r${revision}"` };
  const request = {
    method: "PUT" as const,
    path: `/submissions/${id}`,
    json: { content: revised, submit },
    headers,
  };
  // An editor may have claimed it, or somebody of the same kecamatan have sent another revision.
  const { status } = await asked(scene, person, request, 200, 409, 412);
  if (status !== 200) return;
  const at = Date.now();
  const number = revision + 1;
  scene.ledger.revisions.push({ at, submission: id, number, hash: hashOf(revised) });
  // Which step came with it depends on what editors have done since it was read.
  const history = await asked(scene, person, { method: "GET", path: `/submissions/${id}/transitions` }, 200);
  const taken = history.body.items.find(
    (entry: Transition) =>
      entry.revision === number && entry.by.id === person.id && /^(resubmit|correct)$/.test(entry.step),
  );
  if (taken) scene.ledger.steps.push({ at, submission: id, step: taken.step });
}

async function redact(scene: Scene, person: Person, target: string, what: object): Promise<void> {
  const askedAt = Date.now();
  const json = { ...what, reason: "Permintaan warga", legal_basis: "UU 27/2022 Pasal 8" };
  const { status, body } = await asked(
    scene,
    person,
    { method: "POST", path: "/redactions", json },
    200,
    201,
  );
  if (status < 300) scene.ledger.redactions.push({ at: Date.now(), id: body.id, target, askedAt });
}

async function uploadAll(scene: Scene, person: Person, seed: number, count: number): Promise<WeekPhoto[]> {
  const photos = Array.from({ length: count }, (_, n) => scene.newPhoto(seed + n));
  for (const [n, photo] of photos.entries())
    await upload(scene, scene.ledger, person, photo, (seed + n) % 3 === 0);
  return photos;
}

function contentOf(seed: number, photos: WeekPhoto[]): Content {
  return {
    kind: "berita-kegiatan",
    slug: `kegiatan-${seed}`,
    title: `Posyandu balita digelar (${seed})`,
    category: "kesehatan",
    priority: seed % 10 === 0 ? "urgent" : "normal",
    tags: ["posyandu"],
    channel_texts: { facebook: "Posyandu balita." },
    answers: { peserta: String(seed % 200) },
    // What an editor may open only with an entry in the audit log.
    internal: seed % 5 === 0 ? { telepon: `0812${seed}` } : {},
    photos: photos.map(({ sha256 }, n) => ({
      sha256,
      filename: "posyandu.jpg",
      caption: "Kader menimbang balita.",
      alt: "Seorang kader menimbang balita",
      credit: "Kecamatan",
      source: "own",
      children: "consented",
      lead: n === 0,
    })),
    body: "Kegiatan berlangsung tertib dan dihadiri para kader. ".repeat(10 + (seed % 40)),
  };
}
