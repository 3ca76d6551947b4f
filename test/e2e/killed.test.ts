import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiPath } from "../../src/contract/contract.js";
import { isTemporary } from "../../src/files/atomic.js";
import { readPost } from "../../src/post/front-matter/read.js";
import { readState } from "../../src/workspace/state.js";
import { seeded } from "../files/compiled.js";
import { writeAnswers } from "../support/answers.js";
import {
  type Computer,
  filesBelow,
  openComputer,
  type ServedNewsroom,
  startNewsroom,
} from "../support/kominfo.js";
import { startProxy, type TestProxy } from "../support/proxy.js";

const photos = 3;
const random = seeded(20261122);

let newsroom: ServedNewsroom;
let proxy: TestProxy;
let operator: Computer;
let token: string;
/** Bytes that a submit sends which nobody disturbs. */
let usual: number;

beforeAll(async () => {
  newsroom = await startNewsroom();
  token = await newsroom.token("operator");
  proxy = await startProxy(newsroom.url);
  operator = await openComputer({ origin: proxy.url, token });
  await operator.json(["post", "submit", await newPost(0)]);
  usual = proxy.sent;
});
afterAll(async () => {
  await proxy?.close();
  for (const fixture of [operator, newsroom]) await fixture?.remove();
});

async function newPost(n: number): Promise<string> {
  const answers = await writeAnswers(path.join(operator.home, `kegiatan-${n}`), photos, 1200, n * 100);
  const argv = ["post", "new", "berita-kegiatan", "--from", answers, "--title", `Musrenbang ke-${n} Digelar`];
  return (await operator.json(argv)).post.slug;
}

describe("post submit, killed", () => {
  it.each([
    [1, "it has taken the lock", /^lock$/],
    [2, "it notes the photos", /\.jsonl$/],
    [3, "a photo is prepared", /\.jpg$/],
  ])("(%i) when %s, is finished by the same command", async (n, _, sign) => {
    const slug = await newPost(n);
    const folder = path.join(operator.workspace, "posts", slug, ".kominfo");
    const submit = operator.start(["post", "submit", slug]);
    while (!(await filesBelow(folder)).some(([name]) => sign.test(path.basename(name)))) await pause(2);
    await pause(20 * random());
    submit.kill("SIGKILL");
    await finishes(slug, (await submit.ended).code);
  });

  it.each([4, 5, 6, 7, 8])("(%i) while it sends, is finished by the same command", async (n) => {
    const slug = await newPost(n);
    const mark = proxy.sent + Math.round(usual * random());
    const submit = operator.start(["post", "submit", slug]);
    proxy.onTraffic = () => proxy.sent >= mark && submit.kill("SIGKILL");
    const { code } = await submit.ended;
    proxy.onTraffic = undefined;
    await finishes(slug, code);
  });

  it("when its submission is done but the answer has not come, finds that submission again", async () => {
    const slug = await newPost(9);
    const submit = operator.start(["post", "submit", slug]);
    proxy.loses = /^POST \/api\/v1\/submissions$/;
    proxy.onTraffic = () => proxy.seen.at(-1) === "POST /api/v1/submissions" && submit.kill("SIGKILL");
    const { code } = await submit.ended;
    proxy.onTraffic = undefined;
    proxy.loses = undefined;
    await finishes(slug, code);
  });
});

describe("post pull, killed", () => {
  it("at any moment, is finished by the same command: each revision is there once, and so is what was written here", async () => {
    const slug = await newPost(20);
    const { id } = (await operator.json(["post", "submit", slug])).submission;
    const editor = await openComputer({ origin: newsroom.url, token: await newsroom.token("editor") });
    await editor.json(["review", "claim", id]);
    const index = path.join(operator.workspace, "posts", slug, "index.md");
    await writeFile(index, (await readFile(index, "utf8")).replace(/^judul: .*$/m, 'judul: "Dari sini"'));
    const bundle = path.dirname(index);
    let usual = 0;
    let killed = 0;
    for (let n = 1; n <= 12; n++) {
      await revise(id, editor.env.KOMINFO_NEWSROOM_TOKEN!, `Sunting ${n}.`);
      const started = performance.now();
      const pull = operator.start(["post", "pull", slug]);
      if (n > 1) setTimeout(() => pull.kill("SIGKILL"), usual * (0.5 + 0.5 * random()));
      if ((await pull.ended).code === null) killed++;
      else usual = performance.now() - started;
      expect(await operator.json(["post", "pull", slug])).toMatchObject({ submission: { revision: n + 1 } });
      const { post, body } = readPost(await readFile(index));
      expect(post?.title).toBe("Dari sini");
      expect(body.match(/Sunting \d+\./g)).toEqual(Array.from({ length: n }, (_, i) => `Sunting ${i + 1}.`));
      const names = (await filesBelow(bundle)).map(([name]) => path.basename(name));
      expect(names.filter((name) => isTemporary(name) || /lock/.test(name))).toEqual([]);
    }
    expect(killed).toBeGreaterThan(5);
    await editor.remove();
  });
});

/** An editor's own revision, with one paragraph more. */
async function revise(id: string, editor: string, paragraph: string): Promise<void> {
  const { content, revision } = await newsroom.get(`/submissions/${id}`, editor);
  const answer = await fetch(`${newsroom.url}${apiPath}/submissions/${id}`, {
    method: "PUT",
    headers: {
      authorization: `Bearer ${editor}`,
      "content-type": "application/json",
      "if-match": `"r${revision}"`,
    },
    body: JSON.stringify({ content: { ...content, body: `${content.body}\n\n${paragraph}\n` } }),
  });
  expect(answer.status).toBe(200);
}

async function finishes(slug: string, code: number | null): Promise<void> {
  expect(code, "killed in the middle").toBeNull();
  const state = path.join(operator.workspace, "posts", slug, ".kominfo", "state.json");
  await expect(readState(state)).resolves.toBeDefined();
  expect((await operator.json(["post", "list"])).items.map((post: { slug: string }) => post.slug)).toContain(
    slug,
  );

  const { submission } = await operator.json(["post", "submit", slug]);
  expect(submission).toMatchObject({ revision: 1, state: "submitted" });
  const { items } = await newsroom.get("/submissions", token);
  const { content } = await newsroom.get(`/submissions/${submission.id}`, token);
  expect(content.slug).toBe(slug);
  expect(items.filter((submission: { title: string }) => submission.title === content.title)).toHaveLength(1);
  const hashes = new Set<string>(content.photos.map((photo: { sha256: string }) => photo.sha256));
  expect(hashes.size).toBe(photos);
  expect(await newsroom.photos()).toEqual(expect.arrayContaining([...hashes]));
  expect(await newsroom.photos()).toHaveLength(photos * items.length);

  const names = (await filesBelow(operator.workspace)).map(([name]) => path.basename(name));
  expect(names.filter((name) => isTemporary(name) || /lock/.test(name))).toEqual([]);
  expect((await readState(state)).uploads).toEqual({});
}
