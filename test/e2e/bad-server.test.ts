import { once } from "node:events";
import { cp, readFile, writeFile } from "node:fs/promises";
import http, { type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { writeAnswers } from "../support/answers.js";
import {
  type Computer,
  openComputer,
  type ServedNewsroom,
  startNewsroom,
  treeOf,
} from "../support/kominfo.js";
import { expectRefusal } from "./refusal.js";

const token = "kominfo_0123456789012345678901234567890123456789012";
let operator: Computer;
let slug: string;

beforeAll(async () => {
  operator = await openComputer({ token });
  const answers = await writeAnswers(path.join(operator.home, "kegiatan"), 1);
  slug = (await operator.json(["post", "new", "berita-kegiatan", "--from", answers])).post.slug;
  // The renditions are made once, so that what follows changes nothing but what it shall.
  await useNewsroom("http://127.0.0.1:1");
  expect(await operator.run(["post", "submit", slug])).toMatchObject({ code: 5 });
});
afterAll(() => operator?.remove());

async function useNewsroom(url: string): Promise<void> {
  const settings = `kecamatan: "32.16.07"\nnewsroom: { kind: kominfo, url: "${url}" }\n`;
  await writeFile(path.join(operator.workspace, "kominfo.yaml"), settings);
}

/** Something that answers in a newsroom's place; gives its address. */
async function answering(listener: RequestListener): Promise<string> {
  const server = http.createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await useNewsroom(url);
  return url;
}

const submit = () => ["post", "submit", slug];
const page = "<!doctype html><title>Masuk ke Wi-Fi</title>";

describe("instead of a newsroom", () => {
  it("nobody answers: the same command later goes on", async () => {
    await useNewsroom("http://127.0.0.1:1");
    await expectRefusal(operator, submit(), {
      code: "submission-queued",
      exit: 5,
      says: "http://127.0.0.1:1 ",
    });
    const status = await operator.run(["post", "status", slug]);
    expect([status.code, status.stdout]).toEqual([
      0,
      expect.stringMatching(/menunggu terkirim[\s\S]*kominfo sync/),
    ]);
    const list = await operator.run(["post", "list"]);
    expect(list.stdout).toMatch(/menunggu terkirim[\s\S]*kominfo sync/);
    expect((await operator.json(["post", "list"])).items[0]).toMatchObject({ state: "draft", waiting: true });
  });

  it("a hotspot's page with status 200 answers: that passes", async () => {
    await answering((_, response) => response.setHeader("content-type", "text/html").end(page));
    await expectRefusal(operator, submit(), { code: "submission-queued", exit: 5, says: "Wi-Fi" });
  });

  it("another site answers with a page and 404: the address is wrong", async () => {
    await answering((_, response) => response.writeHead(404, { "content-type": "text/html" }).end(page));
    await expectRefusal(operator, submit(), {
      code: "newsroom-not-there",
      exit: 1,
      says: "config set newsroom",
    });
  });

  it("JSON of something else answers", async () => {
    await answering((_, response) => response.setHeader("content-type", "application/json").end('{"ok":1}'));
    await expectRefusal(operator, submit(), { code: "submission-queued", exit: 5 });
  });

  it("a gateway in trouble answers", async () => {
    await answering((_, response) => response.writeHead(502, { "content-type": "text/html" }).end(page));
    await expectRefusal(operator, submit(), { code: "submission-queued", exit: 5, says: "502" });
  });

  it("a busy server answers, and says how long to wait", async () => {
    await answering((_, response) => response.writeHead(429, { "retry-after": "30" }).end());
    await expectRefusal(operator, submit(), { code: "submission-queued", exit: 5, says: "30 detik" });
  });

  it("a page answers the upload only", async () => {
    await answering((request, response) => {
      const known = request.url?.endsWith("/known");
      response.setHeader("content-type", known ? "application/json" : "text/html");
      response.end(known ? '{"sha256":[]}' : page);
    });
    const ran = await operator.run([...submit(), "--json"]);
    expect(ran.stdout).toBe("");
    expect(JSON.parse(ran.stderr).error).toMatchObject({ code: "submission-queued", exit: 5 });
  });

  it("a redirect answers: the login is not carried there", async () => {
    let visits = 0;
    const elsewhere = await answering((_, response) => {
      visits++;
      response.end();
    });
    for (const status of [301, 302, 307, 308]) {
      await answering((_, response) => response.writeHead(status, { location: `${elsewhere}/masuk` }).end());
      await expectRefusal(operator, submit(), { code: "server-redirects", exit: 1, says: elsewhere });
    }
    expect(visits).toBe(0);
  });

  it("an address with control characters is shown without them", async () => {
    const body = JSON.stringify({
      type: "urn:kominfo:problem:invalid",
      title: "\u001b[2JJudul\u202e terbalik",
      status: 422,
      detail: "baris 1\nbaris 2 \u0007",
    });
    await answering((_, response) =>
      response.writeHead(422, { "content-type": "application/problem+json" }).end(body),
    );
    const ran = await operator.run(submit());
    expect(ran.code).toBe(1);
    expect(ran.stderr).not.toMatch(/[\u001b\u202e\u0007]/);
    expect(ran.stderr).toContain("Judul terbalik");
  });

  it("nothing comes: Ctrl-C ends the wait with 130", async () => {
    let asked = () => {};
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    await answering(() => asked());
    const before = await treeOf(operator.home);
    const waiting = operator.start([...submit(), "--json"]);
    await isAsked;
    await pause(50);
    waiting.kill("SIGINT");
    const ran = await waiting.ended;
    expect(ran).toMatchObject({ code: 130, stdout: "" });
    expect(JSON.parse(ran.stderr).error).toMatchObject({ code: "cancelled", exit: 130 });
    expect(await treeOf(operator.home)).toEqual(before);
  });
});

describe("a login", () => {
  let newsroom: ServedNewsroom;
  let siti: Computer;
  let sitiToken: string;

  beforeAll(async () => {
    newsroom = await startNewsroom();
    sitiToken = await newsroom.token("operator");
    siti = await openComputer({ origin: newsroom.url });
    const answers = await writeAnswers(path.join(siti.home, "kegiatan"), 1);
    await siti.json(["post", "new", "berita-kegiatan", "--from", answers]);
    expect(await siti.run(["auth", "login", "newsroom", "--with-token"], { stdin: sitiToken })).toMatchObject(
      {
        code: 0,
      },
    );
    await siti.json(["post", "submit", "musrenbang"]);
  });
  afterAll(async () => {
    for (const fixture of [siti, newsroom]) await fixture?.remove();
  });

  const vault = () => path.join(siti.home, ".config", "kominfo", "vault.json");
  const status = ["post", "status", "musrenbang"];

  it("that is not there is asked for by its command", async () => {
    const bare = await openComputer({ origin: newsroom.url });
    onTestFinished(() => bare.remove());
    // A workspace is remembered by the first command that opens it.
    await bare.run(["post", "list"]);
    await expectRefusal(bare, ["review", "list"], {
      code: "not-logged-in",
      exit: 4,
      says: "kominfo auth login newsroom",
    });
  });

  it("behind a wrong passphrase stays shut", async () => {
    const other = path.join(siti.home, "..", "frasa-lain");
    await writeFile(other, "frasa sandi yang lain", { mode: 0o600 });
    const env = { KOMINFO_PASSPHRASE_FILE: other };
    await expectRefusal(siti, status, { code: "vault-wrong-passphrase", exit: 4 }, { env });
  });

  it("without any passphrase names KOMINFO_PASSPHRASE_FILE", async () => {
    const env = { KOMINFO_PASSPHRASE_FILE: "" };
    await expectRefusal(
      siti,
      status,
      { code: "passphrase-source-missing", exit: 2, says: "KOMINFO_PASSPHRASE_FILE" },
      { env },
    );
  });

  it("in a damaged vault is refused, and the vault is kept as it is", async () => {
    const sound = await readFile(vault());
    onTestFinished(() => writeFile(vault(), sound));
    await writeFile(vault(), sound.subarray(0, sound.length / 2));
    await expectRefusal(siti, status, { code: "vault-damaged", exit: 1, says: vault() });
  });

  it("in a vault that was tampered with is refused", async () => {
    const sound = await readFile(vault(), "utf8");
    onTestFinished(() => writeFile(vault(), sound));
    const { ciphertext, ...rest } = JSON.parse(sound);
    const changed = Buffer.from(ciphertext ?? "", "base64");
    changed[0]! ^= 1;
    await writeFile(vault(), JSON.stringify({ ...rest, ciphertext: changed.toString("base64") }));
    const ran = await siti.run([...status, "--json"]);
    expect(ran.code).not.toBe(0);
    expect(JSON.parse(ran.stderr).error.code).toMatch(/^vault-/);
  });

  it("of a second laptop that submitted first makes this one's change stale, and keeps it", async () => {
    const second = await openComputer({ origin: newsroom.url, token: sitiToken });
    onTestFinished(() => second.remove());
    await cp(siti.workspace, second.workspace, { recursive: true });
    const [here = "", there = ""] = await Promise.all(
      [siti, second].map(async (one) => {
        const { path: folder } = (await one.json(["post", "list"])).items[0];
        return path.join(folder, "index.md");
      }),
    );
    await writeFile(there, (await readFile(there, "utf8")).replace("40 usulan", "41 usulan"));
    await second.json(["post", "submit", "musrenbang"]);
    await writeFile(here, (await readFile(here, "utf8")).replace("40 usulan", "42 usulan"));
    const env = { KOMINFO_NEWSROOM_TOKEN: sitiToken };
    await expectRefusal(
      siti,
      ["post", "submit", "musrenbang"],
      { code: "revision-stale", exit: 1, says: "revisi 2" },
      { env },
    );
    expect(await readFile(here, "utf8")).toContain("42 usulan");
  });

  it("that was revoked is refused, with what to do", async () => {
    await newsroom.revoke(sitiToken);
    await expectRefusal(siti, ["review", "list"], {
      code: "login-refused",
      exit: 4,
      says: "kominfo auth login newsroom",
    });
    const known = await siti.run(status);
    expect(known).toMatchObject({ code: 4, stderr: expect.stringContaining("menolak akun ini") });
    expect(known.stdout).toContain("menunggu ditinjau");
    const checked = await siti.run(["auth", "status", "--check", "--json"]);
    expect(checked).toMatchObject({ code: 4, stderr: "" });
    expect(JSON.parse(checked.stdout).accounts[0].valid).toBe(false);
  });
});
