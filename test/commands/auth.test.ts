import { chmod, readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createCredentials } from "../../src/credentials/store.js";
import { addPerson, changePerson } from "../../src/newsroom/local-people.js";
import { startNewsroom, type TestNewsroom } from "../newsroom/support/newsroom.js";
import { hashQuickly } from "../support/hashing.js";
import type { Typed } from "../support/host.js";
import { type Laptop, openLaptop } from "../support/laptop.js";

hashQuickly();

let newsroom: TestNewsroom;
let laptop: Laptop;
const cibitung = "32.16.07";
const now = () => newsroom.clock.now;

beforeAll(async () => {
  newsroom = await startNewsroom();
});
afterAll(() => newsroom.remove());
beforeEach(async () => {
  laptop = await openLaptop(newsroom.url);
});
afterEach(() => laptop.remove());

async function operator(name = "Siti Aminah", kecamatan = cibitung) {
  return addPerson(newsroom.folder, { name, role: "operator", kecamatan, token: true }, now());
}

const login = (token: string, argv: string[] = []) =>
  laptop.run(["auth", "login", "newsroom", "--with-token", ...argv], { stdin: `${token}\n`, now });

describe("auth login --with-token", () => {
  it("checks the token, keeps it, and says who is logged in where, without showing or writing it in clear", async () => {
    const { token = "" } = await operator();
    const ran = await login(token);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toContain(`Siti Aminah (operator, Cibitung) masuk ke ${newsroom.url}`);
    expect(ran.stdout).not.toContain(token);
    expect(await laptop.filesWith(token)).toEqual([]);
    expect(await laptop.filesWith("auth")).toEqual([]);
    const { accounts } = await laptop.json<{ accounts: object[] }>(["auth", "status"], { now });
    expect(accounts).toEqual([
      {
        service: "newsroom",
        account: "default",
        origin: newsroom.url,
        kind: "personal",
        source: "vault",
        valid: null,
        checked_at: now().toISOString(),
        expires_at: null,
        problem: null,
      },
    ]);
    // It was accepted when it came; whether it still would be, nobody has asked.
    const { stdout } = await laptop.run(["auth", "status"], { now });
    expect(stdout).toMatch(/tidak ditanyakan sekarang +\d+ November 2026/);
    expect(stdout).toContain("tidak ada batas waktu");
    expect(stdout).not.toContain("berlaku saat");
  });

  it("prints account and user with --json, and nothing else", async () => {
    const { token = "", user } = await operator();
    const ran = await login(token, ["--json", "--account", "cadangan"]);
    expect(JSON.parse(ran.stdout)).toEqual({
      account: {
        service: "newsroom",
        account: "cadangan",
        origin: newsroom.url,
        kind: "personal",
        source: "vault",
        expires_at: null,
      },
      user: expect.objectContaining({ id: user.id, kecamatan: cibitung }),
    });
    expect(ran.stderr).toBe("");
  });

  it("keeps nothing of a token that the newsroom refuses", async () => {
    const { token = "", user } = await operator();
    await changePerson(newsroom.folder, user.id, "revoke", now());
    const ran = await login(token);
    expect(ran).toMatchObject({ code: 4, stdout: "" });
    expect(ran.stderr).not.toContain(token);
    await expect(readFile(laptop.vault)).rejects.toThrow("ENOENT");
  });

  it.each([
    ["nothing", "", "masukan standar kosong"],
    ["two lines", "satu\ndua\n", "bukan token"],
    ["letters that no header carries", "tökën", "bukan token"],
    ["a film", "x".repeat(100_000), "bukan token"],
  ])("refuses %s as a token", async (_, stdin, words) => {
    const ran = await laptop.run(["auth", "login", "--with-token"], { stdin });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(words);
  });

  it("warns when the environment will be used instead, and when the token is another kecamatan's", async () => {
    const { token = "" } = await operator("Budi", "32.16.18");
    const ran = await laptop.run(["auth", "login", "--with-token"], {
      stdin: token,
      env: { KOMINFO_NEWSROOM_TOKEN: "kominfo_lain" },
      now,
    });
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain("KOMINFO_NEWSROOM_TOKEN terisi");
    expect(ran.stderr).toContain("Budi (operator, Setu), sedangkan ruang kerja ini untuk Kecamatan Cibitung");
    expect(ran.stderr).toContain("kominfo config set kecamatan setu");
  });

  it("needs a way to lock the vault before anything is sent", async () => {
    const ran = await laptop.run(["auth", "login", "--with-token"], {
      stdin: "kominfo_x",
      env: { KOMINFO_PASSPHRASE_FILE: undefined },
    });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("KOMINFO_PASSPHRASE_FILE");
  });
});

describe("the address of auth login", () => {
  it.each([
    ["http:// to another machine", "http://newsroom.example.go.id", "tidak memakai https"],
    ["a login in it", "https://siti:rahasia@newsroom.example.go.id", "kata sandi"],
    ["a path", "https://newsroom.example.go.id/masuk", "setelah nama servernya"],
  ])("is refused with %s", async (_, url, words) => {
    const ran = await laptop.run(["auth", "login", "--with-token", "--url", url], { stdin: "kominfo_x" });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(words);
    expect(ran.stderr).not.toContain("rahasia");
  });

  it("is needed: without workspace and --url the flag is named", async () => {
    const ran = await laptop.run(["auth", "login", "--with-token"], { cwd: laptop.home, stdin: "kominfo_x" });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("--url");
  });

  it("binds the login: another newsroom gets nothing sent, and both addresses are shown", async () => {
    await login((await operator()).token ?? "");
    const ran = await laptop.run(["review", "list", "--url", "http://127.0.0.1:9"], { now });
    expect(ran.code).toBe(4);
    expect(ran.stderr).toContain(newsroom.url);
    expect(ran.stderr).toContain("http://127.0.0.1:9");
  });
});

describe("auth login with an activation code", () => {
  const typed = (code: string, more: Typed[] = []): Parameters<Laptop["run"]>[1] => ({
    typed: [["Kode aktivasi", ""], ["Kode aktivasi", `${code}\r`], ...more],
    now,
  });

  it("asks for it unseen, in any spelling, and for the store and a new passphrase twice before it is spent", async () => {
    const wanted = { name: "Rina", role: "editor" as const };
    const { activation_code: code = "" } = await addPerson(newsroom.folder, wanted, now());
    const spelled = code.toLowerCase().replaceAll("-", " ");
    const ran = await laptop.run(["auth", "login"], {
      ...typed(spelled, [
        ["Dengan apa brankas", "\u001b[B"],
        ["Frasa sandi", "\r"],
        ["Buat frasa sandi", "pendek\r"],
        [/! Paling sedikit[\s\S]*Buat frasa sandi/, "pendek-tetapi panjang\r"],
        ["Ketik sekali lagi", "pendek-tetapi panjang\r"],
      ]),
      env: { KOMINFO_PASSPHRASE_FILE: undefined },
    });
    expect(ran.stdout).toContain("Rina (editor) masuk ke");
    expect(ran.code).toBe(0);
    expect(ran.stderr).not.toContain(spelled);
    expect(ran.stderr).not.toContain("tetapi panjang");
  });

  it("works once", async () => {
    const wanted = { name: "Rina", role: "editor" as const };
    const { activation_code: code = "" } = await addPerson(newsroom.folder, wanted, now());
    expect(await laptop.run(["auth", "login"], typed(code))).toMatchObject({ code: 0 });
    const again = await laptop.run(["auth", "login"], typed(code));
    expect(again.code).toBe(4);
    expect(again.stderr).toContain("sudah dipakai");
  });

  it("that is wrong is found before a passphrase is made", async () => {
    const ran = await laptop.run(["auth", "login"], {
      ...typed("AAAA-AAAA-AAAA"),
      env: { KOMINFO_PASSPHRASE_FILE: undefined },
    });
    expect(ran.code).toBe(4);
    expect(ran.stderr).toContain("Kode aktivasi salah");
    expect(ran.stderr).not.toMatch(/Dengan apa brankas|frasa sandi/i);
  });

  it("keeps the address that it asked for in kominfo.yaml", async () => {
    const wanted = { name: "Rina", role: "editor" as const };
    const { activation_code: code = "" } = await addPerson(newsroom.folder, wanted, now());
    await writeFile(path.join(laptop.workspace, "kominfo.yaml"), 'kecamatan: "32.16.07" # kami\n');
    const answers: Typed[] = [
      ["Alamat ruang redaksi", `${new URL(newsroom.url).host}\r`],
      ["Kode aktivasi", ""],
      ["Kode aktivasi", `${code}\r`],
    ];
    expect(await laptop.run(["auth", "login"], { typed: answers, now })).toMatchObject({ code: 0 });
    const text = await readFile(path.join(laptop.workspace, "kominfo.yaml"), "utf8");
    expect(text).toContain("# kami\n");
    expect(text).toContain(`"${newsroom.url}"`);
  });

  it("is not spent when the vault does not open", async () => {
    const wanted = { name: "Rina", role: "editor" as const };
    const { activation_code: code = "" } = await addPerson(newsroom.folder, wanted, now());
    await chmod(laptop.passphraseFile, 0o644);
    expect(await laptop.run(["auth", "login"], typed(code))).toMatchObject({ code: 2 });
    await chmod(laptop.passphraseFile, 0o600);
    expect(await laptop.run(["auth", "login"], typed(code))).toMatchObject({ code: 0 });
  });

  it("where nobody can be asked the other way is named", async () => {
    const ran = await laptop.run(["auth", "login"]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("--with-token");
  });
});

describe("auth status", () => {
  it("without anything says that nothing is there", async () => {
    const status = await laptop.json(["auth", "status"]);
    expect(status).toEqual({
      vault: { path: laptop.vault, unlock: "passphrase", state: "missing", open_until: null },
      accounts: [],
    });
  });

  it("--check asks the newsroom; a revoked token gives exit 4", async () => {
    const { token = "", user } = await operator();
    await login(token);
    const checked = await laptop.run(["auth", "status", "--check", "--json"], { now });
    expect(checked.code).toBe(0);
    expect(JSON.parse(checked.stdout).accounts).toMatchObject([{ valid: true, problem: null }]);
    await changePerson(newsroom.folder, user.id, "revoke", now());
    const refused = await laptop.run(["auth", "status", "--check", "--json"], { now });
    expect(refused.code).toBe(4);
    expect(JSON.parse(refused.stdout).accounts).toMatchObject([{ valid: false, problem: "login-refused" }]);
    expect((await laptop.run(["auth", "status"], { now })).code).toBe(0);
  });

  it("tells a locked vault where nobody can be asked, with the environment's accounts, and exit 0", async () => {
    await login((await operator()).token ?? "");
    const env = { KOMINFO_PASSPHRASE_FILE: undefined, KOMINFO_NEWSROOM_TOKEN: "kominfo_dari_env" };
    const ran = await laptop.run(["auth", "status", "--json"], { env });
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(ran.stdout)).toMatchObject({
      vault: { state: "locked" },
      accounts: [{ source: "env", origin: null, valid: null }],
    });
    expect(ran.stdout).not.toContain("kominfo_dari_env");
  });

  it("tells a wrong passphrase and a damaged vault, and changes neither", async () => {
    await login((await operator()).token ?? "");
    await writeFile(laptop.passphraseFile, "yang salah sekali");
    const wrong = await laptop.run(["auth", "status"]);
    expect(wrong.code).toBe(4);
    expect(wrong.stdout).toContain("Frasa sandi untuk brankas");
    const sealed = await readFile(laptop.vault, "utf8");
    await writeFile(laptop.vault, sealed.slice(0, -40));
    const damaged = await laptop.run(["auth", "status", "--json"]);
    expect(damaged.code).toBe(1);
    expect(JSON.parse(damaged.stdout)).toMatchObject({ vault: { state: "damaged" }, accounts: [] });
    expect(await readFile(laptop.vault, "utf8")).toBe(sealed.slice(0, -40));
  });

  it("knows offline that a login has expired", async () => {
    const { token = "" } = await addPerson(
      newsroom.folder,
      { name: "Tamu", role: "editor", token: true, expires_at: "2026-11-18T00:00:00+07:00" },
      now(),
    );
    await login(token);
    const later = () => new Date("2026-11-19T00:00:00Z");
    const ran = await laptop.run(["auth", "status", "--json"], { now: later });
    expect(ran.code).toBe(4);
    expect(JSON.parse(ran.stdout).accounts).toMatchObject([{ valid: false, problem: "expired" }]);
  });
});

describe("a login that ends soon", () => {
  const weekAhead = () => new Date("2026-11-25T00:00:00Z");
  const endsInDecember = async () => {
    const wanted = { name: "Tamu", role: "editor", token: true, expires_at: "2026-12-02T00:00:00Z" } as const;
    await login((await addPerson(newsroom.folder, wanted, now())).token ?? "");
  };

  it("is told in auth status", async () => {
    await endsInDecember();
    const ran = await laptop.run(["auth", "status"], { now: weekAhead });
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('Akun ruang redaksi "default" berakhir dalam 7 hari');
  });

  it("is told in one line on stderr by the command that uses it, once, and never with --json", async () => {
    await endsInDecember();
    const list = (...flags: string[]) => laptop.run(["review", "list", ...flags], { now: weekAhead });
    expect((await list("--json")).stderr).toBe("");
    const first = await list();
    expect(first.stderr.match(/berakhir dalam 7 hari/g)).toHaveLength(1);
    expect(first.stderr.trim().split("\n")).toHaveLength(1);
    expect((await list()).stderr).toBe("");
  });

  it("is told of a page's token too, by a command that opened the vault for another", async () => {
    await login((await operator()).token ?? "");
    const credentials = createCredentials({
      vaultPath: laptop.vault,
      environment: { KOMINFO_PASSPHRASE_FILE: laptop.passphraseFile },
      now: weekAhead,
      onSecret: () => {},
    });
    await credentials.save({
      service: "facebook",
      account: "humas",
      origin: "https://graph.facebook.com",
      kind: "office",
      expires_at: "2026-11-30T00:00:00Z",
      secret: { page_id: "104206801976382", token: "EAAGtokenHalamanKantor1234" },
    });
    const list = () => laptop.run(["review", "list"], { now: weekAhead });
    expect((await list()).stderr).toContain('Akun facebook "humas" berakhir dalam 5 hari');
    expect((await list()).stderr).toBe("");
  });
});

describe("auth logout", () => {
  const isLetIn = async (token: string) => {
    const env = { KOMINFO_NEWSROOM_TOKEN: token };
    return (await laptop.run(["auth", "status", "--check"], { env, now })).code === 0;
  };

  it("ends the token at the newsroom, and removes the login here", async () => {
    const { token = "" } = await operator();
    await login(token);
    const ran = await laptop.run(["auth", "logout", "newsroom"], { now });
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toContain("dihapus dari komputer ini. Tokennya juga sudah dicabut di ruang redaksi.");
    expect(await laptop.json(["auth", "status"])).toMatchObject({ accounts: [] });
    expect(await isLetIn(token)).toBe(false);
  });

  it("with --keep-token leaves the token valid there, and says so", async () => {
    const { token = "" } = await operator();
    await login(token);
    const ran = await laptop.run(["auth", "logout", "newsroom", "--keep-token"], { now });
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain("masih berlaku di ruang redaksi");
    expect(await laptop.json(["auth", "status"])).toMatchObject({ accounts: [] });
    expect(await isLetIn(token)).toBe(true);
  });

  it("ends each token of several accounts, and only those of the account that is named", async () => {
    const tokens = [(await operator()).token ?? "", (await operator("Budi")).token ?? ""];
    await login(tokens[0]!);
    await login(tokens[1]!, ["--account", "cadangan"]);
    const ran = await laptop.json(["auth", "logout", "newsroom", "--account", "cadangan"], { now });
    expect(ran).toEqual({
      removed: [
        {
          service: "newsroom",
          account: "cadangan",
          origin: newsroom.url,
          kind: "personal",
          revoked: true,
          problem: null,
        },
      ],
    });
    expect([await isLetIn(tokens[0]!), await isLetIn(tokens[1]!)]).toEqual([true, false]);
  });

  it("of a login that the newsroom has ended already is done", async () => {
    const { token = "", user } = await operator();
    await login(token);
    await changePerson(newsroom.folder, user.id, "revoke", now());
    expect(await laptop.run(["auth", "logout", "newsroom"], { now })).toMatchObject({ code: 0, stderr: "" });
  });

  it("without an answer of the newsroom removes the login here, and ends with 3 as the token lives on", async () => {
    await saveUnreachable();
    const ran = await laptop.run(["auth", "logout", "newsroom"], { now });
    expect(ran.code).toBe(3);
    expect(ran.stdout).toContain("dihapus dari komputer ini.\n");
    expect(ran.stderr).toContain("Tokennya belum dapat dicabut di ruang redaksi.");
    expect(ran.stderr).toContain('kominfo newsroom user tokens "<nama Anda>" --end all');
    expect(await laptop.json(["auth", "status"])).toMatchObject({ accounts: [] });
    await saveUnreachable();
    const json = await laptop.json(["auth", "logout", "newsroom"], { now });
    expect(json).toMatchObject({ removed: [{ revoked: false, problem: "server-unreachable" }] });
  });

  /** A login to a newsroom at a port that nobody listens to. */
  async function saveUnreachable(): Promise<void> {
    const credentials = createCredentials({
      vaultPath: laptop.vault,
      environment: { KOMINFO_PASSPHRASE_FILE: laptop.passphraseFile },
      now,
      onSecret: () => {},
    });
    const origin = "http://127.0.0.1:9";
    const secret = { token: "kominfo_tokenTanpaRedaksi" };
    await credentials.save({ service: "newsroom", account: "default", origin, kind: "personal", secret });
  }

  it("of nothing says so and is done", async () => {
    const ran = await laptop.run(["auth", "logout", "newsroom"]);
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.stdout).toContain("Tidak ada akun ruang redaksi");
  });
});

describe("what answers instead of a newsroom", () => {
  let server: Server;
  afterEach(() => server.close());
  async function answering(status: number, headers: Record<string, string>, body = ""): Promise<string> {
    server = createServer((_, response) => response.writeHead(status, headers).end(body));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  async function checkAt(url: string) {
    await writeFile(`${laptop.workspace}/kominfo.yaml`, `kecamatan: Cibitung\nnewsroom: { url: "${url}" }\n`);
    const env = { KOMINFO_NEWSROOM_TOKEN: "kominfo_rahasia" };
    return laptop.run(["auth", "status", "--check", "--json"], { env, now });
  }

  it("a page (a hotspot) is temporary, and says nothing of the login", async () => {
    const ran = await checkAt(await answering(200, { "content-type": "text/html" }, "<h1>Wi-Fi</h1>"));
    expect(ran.code).toBe(5);
    expect(JSON.parse(ran.stdout).accounts).toMatchObject([{ valid: null, problem: "newsroom-hidden" }]);
  });

  it("a redirect is not followed", async () => {
    const ran = await checkAt(await answering(302, { location: "https://jahat.example/" }));
    // To another host: perhaps a hotspot, which wants a login first.
    expect(ran.code).toBe(5);
    expect(JSON.parse(ran.stdout).accounts).toMatchObject([{ valid: null, problem: "server-redirects" }]);
  });

  it("nothing at all is temporary", async () => {
    const url = await answering(200, {});
    await new Promise((resolve) => server.close(resolve));
    const ran = await checkAt(url);
    expect(ran.code).toBe(5);
    expect(JSON.parse(ran.stdout).accounts).toMatchObject([{ valid: null, problem: "server-unreachable" }]);
  });
});

it("a vault that others may read is refused with the command that mends it", async () => {
  await login((await operator()).token ?? "");
  await chmod(laptop.vault, 0o644);
  const ran = await laptop.run(["review", "list"], { now });
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain(`chmod 600 "${laptop.vault}"`);
});
