import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleSlug, sampleTitle, writeAnswers } from "../support/answers.js";
import {
  type Computer,
  filesBelow,
  openComputer,
  type ServedNewsroom,
  startNewsroom,
} from "../support/kominfo.js";
import { startProxy, type TestProxy } from "../support/proxy.js";

// One story, told in order, as it goes between an operator and an editor.
let newsroom: ServedNewsroom;
let proxy: TestProxy;
let operator: Computer;
let editor: Computer;
let operatorToken: string;
let editorToken: string;
let id: string;

beforeAll(async () => {
  newsroom = await startNewsroom();
  [operatorToken, editorToken] = await Promise.all([newsroom.token("operator"), newsroom.token("editor")]);
  proxy = await startProxy(newsroom.url);
  operator = await openComputer({ initialised: false });
  editor = await openComputer({ origin: newsroom.url, token: editorToken });
});
afterAll(async () => {
  await proxy?.close();
  for (const fixture of [operator, editor, newsroom]) await fixture?.remove();
});

const submission = () => newsroom.get(`/submissions/${id}`, operatorToken);
const uploads = () => proxy.seen.filter((line) => line === "POST /api/v1/uploads").length;
const index = () => path.join(operator.workspace, "posts", sampleSlug, "index.md");

describe("from an event to an approved post", () => {
  it("an empty folder becomes a workspace", async () => {
    const ran = await operator.run(["init", "--kecamatan", "cibitung", "--newsroom", proxy.url, "--json"]);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(await readFile(path.join(operator.workspace, "kominfo.yaml"), "utf8")).toContain(proxy.url);
  });

  it("the operator logs in with a token from stdin, which goes into the vault", async () => {
    const ran = await operator.run(["auth", "login", "newsroom", "--with-token"], {
      stdin: `${operatorToken}\n`,
    });
    expect(ran.code).toBe(0);
    const { vault, accounts } = await operator.json(["auth", "status", "--check"]);
    expect(Object.keys(vault)).toEqual(["path", "unlock", "state", "open_until"]);
    expect(vault).toMatchObject({ state: "ok" });
    expect(accounts).toHaveLength(1);
    expect(Object.keys(accounts[0]).sort()).toEqual(
      [
        "service",
        "account",
        "origin",
        "kind",
        "source",
        "valid",
        "checked_at",
        "expires_at",
        "problem",
      ].sort(),
    );
    expect(accounts[0]).toMatchObject({
      service: "newsroom",
      origin: proxy.url,
      source: "vault",
      valid: true,
    });
  });

  it("answers and photos become a post", async () => {
    const answers = await writeAnswers(path.join(operator.home, "kegiatan"), 3);
    const made = await operator.json(["post", "new", "berita-kegiatan", "--from", answers]);
    const folder = path.join(operator.workspace, "posts", sampleSlug);
    expect(made).toEqual({
      passed_over: { files: [], folders: [], unreadable: [] },
      post: { slug: sampleSlug, path: folder, template: "berita-kegiatan", state: "draft" },
      photos: [1, 2, 3].map((n) => ({ path: path.join(folder, "foto", `IMG_100${n}.jpg`) })),
    });
    expect(await readFile(index(), "utf8")).toContain(sampleTitle);
  });

  it("--dry-run sends nothing", async () => {
    const before = proxy.seen.length;
    const { action, photos } = await operator.json(["post", "submit", "musrenbang", "--dry-run"]);
    expect({ action, photos }).toEqual({ action: "create", photos: { total: 3, to_prepare: 3 } });
    expect(proxy.seen).toHaveLength(before);
  });

  it("the post is submitted with its photos", async () => {
    const sent = await operator.json(["post", "submit", "musrenbang"]);
    id = sent.submission.id;
    expect(sent).toEqual({
      submission: { id, revision: 1, state: "submitted", url: `${proxy.url}/api/v1/submissions/${id}` },
      photos: { uploaded: 3, present: 0 },
      warnings: [],
    });
    expect(uploads()).toBe(3);
    expect(await newsroom.photos()).toHaveLength(3);
  });

  it("the same command again finds everything there: one submission, no photo sent twice", async () => {
    const before = await submission();
    const sent = await operator.json(["post", "submit", "musrenbang"]);
    expect(sent).toEqual({
      submission: { id, revision: 1, state: "submitted", url: `${proxy.url}/api/v1/submissions/${id}` },
      photos: { uploaded: 0, present: 3 },
      warnings: [],
    });
    expect(uploads()).toBe(3);
    expect((await newsroom.get("/submissions", operatorToken)).items).toHaveLength(1);
    expect(await submission()).toEqual(before);
  });

  it("the status has the keys of the contract", async () => {
    const status = await operator.json(["post", "status", "musrenbang"]);
    expect(Object.keys(status)).toEqual([
      "post",
      "submission",
      "publications",
      "uncorrected",
      "kept_photos",
      "waiting",
      "comments",
      "next",
    ]);
    expect(status.submission).toMatchObject({ id, revision: 1, state: "submitted" });
    expect(status.submission.updated_at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(status.comments).toEqual([]);
  });

  it("an editor returns it with a remark", async () => {
    expect((await editor.json(["review", "list"])).items.map((item: { id: string }) => item.id)).toEqual([
      id,
    ]);
    expect((await editor.json(["review", "claim", id])).submission.state).toBe("in_review");
    const returned = await editor.json(["review", "return", id, "--reason", "Siapa nama camatnya?"]);
    expect(returned.submission).toMatchObject({ id, revision: 1, state: "returned" });
  });

  it("the operator reads the remark and what to do next", async () => {
    const status = await operator.json(["post", "status", "musrenbang"]);
    expect(status.submission.state).toBe("returned");
    expect(status.comments).toHaveLength(1);
    expect(Object.keys(status.comments[0])).toEqual(["author", "at", "body"]);
    expect(status.comments[0].body).toBe("Siapa nama camatnya?");
    expect(status.next).toContain(`kominfo post submit ${sampleSlug}`);
  });

  it("submitting it unchanged sends nothing", async () => {
    const before = await submission();
    const ran = await operator.run(["post", "submit", "musrenbang"]);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain("--message");
    expect(await submission()).toEqual(before);
  });

  it("the mended post becomes the next revision, without its photos being sent again", async () => {
    const text = await readFile(index(), "utf8");
    await writeFile(index(), text.replaceAll("Camat membuka", "Camat Ahmad Fauzi membuka"));
    const argv = ["post", "submit", "musrenbang", "--message", "Nama sudah dilengkapi"];
    const sent = await operator.json(argv);
    expect(sent.submission).toMatchObject({ id, revision: 2, state: "submitted" });
    expect(sent.photos).toEqual({ uploaded: 0, present: 3 });
    expect(uploads()).toBe(3);
    expect((await submission()).content.photos[0].caption).toBe("Camat Ahmad Fauzi membuka Musrenbang (1)");
  });

  it("the editor cannot approve the revision that is no longer the newest", async () => {
    await editor.json(["review", "claim", id]);
    const where = ["--destination", "kabupaten", "--channel", "web"];
    const stale = await editor.run(["review", "approve", id, "--revision", "1", ...where]);
    expect(stale).toMatchObject({ code: 1, stdout: "" });
    expect(stale.stderr).toContain("revisi 2");
    const approved = await editor.json(["review", "approve", id, "--revision", "2", ...where]);
    expect(approved.submission).toMatchObject({ id, revision: 2, state: "approved" });
  });

  it("the operator sees it approved, can no longer change it, and only ask to withdraw it", async () => {
    expect((await operator.json(["post", "status", "musrenbang"])).submission.state).toBe("approved");
    const withdrawal = ["post", "withdraw", "musrenbang", "--reason", "Acara ditunda"];
    expect(await operator.json(withdrawal)).toMatchObject({ asked: true, submission: { state: "approved" } });
    expect((await operator.run(withdrawal)).code).toBe(1);
    await writeFile(index(), (await readFile(index(), "utf8")).replace("40 usulan", "41 usulan"));
    const late = await operator.run(["post", "submit", "musrenbang", "--json"]);
    expect(late).toMatchObject({ code: 1, stdout: "" });
    expect(JSON.parse(late.stderr).error.code).toBe("step-impossible");
    expect(await submission()).toMatchObject({ revision: 2, state: "approved" });
  });

  it("neither token nor passphrase lies in any file of the person", async () => {
    expect(await operator.filesWith(sampleTitle)).not.toEqual([]);
    for (const secret of [operatorToken, operatorToken.slice(8, 40), operator.passphrase]) {
      expect(await operator.filesWith(secret)).toEqual([]);
    }
  });

  it("the newsroom keeps no token either, and ends with 0", async () => {
    expect(await newsroom.stop()).toBe(0);
    for (const [name, file] of await filesBelow(newsroom.folder)) {
      const bytes = await readFile(file);
      expect(bytes.includes(operatorToken) || bytes.includes(editorToken), name).toBe(false);
    }
  });
});
