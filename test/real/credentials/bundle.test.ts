import { existsSync } from "node:fs";
import { chmod, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBundle, readSealed, sealBundle, sixWords } from "../../../src/credentials/bundle/bundle.js";
import { wordList } from "../../../src/credentials/bundle/word-list.js";
import { createCredentials } from "../../../src/credentials/store.js";
import type { VaultEntry } from "../../../src/credentials/vault/sealed.js";
import { addPerson, changePerson } from "../../../src/newsroom/local-people.js";
import { startNewsroom, type TestNewsroom } from "../../newsroom/support/newsroom.js";
import { type Laptop, openLaptop } from "../../support/laptop.js";

let newsroom: TestNewsroom;
let old: Laptop;
let fresh: Laptop;
let token: string;
let userId: string;
let bundle: string;
let passphraseFile: string;
let accounts: VaultEntry[];
const named = { account: "default" };
const passphrase = "enam-kata-acak-untuk-satu-berkas";
const site = "https://cibitung.example.go.id";
const appPassword = "abcd EFGH 1234 ijkl";
const now = () => newsroom.clock.now;

beforeAll(async () => {
  newsroom = await startNewsroom();
});
afterAll(() => newsroom.remove());
beforeEach(async () => {
  old = await openLaptop(newsroom.url);
  fresh = await openLaptop(newsroom.url);
  const wanted = { name: "Siti", role: "operator" as const, kecamatan: "32.16.07", token: true };
  const person = await addPerson(newsroom.folder, wanted, now());
  token = person.token ?? "";
  userId = person.user.id;
  bundle = path.join(old.home, "pindah.age");
  passphraseFile = path.join(old.home, "..", "bundle-passphrase");
  await writeFile(passphraseFile, `${passphrase}\n`, { mode: 0o600 });
  const credentials = createCredentials({
    vaultPath: old.vault,
    environment: { KOMINFO_PASSPHRASE_FILE: old.passphraseFile },
    now,
    onSecret: () => {},
    scryptCost: 1024,
  });
  accounts = [
    {
      ...named,
      service: "web",
      origin: site,
      kind: "office",
      secret: { user: "operator", app_password: appPassword },
    },
    { ...named, service: "newsroom", origin: newsroom.url, kind: "personal", secret: { token } },
  ];
  for (const account of accounts) await credentials.save(account);
});
afterEach(async () => {
  await old.remove();
  await fresh.remove();
});

const withFile = () => ({ env: { KOMINFO_BUNDLE_PASSPHRASE_FILE: passphraseFile }, now });
const exportAll = (...more: string[]) => old.json<Exported>(["auth", "export", bundle, ...more], withFile());
const importAll = (...more: string[]) => fresh.run(["auth", "import", bundle, "--json", ...more], withFile());

/** A bundle as `auth export` makes it, but quick to open. */
async function sealed(): Promise<void> {
  const created_at = "2026-03-01T08:00:00.000Z";
  await writeFile(bundle, await sealBundle({ created_at, handover: false, accounts }, passphrase, 10));
}

interface Exported {
  bundle: { path: string; handover: boolean };
  accounts: { service: string }[];
  left_out: { service: string; revoked: boolean; problem: string | null }[];
  revoke: { service: string; url: string | null }[];
}

describe("a passphrase of six words", () => {
  it("has 66 bits: 2,048 words, all different, of four to six plain letters", () => {
    expect(new Set(wordList).size).toBe(2048);
    expect(wordList.filter((word) => !/^[a-z]{4,6}$/.test(word))).toEqual([]);
    const words = Array.from({ length: 200 }, () => sixWords());
    expect(new Set(words).size).toBe(200);
    for (const one of words) expect(one.split("-").every((word) => wordList.includes(word))).toBe(true);
    expect(sixWords((below) => below - 1)).toBe(Array(6).fill(wordList.at(-1)).join("-"));
  });
});

describe("auth export", () => {
  it("seals all accounts, names them without their secrets, and never over an existing file", async () => {
    const said = await exportAll();
    expect(said.bundle).toEqual({ path: bundle, handover: false });
    expect(said.accounts.map(({ service }) => service)).toEqual(["web", "newsroom"]);
    expect(JSON.stringify(said)).not.toContain(token);
    expect(JSON.stringify(said)).not.toContain(appPassword);
    expect(await old.filesWith(token)).toEqual([]);
    if (process.platform !== "win32") expect((await stat(bundle)).mode & 0o777).toBe(0o600);

    const before = await readFile(bundle);
    const again = await old.run(["auth", "export", bundle], withFile());
    expect(again).toMatchObject({ code: 2, stdout: "" });
    expect(await readFile(bundle)).toEqual(before);
  });

  it("shows the six words once, on the terminal only, and writes nothing before they are noted", async () => {
    const refused = await old.run(["auth", "export", bundle], { typed: [["Sudah dicatat", "t\r"]], now });
    expect(refused.code).toBe(130);
    expect(existsSync(bundle)).toBe(false);

    const ran = await old.run(["auth", "export", bundle], { typed: [["Sudah dicatat", "\r"]], now });
    expect(ran.code).toBe(0);
    const [words = ""] = ran.stderr.match(/[a-z]+(-[a-z]+){5}/g) ?? [];
    expect(ran.stderr.split(words)).toHaveLength(2);
    expect(ran.stdout).not.toContain(words);
    const bytes = await readSealed(await readFile(bundle), bundle);
    expect((await openBundle(bytes, words, bundle)).accounts).toHaveLength(2);
  });

  it("without a terminal needs KOMINFO_BUNDLE_PASSPHRASE_FILE: no secret is ever in JSON", async () => {
    const ran = await old.run(["auth", "export", bundle, "--json"], { now });
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect(ran.stderr).toContain("KOMINFO_BUNDLE_PASSPHRASE_FILE");
    expect(existsSync(bundle)).toBe(false);
  });

  it("refuses a passphrase that is too short for a file that travels", async () => {
    await writeFile(passphraseFile, "pendek123\n");
    const ran = await old.run(["auth", "export", bundle], withFile());
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("16");
  });

  it("ends with what to do on the old laptop, and where to revoke if it is lost", async () => {
    const ran = await old.run(["auth", "export", bundle], withFile());
    expect(ran.stdout).toContain("kominfo auth logout newsroom --keep-token");
    expect(ran.stdout).toContain(`${site}/wp-admin/profile.php#application-passwords-section`);
  });

  it("has nothing to do where nothing is stored", async () => {
    const ran = await fresh.run(["auth", "export", bundle, "--json"], withFile());
    expect(JSON.parse(ran.stderr).error).toMatchObject({ code: "bundle-nothing", exit: 1 });
  });
});

describe("auth export --handover", () => {
  it("takes office accounts only, and lists what is to be revoked, service by service, with its address", async () => {
    const said = await exportAll("--handover");
    expect(said.accounts.map(({ service }) => service)).toEqual(["web"]);
    expect(said.left_out.map(({ service }) => service)).toEqual(["newsroom"]);
    expect(said.revoke).toMatchObject([
      { service: "web", url: `${site}/wp-admin/profile.php#application-passwords-section` },
      { service: "newsroom", url: null },
    ]);
    const bytes = await readSealed(await readFile(bundle), bundle);
    const opened = await openBundle(bytes, passphrase, bundle);
    expect(JSON.stringify(opened)).not.toContain(token);
    expect(opened.handover).toBe(true);
  });

  it("revokes the personal login at the newsroom, and forgets it here; the office's stay until replaced", async () => {
    const said = await exportAll("--handover");
    expect(said.left_out).toMatchObject([{ service: "newsroom", revoked: true, problem: null }]);
    const before = await old.run(["review", "list", "--json"], {
      env: { KOMINFO_NEWSROOM_TOKEN: token },
      now,
    });
    expect(JSON.parse(before.stderr).error.code).toBe("login-refused");
    const { accounts } = await old.json<{ accounts: { service: string }[] }>(["auth", "status"], { now });
    expect(accounts.map(({ service }) => service)).toEqual(["web"]);
    const log = await readFile(path.join(path.dirname(old.vault), "audit.jsonl"), "utf8");
    expect(log).toContain('"action":"logout","service":"newsroom","account":"default","result":"done"');
  });

  it("ends with 3, and keeps a personal login that could not be revoked, when the newsroom does not answer", async () => {
    const credentials = createCredentials({
      vaultPath: old.vault,
      environment: { KOMINFO_PASSPHRASE_FILE: old.passphraseFile },
      now,
      onSecret: () => {},
    });
    const nowhere = { ...named, service: "newsroom" as const, origin: "http://127.0.0.1:9" };
    await credentials.save({ ...nowhere, kind: "personal", secret: { token } });
    const ran = await old.run(["auth", "export", bundle, "--handover", "--json"], withFile());
    expect(ran.code).toBe(3);
    expect(JSON.parse(ran.stdout).left_out).toMatchObject([
      { origin: newsroom.url, revoked: true },
      { origin: nowhere.origin, revoked: false, problem: "server-unreachable" },
    ]);
    const left = (await credentials.list()).filter(({ service }) => service === "newsroom");
    expect(left.map(({ origin }) => origin)).toEqual([nowhere.origin]);
  });

  it("says beforehand that one's own login ends, and changes nothing when the person says no", async () => {
    const ran = await old.run(["auth", "export", bundle, "--handover"], {
      typed: [["Lanjutkan", "t\r"]],
      ...withFile(),
    });
    expect(ran.code).toBe(130);
    expect(ran.stderr).toContain(newsroom.url);
    expect(existsSync(bundle)).toBe(false);
    expect((await old.run(["auth", "status", "--check"], { now })).stdout).toContain("newsroom");
  });

  it("says who has to revoke the newsroom's token, and how the successor logs in", async () => {
    const ran = await old.run(["auth", "export", bundle, "--handover"], withFile());
    expect(ran.stdout).toContain('kominfo newsroom user tokens "<nama Anda>" --end all');
    expect(ran.stdout).toContain("kode aktivasinya sendiri");
  });

  it("says where there are only personal accounts how they end, and what the successor does", async () => {
    await old.run(["auth", "logout", "web"]);
    const ran = await old.run(["auth", "export", bundle, "--handover", "--json"], withFile());
    const { code, message, hints } = JSON.parse(ran.stderr).error;
    expect(code).toBe("bundle-nothing");
    expect(message).toContain("hanya ada login Anda sendiri");
    expect(hints[0]).toMatch(/: kominfo auth logout newsroom$/);
    expect(hints[1]).toMatch(/kode aktivasinya sendiri .*: kominfo setup$/);
    expect(existsSync(bundle)).toBe(false);
  });

  it("does not speak of a login where none is stored", async () => {
    await old.run(["auth", "logout", "web"]);
    await old.run(["auth", "logout", "newsroom"]);
    const ran = await old.run(["auth", "export", bundle, "--handover", "--json"], withFile());
    expect(JSON.parse(ran.stderr).error.message).toBe("Tidak ada akun yang tersimpan di laptop ini.");
  });
});

describe("auth import", () => {
  it("stores the accounts, checks each, and says what to do with the file", async () => {
    await sealed();
    const ran = await importAll();
    const { accounts } = JSON.parse(ran.stdout);
    expect(accounts[1]).toEqual({
      service: "newsroom",
      account: "default",
      origin: newsroom.url,
      kind: "personal",
      action: "added",
      valid: true,
      problem: null,
    });
    expect(ran.stdout).not.toContain(token);
    expect(await fresh.filesWith(token)).toEqual([]);
    expect((await fresh.run(["post", "status"], { now })).code).toBe(0);
    expect(JSON.parse((await importAll()).stdout).accounts[0].action).toBe("replaced");
  });

  it("ends with 4 when a service refuses one; it is stored all the same", async () => {
    await sealed();
    await changePerson(newsroom.folder, userId, "revoke", now());
    const ran = await importAll();
    expect(ran.code).toBe(4);
    expect(JSON.parse(ran.stdout).accounts[1]).toMatchObject({ valid: false, problem: "login-refused" });
  });

  it("with --dry-run only names what it holds: nothing is stored, and no vault is made", async () => {
    await sealed();
    const ran = await importAll("--dry-run");
    expect(ran.code).toBe(0);
    const said = JSON.parse(ran.stdout);
    expect(said.dry_run).toBe(true);
    expect(said.accounts).toHaveLength(2);
    expect(existsSync(fresh.vault)).toBe(false);
  });

  describe("where another login is stored under the same name", () => {
    const question = "Sudah ada login lain untuk newsroom";
    let other: string;
    /** The token that is stored here for the newsroom. */
    const stored = async () => {
      const credentials = createCredentials({
        vaultPath: fresh.vault,
        environment: { KOMINFO_PASSPHRASE_FILE: fresh.passphraseFile },
        now,
        onSecret: () => {},
        scryptCost: 1024,
      });
      return {
        token: async () => (await credentials.get("newsroom", newsroom.url)).secret.token,
        save: (secret: string, expires_at?: string) =>
          credentials.save({
            ...named,
            service: "newsroom",
            origin: newsroom.url,
            kind: "personal",
            secret: { token: secret },
            ...(expires_at && { expires_at }),
          }),
      };
    };
    beforeEach(async () => {
      await sealed();
      other = await newsroom.token("editor");
      await (await stored()).save(other);
    });

    it("keeps it without a terminal, stores the rest, and ends with 3", async () => {
      const ran = await importAll();
      expect(ran.code).toBe(3);
      expect(JSON.parse(ran.stdout).accounts).toMatchObject([
        { service: "web", action: "added" },
        { service: "newsroom", action: "kept", valid: null, problem: null },
      ]);
      expect(await (await stored()).token()).toBe(other);
    });

    it("says so in words, how to replace it, and not that the file can go", async () => {
      const ran = await fresh.run(["auth", "import", bundle], withFile());
      expect(ran.code).toBe(3);
      expect(ran.stdout).toContain("! 1 akun disimpan.");
      expect(ran.stdout).toContain('newsroom "default": tidak disimpan; login lain');
      expect(ran.stdout).toContain("--replace");
      expect(ran.stdout).not.toContain("Hapus berkasnya");
      expect(ran.stdout).not.toContain("kominfo auth logout newsroom");
    });

    it("--replace replaces it", async () => {
      const ran = await importAll("--replace");
      expect(JSON.parse(ran.stdout).accounts[1]).toMatchObject({ action: "replaced", valid: true });
      expect(ran.code).toBe(0);
      expect(await (await stored()).token()).toBe(token);
    });

    it("replaces without asking one that has expired", async () => {
      await (await stored()).save(other, new Date(now().getTime() - 1000).toISOString());
      expect((await importAll()).code).toBe(0);
      expect(await (await stored()).token()).toBe(token);
    });

    it.each([
      ["keeps it on Enter", "\r", 3, "Simpan 1 akun"],
      ["replaces it on a yes", "y\r", 0, "Simpan 2 akun"],
    ])("asks in a terminal, and %s", async (_, answer, code, confirm) => {
      const ran = await fresh.run(["auth", "import", bundle], {
        typed: [
          ["Frasa sandi", `${passphrase}\r`],
          [question, answer],
          [confirm, "\r"],
        ],
        now,
      });
      expect(ran.code).toBe(code);
      expect(await (await stored()).token()).toBe(code === 0 ? token : other);
    });
  });

  it("finds that a file is a wrong one before it asks for any passphrase", async () => {
    await writeFile(bundle, "halo");
    const ran = await fresh.run(["auth", "import", bundle], { typed: [], now });
    expect(ran.code).toBe(2);
    expect(ran.stderr).not.toContain("Frasa sandi");
  });

  it("asks a person for the passphrase, shows the names, and stores nothing when they say no", async () => {
    await sealed();
    const ran = await fresh.run(["auth", "import", bundle], {
      typed: [
        ["Frasa sandi", "salah\r"],
        ["Coba lagi", `${passphrase}\r`],
        ["Simpan 2 akun", "t\r"],
      ],
      now,
    });
    expect(ran.code).toBe(130);
    expect(ran.stderr).toContain(site);
    expect(ran.stderr).not.toContain(passphrase);
    expect(existsSync(fresh.vault)).toBe(false);
  });

  it.each([
    [
      "a wrong passphrase",
      async () => writeFile(passphraseFile, "bukan-frasa-sandi-yang-itu"),
      4,
      "bundle-wrong-passphrase",
    ],
    ["a file that is not age", async () => writeFile(bundle, "halo"), 2, "bundle-foreign"],
    [
      "a file that others can read the passphrase of",
      async () => chmod(passphraseFile, 0o644),
      2,
      "passphrase-file-loose",
    ],
    [
      "a file that was cut short",
      async () => writeFile(bundle, (await readFile(bundle)).subarray(0, -10)),
      1,
      "bundle-damaged",
    ],
  ])("refuses %s", async (_, spoil, exit, code) => {
    await sealed();
    await spoil();
    const ran = await importAll();
    expect(JSON.parse(ran.stderr).error).toMatchObject({ code, exit });
    expect(existsSync(fresh.vault)).toBe(false);
  });

  it("refuses a file that is not there", async () => {
    expect(JSON.parse((await importAll()).stderr).error).toMatchObject({ code: "file-not-found", exit: 2 });
  });
});

describe("a bundle's content", () => {
  const seal = async (content: object) => {
    const { Encrypter } = await import("age-encryption");
    const encrypter = new Encrypter();
    encrypter.setScryptWorkFactor(10);
    encrypter.setPassphrase(passphrase);
    return encrypter.encrypt(JSON.stringify(content));
  };
  const whole = {
    format: "kominfo-bundle",
    version: 1,
    created_at: "2026-03-01T08:00:00Z",
    handover: false,
    accounts: [],
  };

  it.each([
    ["of a later version is refused as too new", { ...whole, version: 2, more: true }, "bundle-too-new"],
    ["with an unknown key is refused", { ...whole, more: true }, "bundle-damaged"],
    ["that is something else is refused", { hello: "world" }, "bundle-damaged"],
  ])("%s", async (_, content, code) => {
    await expect(openBundle(await seal(content), passphrase, "x.age")).rejects.toMatchObject({
      code,
      exit: 1,
    });
  });

  it("holds only what an account has", async () => {
    const account = {
      service: "web",
      account: "default",
      origin: site,
      kind: "office",
      source: "vault",
      secret: { user: "a", app_password: "b" },
    } as const;
    const bytes = await sealBundle({ ...whole, accounts: [account] }, passphrase, 10);
    const { source: _, ...entry } = account;
    expect((await openBundle(bytes, passphrase, "x.age")).accounts).toEqual([entry]);
  });
});
