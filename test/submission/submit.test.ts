import { randomUUID } from "node:crypto";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { denied } from "../../src/errors/errors.js";
import { sha256 } from "../../src/files/hash.js";
import { withLock } from "../../src/files/lock.js";
import { createNewsroomClient } from "../../src/newsroom-client/client.js";
import type { Post } from "../../src/post/types.js";
import { takeOutOfQueue } from "../../src/submission/queue.js";
import type { SubmitProgress, Submitted } from "../../src/submission/session.js";
import { sendQueued, submitPost } from "../../src/submission/submit.js";
import type { Bundle } from "../../src/workspace/posts.js";
import { readState, stateLock, updateSubmissionState, writeState } from "../../src/workspace/state.js";
import { as, images } from "../newsroom/support/newsroom.js";
import { writePhoto } from "../support/photos.js";
import { newBundle, openPlace, type Place } from "./place.js";

vi.mock("../../src/workspace/state.js", { spy: true });

let place: Place;
let newsroom: Place["newsroom"];
let line: Place["line"];
let operator: string;
let editor: Place["editor"];
let bundle: Bundle;
let seed = 0;

beforeAll(async () => {
  place = await openPlace();
  ({ newsroom, line, operator, editor } = place);
});
afterAll(() => place.close());
beforeEach(async () => {
  const made = await newBundle();
  bundle = made.bundle;
  line.loses = undefined;
  line.seen = [];
  return made.remove;
});

function post(photos: readonly string[] = []): Post {
  return {
    kind: "berita-kegiatan",
    title: "Posyandu Balita Digelar di Desa Wanajaya",
    place: "Balai Desa Wanajaya",
    event_date: "2026-11-16",
    category: "kesehatan",
    priority: "normal",
    tags: [],
    channel_texts: {},
    answers: {},
    internal: {},
    photos: photos.map((file) => ({
      file,
      caption: "Kader menimbang balita.",
      alt: "Seorang kader menimbang balita",
      credit: "Kecamatan Cibitung",
      source: "own",
      children: "none",
      lead: false,
    })),
  };
}

interface Changes {
  post?: Post;
  hashtags?: string[];
  newsroom?: ReturnType<typeof createNewsroomClient>;
  body?: string;
  message?: string;
  origin?: string;
  signal?: AbortSignal;
  onProgress?: (progress: SubmitProgress) => void;
}

async function submit(changes: Changes = {}): Promise<Submitted> {
  const { origin = line.url, signal = new AbortController().signal, ...given } = changes;
  const client = createNewsroomClient({ origin, token: operator, version: "0.1.0", language: "id", signal });
  const sent = await submitPost({
    bundle,
    post: post(),
    body: "Kegiatan berlangsung tertib.",
    newsroom: client,
    images: async () => images,
    newKey: randomUUID,
    signal,
    ...given,
  });
  if ("unasked" in sent) throw sent.unasked;
  return sent;
}

async function photos(count: number): Promise<string[]> {
  await mkdir(bundle.photos, { recursive: true });
  const names: string[] = [];
  for (let n = 0; n < count; n++) {
    names.push(path.basename(await writePhoto(bundle.photos, `IMG_${n}.jpg`, { seed: ++seed })));
  }
  return names.map((name) => `foto/${name}`);
}

/** All submissions of this bundle, by its slug. */
async function submissions(): Promise<{ id: string; revision: number; state: string }[]> {
  const { items } = (await as(newsroom, operator).get("/submissions?limit=100")).body;
  const all = await Promise.all(
    items.map(
      async (item: { id: string }) => (await as(newsroom, operator).get(`/submissions/${item.id}`)).body,
    ),
  );
  return all.filter((submission) => submission.content.slug === bundle.slug);
}

async function returnIt(id: string): Promise<void> {
  await editor.post(`/submissions/${id}/transitions`, { to: "in_review" });
  await editor.post(
    `/submissions/${id}/transitions`,
    { to: "returned", reason: "Lengkapi" },
    { "if-match": '"r1"' },
  );
}

const posts = /^POST \/api\/v1\/submissions$/;
const puts = /^PUT \/api\/v1\/submissions\//;
const refused = (code: string) => expect.objectContaining({ code });

describe("a post that was never sent", () => {
  it("becomes one submission with its photos, and the bundle remembers it", async () => {
    const sent = await submit({ post: post(await photos(2)) });
    expect(sent).toMatchObject({ action: "create", photos: { uploaded: 2, present: 0 } });
    expect(await readState(bundle.state)).toEqual({
      photos: {},
      sent: {
        revision: 1,
        mark: expect.stringMatching(/^[0-9a-f]{16}$/),
        content: expect.stringMatching(/^[0-9a-f]{16}$/),
      },
      uploads: {},
      submission: {
        id: sent.submission.id,
        revision: 1,
        state: "submitted",
        updated_at: sent.submission.updated_at,
        origin: line.url,
        url: sent.url,
      },
    });
  });

  it("sends a picture that is listed under two names once", async () => {
    const [first = ""] = await photos(1);
    await copyFile(path.join(bundle.folder, first), path.join(bundle.photos, "salinan.jpg"));
    const sent = await submit({ post: post([first, "foto/salinan.jpg"]) });
    expect(sent.photos).toEqual({ uploaded: 1, present: 0 });
    expect((await submissions())[0]).toMatchObject({ photos: 2 });
  });

  it("tells how far it is", async () => {
    const steps: string[] = [];
    await submit({ post: post(await photos(1)), onProgress: ({ step }) => steps.push(step) });
    expect([...new Set(steps)]).toEqual(["preparing", "uploading", "sending"]);
  });

  it("by two processes at once becomes one submission", async () => {
    const sent = await Promise.all([submit(), submit()]);
    expect(sent.map(({ action }) => action).sort()).toEqual(["create", "nothing"]);
    expect(await submissions()).toHaveLength(1);
  });
});

describe("what a newsroom of the first version does not take", () => {
  const asks = () => line.seen.filter((request) => /^GET \/api\/v1\/?$/.test(request)).length;
  const login = { token: "", version: "0.1.0", language: "id" as const };
  /** A client to whom the newsroom names these features. */
  function client(features?: string[]) {
    const { signal } = new AbortController();
    const real = createNewsroomClient({ origin: line.url, ...login, token: operator, signal });
    if (!features) return real;
    return { ...real, service: async () => ({ ...(await real.service()), features }) };
  }
  async function withPhoto(changes: Partial<Post["photos"][number]>): Promise<Post> {
    const given = post(await photos(1));
    return { ...given, photos: [{ ...given.photos[0]!, ...changes }] };
  }
  const consent = { by: "Ibu Ratna", date: "2026-11-22", scope: "laman" };

  it("is sent where the newsroom names it, and the newsroom is asked once", async () => {
    const given = await withPhoto({ focus: "0.5,0.3", children: "consented", consent });
    const { submission } = await submit({ post: given, hashtags: ["Cibitung"] });
    expect(submission.content).toMatchObject({
      hashtags: ["Cibitung"],
      photos: [{ focus: { x: 0.5, y: 0.3 }, consent }],
    });
    expect(asks()).toBe(1);
  });

  it("costs no request where the post has none of it", async () => {
    await submit({ post: post(await photos(1)) });
    expect(asks()).toBe(0);
  });

  it("is left out elsewhere, and the same post again is nothing new", async () => {
    const given = await withPhoto({ focus: "0.5,0.3", children: "consented", consent });
    const old = { post: given, hashtags: ["Cibitung"], newsroom: client([]) };
    const { submission } = await submit(old);
    expect(submission.content).not.toHaveProperty("hashtags");
    expect(submission.content.photos[0]).not.toHaveProperty("focus");
    expect(submission.content.photos[0]).not.toHaveProperty("consent");
    expect(submission.content.photos[0]).toMatchObject({ children: "consented" });
    expect(await submit(old)).toMatchObject({ action: "nothing" });
    const some = await submit({ ...old, newsroom: client(["focus"]) });
    expect(some).toMatchObject({ action: "revise", submission: { revision: 2 } });
    expect(some.submission.content.photos[0]).toHaveProperty("focus");
    expect(some.submission.content.photos[0]).not.toHaveProperty("consent");
  });

  it.each<[string, () => Promise<Post>]>([
    ["anak: ada-tak-dikenali", () => withPhoto({ children: "unrecognisable" })],
    ["ralat", async () => ({ ...post(), correction_note: "Tanggalnya 22." })],
  ])("is refused where it would be lost: %s", async (key, given) => {
    const old = client(["focus", "hashtags", "consent"]);
    await expect(submit({ post: await given(), newsroom: old })).rejects.toMatchObject({
      code: "newsroom-too-old",
      exit: 1,
      params: { origin: line.url, key },
    });
    expect((await readState(bundle.state)).queued).toBeUndefined();
    expect(await submissions()).toEqual([]);
  });

  it("waits with the rest while there is no line to ask", async () => {
    line.loses = /./;
    await expect(submit({ hashtags: ["Cibitung"] })).rejects.toEqual(refused("server-unreachable"));
    line.loses = undefined;
    expect((await readState(bundle.state)).queued?.content.hashtags).toEqual(["Cibitung"]);
    const sent = await sendQueued({ bundle, newsroom: client(), newKey: randomUUID });
    expect(sent?.submission.content.hashtags).toEqual(["Cibitung"]);
  });
});

describe("a correction", () => {
  it("of what is out is sent with its sentence, to the editors, and without it not at all", async () => {
    const { submission } = await submit();
    const { id } = submission;
    await editor.post(`/submissions/${id}/transitions`, { to: "in_review" });
    const approval = { destinations: ["kecamatan"], channels: ["web"] };
    await editor.post(`/submissions/${id}/transitions`, { to: "approved", approval }, { "if-match": '"r1"' });
    await editor.post(`/submissions/${id}/publications`, { channel: "web", state: "published" });
    await expect(submit({ body: "Yang benar." })).rejects.toMatchObject({
      code: "correction-note-missing",
      exit: 2,
    });
    expect((await readState(bundle.state)).queued).toBeUndefined();
    const corrected = { ...post(), correction_note: "Kalimat pertama." };
    const sent = await submit({ body: "Yang benar.", post: corrected });
    expect(sent).toMatchObject({ action: "revise", submission: { revision: 2, state: "submitted" } });
    expect(sent.submission.content.correction_note).toBe("Kalimat pertama.");
    // `post check` knows it without a line.
    expect((await readState(bundle.state)).submission?.out).toBe(true);
  });
});

describe("an answer that was lost", () => {
  it("leaves the request on disk, and the same call again gives the one submission", async () => {
    line.loses = posts;
    await expect(submit()).rejects.toEqual(refused("server-unreachable"));
    const { pending, submission } = await readState(bundle.state);
    expect(submission).toBeUndefined();
    expect(pending).toMatchObject({ origin: line.url, content: { slug: bundle.slug } });
    const [made] = await submissions();

    line.loses = undefined;
    const sent = await submit();
    expect(sent.submission).toMatchObject({ id: made!.id, revision: 1 });
    expect(await submissions()).toHaveLength(1);
    expect((await readState(bundle.state)).pending).toBeUndefined();
  });

  it("as often as it likes makes no second submission", async () => {
    line.loses = posts;
    for (let n = 0; n < 3; n++) await expect(submit()).rejects.toEqual(refused("server-unreachable"));
    line.loses = undefined;
    await submit();
    expect(await submissions()).toHaveLength(1);
  });

  it("survives that the post was changed in between: the change becomes the second revision", async () => {
    line.loses = posts;
    await expect(submit()).rejects.toThrow();
    line.loses = undefined;
    const sent = await submit({ body: "Kegiatan berlangsung sangat tertib." });
    expect(sent).toMatchObject({ action: "revise", submission: { revision: 2, state: "submitted" } });
    expect(sent.submission.content.body).toContain("sangat tertib");
    expect(await submissions()).toHaveLength(1);
  });

  it("keeps later content queued in every write until the request of that content replaces it", async () => {
    line.loses = posts;
    await expect(submit({ body: "Pertama." })).rejects.toThrow();
    line.loses = undefined;
    vi.mocked(writeState).mockClear();
    await submit({ body: "Kedua." });
    const writes = vi.mocked(writeState).mock.calls.map(([, state]) => state);
    const withSecond = writes.map(({ queued, pending }) =>
      [queued, pending].some((unsent) => unsent?.content.body === "Kedua."),
    );
    expect(withSecond).toEqual([true, true, true, false]);
    expect(writes.at(-1)!.submission).toMatchObject({ revision: 2 });
  });

  it("to a revision gives that revision once", async () => {
    await submit();
    line.loses = puts;
    await expect(submit({ body: "Lain." })).rejects.toEqual(refused("server-unreachable"));
    line.loses = undefined;
    expect(await submit({ body: "Lain." })).toMatchObject({ action: "nothing", submission: { revision: 2 } });
  });

  it("during an upload sends only what the newsroom does not have", async () => {
    const given = { post: post(await photos(2)) };
    const controller = new AbortController();
    line.onTraffic = () =>
      line.seen.filter((request) => request.startsWith("POST /api/v1/uploads")).length === 2 &&
      controller.abort();
    await expect(submit({ ...given, signal: controller.signal })).rejects.toEqual(refused("cancelled"));
    line.onTraffic = undefined;
    const { photos: sent } = await submit(given);
    // The second was on its way: whether all of it arrived is the line's affair.
    expect(sent.uploaded + sent.present).toBe(2);
    expect(sent.present).toBeGreaterThan(0);
    expect(await submissions()).toHaveLength(1);
  });
});

describe("a submission without a line", () => {
  const everything = /./;

  it("waits in its bundle, as it was when it was asked for, and is sent once there is a line", async () => {
    line.loses = everything;
    const given = { post: post(await photos(2)) };
    await expect(submit(given)).rejects.toEqual(refused("server-unreachable"));
    line.loses = undefined;
    const { queued } = await readState(bundle.state);
    expect(queued?.photos).toHaveLength(2);
    expect(await submissions()).toHaveLength(0);

    const sent = await sendQueued(sending());
    expect(sent).toMatchObject({ action: "create", photos: { uploaded: 2, present: 0 } });
    expect((await readState(bundle.state)).queued).toBeUndefined();
    expect(await submissions()).toHaveLength(1);
    expect(await sendQueued(sending())).toBeUndefined();
  });

  it("is replaced by what is asked for later", async () => {
    line.loses = everything;
    await expect(submit({ body: "Pertama." })).rejects.toThrow();
    await expect(submit({ body: "Kedua." })).rejects.toThrow();
    line.loses = undefined;
    const sent = await sendQueued(sending());
    expect(sent?.submission.content.body).toBe("Kedua.");
    expect(await submissions()).toHaveLength(1);
  });

  it("that can never be sent as it is does not wait", async () => {
    const { submission } = await submit();
    await returnIt(submission.id);
    await editor.post(`/submissions/${submission.id}/transitions`, { to: "in_review" });
    await as(newsroom, operator).post(`/submissions/${submission.id}/transitions`, {
      to: "withdrawn",
      reason: "Batal",
    });
    await expect(submit({ body: "Lain." })).rejects.toEqual(refused("step-impossible"));
    expect((await readState(bundle.state)).queued).toBeUndefined();
  });

  it("does not wait for whom Ctrl-C was the answer", async () => {
    const controller = new AbortController();
    line.onTraffic = () => controller.abort();
    await expect(submit({ signal: controller.signal })).rejects.toEqual(refused("cancelled"));
    line.onTraffic = undefined;
    expect((await readState(bundle.state)).queued).toBeUndefined();
    const { pending } = await readState(bundle.state);
    if (pending) await sendQueued(sending());
  });

  it("is dropped by Ctrl-C, and what was queued before it stays queued", async () => {
    line.loses = everything;
    const given = { post: post(await photos(1)) };
    await expect(submit({ ...given, body: "Pertama." })).rejects.toThrow();
    const controller = new AbortController();
    line.onTraffic = () => controller.abort();
    const cancelled = submit({ ...given, body: "Kedua.", signal: controller.signal });
    await expect(cancelled).rejects.toEqual(refused("cancelled"));
    line.onTraffic = undefined;
    line.loses = undefined;
    expect((await readState(bundle.state)).queued?.content.body).toBe("Pertama.");
  });

  function sending(origin = line.url) {
    const { signal } = new AbortController();
    const login = { token: operator, version: "0.1.0", language: "id" as const };
    return { bundle, newsroom: createNewsroomClient({ origin, signal, ...login }), newKey: randomUUID };
  }
});

describe("the address of an upload", () => {
  it("is written down before anything that follows, however slow the disk", async () => {
    const [photo = ""] = await photos(1);
    const file = path.join(bundle.folder, photo);
    const bytes = await readFile(file);
    const calls: string[] = [];
    const slow = {
      get: () => undefined,
      set: async () => {
        await pause(300);
        calls.push("set");
      },
      remove: async () => void calls.push("removed"),
    };
    const { signal } = new AbortController();
    const login = { token: operator, version: "0.1.0", language: "id" as const };
    const client = createNewsroomClient({ origin: line.url, signal, ...login });
    const hash = sha256(bytes);
    const upload = { path: file, bytes: bytes.length, sha256: hash, source_sha256: hash, filename: "a.jpg" };
    await client.upload(upload, slow);
    expect(calls).toEqual(["set", "removed"]);
  });

  it("of a photo that the newsroom has by now is forgotten", async () => {
    const given = { post: post(await photos(1)) };
    const { submission } = await submit(given);
    const state = await readState(bundle.state);
    const uploads = { [submission.content.photos[0]!.sha256]: `${line.url}/api/v1/uploads/lama` };
    await writeState(bundle.state, { ...state, uploads });
    await submit({ ...given, body: "Lain." });
    expect((await readState(bundle.state)).uploads).toEqual({});
  });
});

describe("a refusal", () => {
  it("takes the request away, so that the mended post is sent anew", async () => {
    const unacceptable = post();
    await expect(submit({ post: { ...unacceptable, category: "x".repeat(61) } })).rejects.toEqual(
      refused("newsroom-refused"),
    );
    expect((await readState(bundle.state)).pending).toBeUndefined();
    expect(await submit()).toMatchObject({ action: "create", submission: { revision: 1 } });
  });

  it("because another laptop was first changes nothing here", async () => {
    const { submission } = await submit();
    const before = await readFile(bundle.state, "utf8");
    const other = as(newsroom, operator);
    const body = { content: { ...submission.content, body: "Dari laptop lain." } };
    await other.put(`/submissions/${submission.id}`, body, { "if-match": '"r1"' });
    await expect(submit({ body: "Dari sini." })).rejects.toEqual(refused("revision-stale"));
    expect(JSON.parse(await readFile(bundle.state, "utf8"))).toEqual(JSON.parse(before));
    expect((await submissions())[0]).toMatchObject({ revision: 2, content: { body: "Dari laptop lain." } });
  });

  it("of a login keeps the request, which may have been stored", async () => {
    line.loses = posts;
    await expect(submit()).rejects.toThrow();
    line.loses = undefined;
    const real = operator;
    operator = "kominfo_salah";
    await expect(submit()).rejects.toEqual(refused("login-refused"));
    operator = real;
    expect((await readState(bundle.state)).pending).toBeDefined();
    await submit();
    expect(await submissions()).toHaveLength(1);
  });

  it.each([401, 403])(
    "of the sender (%s) stored nothing: the post waits, and can be taken out",
    async (status) => {
      const real = operator;
      operator = status === 401 ? "kominfo_salah" : await newsroom.token("editor");
      const code = status === 401 ? "login-refused" : "not-allowed";
      await expect(submit()).rejects.toEqual(refused(code));
      expect(line.seen.filter((request) => posts.test(request))).toHaveLength(1);
      operator = real;
      const state = await readState(bundle.state);
      expect([state.pending, state.queued?.content.slug]).toEqual([undefined, bundle.slug]);
      expect(await takeOutOfQueue(bundle)).toBe(true);
      expect(await submissions()).toHaveLength(0);
    },
  );

  it("of a login by something in between leaves open whether it arrived", async () => {
    const signal = new AbortController().signal;
    const made = { origin: line.url, token: operator, version: "0.1.0", language: "id" as const, signal };
    const client = createNewsroomClient(made);
    const send = async () => {
      throw denied("login-refused", { origin: line.url });
    };
    await expect(submit({ newsroom: { ...client, send } })).rejects.toEqual(refused("login-refused"));
    expect((await readState(bundle.state)).pending).toBeDefined();
    await expect(takeOutOfQueue(bundle)).rejects.toEqual(refused("withdraw-unclear"));
  });
});

describe("a post that the newsroom has", () => {
  it("unchanged sends nothing but questions", async () => {
    const given = { post: post(await photos(1)) };
    await submit(given);
    line.seen = [];
    expect(await submit(given)).toMatchObject({ action: "nothing", photos: { uploaded: 0, present: 1 } });
    expect(line.seen.filter((request) => !request.startsWith("GET "))).toEqual([]);
  });

  it("and that was returned goes back with a message alone", async () => {
    const { submission } = await submit();
    await returnIt(submission.id);
    expect((await submit()).action).toBe("nothing");
    const sent = await submit({ message: "Sudah benar begitu" });
    expect(sent).toMatchObject({ action: "revise", submission: { revision: 1, state: "submitted" } });
    const { items } = (await editor.get(`/submissions/${submission.id}/transitions`)).body;
    expect(items.at(-1)).toMatchObject({ step: "resubmit", reason: "Sudah benar begitu" });
  });

  it("keeps a lost request when its state is looked up meanwhile", async () => {
    const { submission } = await submit();
    line.loses = puts;
    await expect(submit({ body: "Lain." })).rejects.toThrow();
    line.loses = undefined;
    const looked = { ...submission, state: "in_review" as const, updated_at: "2026-11-17T04:00:00.000Z" };
    await withLock(stateLock(bundle.state), () => updateSubmissionState(bundle.state, looked));
    expect((await readState(bundle.state)).submission).toMatchObject({ state: "submitted" });
    await updateSubmissionState(bundle.state, looked);
    const kept = await readState(bundle.state);
    expect(kept).toMatchObject({
      submission: { state: "in_review" },
      pending: { content: { body: "Lain." } },
    });
  });

  it("is not sent to another newsroom", async () => {
    await submit();
    await expect(submit({ origin: newsroom.url })).rejects.toEqual(refused("submitted-elsewhere"));
    expect(await submissions()).toHaveLength(1);
  });
});

it("a state file that is damaged is refused by name, and kept", async () => {
  await mkdir(path.dirname(bundle.state), { recursive: true });
  await writeFile(bundle.state, '{"submission":');
  await expect(submit()).rejects.toEqual(refused("post-state-damaged"));
  expect(await readFile(bundle.state, "utf8")).toBe('{"submission":');
  expect(await submissions()).toEqual([]);
});
