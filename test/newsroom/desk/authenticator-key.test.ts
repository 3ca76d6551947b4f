import { chmod, copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Secret } from "otpauth";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSecretsKey, secretsKeyFile, secretsKeyOf } from "../../../src/newsroom/store/secrets-key.js";
import { backUp } from "../../../src/newsroom/transfer/backup.js";
import { restoreNewsroom } from "../../../src/newsroom/transfer/move.js";
import { hashQuickly } from "../../support/hashing.js";
import { startNewsroom, type TestNewsroom } from "../support/newsroom.js";
import { onSqlite } from "../support/stores.js";
import { deskOf, minute, rates } from "./browser.js";

hashQuickly();

// The secrets of authenticators are sealed with a key that lies beside the database, not in it.

let newsroom: TestNewsroom;
let parent: string;
beforeEach(async () => {
  newsroom = await startNewsroom(rates);
  parent = await mkdtemp(path.join(tmpdir(), "kominfo-key-"));
});
afterEach(async () => {
  await newsroom.remove();
  await rm(parent, { recursive: true, force: true });
});
const { later, join, browse, setPassword } = deskOf(() => newsroom);

const keyFile = () => path.join(newsroom.folder, secretsKeyFile);

async function editor(name = "Budi", loginName = "budi") {
  const { activation_code = "", user } = await join(name, "editor");
  return { ...(await setPassword(activation_code, loginName)), id: user.id };
}

async function logIn(fields: { name: string; password: string; code: string }) {
  const browser = browse();
  await browser.get("/login");
  return browser.post("/login", fields);
}

const storedSecret = () =>
  newsroom.stores(async ({ store }) => {
    const { totp_secret } = await store
      .selectFrom("desk_logins")
      .select("totp_secret")
      .executeTakeFirstOrThrow();
    return totp_secret;
  });

/** Files below the folder whose bytes hold the secret, in base32 or raw. */
async function filesWith(folder: string, secret: string): Promise<string[]> {
  const forms = [Buffer.from(secret), Buffer.from(Secret.fromBase32(secret).bytes)];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name));
  const holding = await Promise.all(
    files.map(async (file) => {
      const bytes = await readFile(file);
      return forms.some((form) => bytes.includes(form)) ? [path.basename(file)] : [];
    }),
  );
  return holding.flat();
}

describe("the secret of an authenticator", () => {
  it("is in no file of the data folder and of a backup, and still logs in", async () => {
    const { secret, password, totp } = await editor();
    later(minute);
    expect((await logIn({ name: "budi", password, code: totp() })).location).toBe("/");
    const backup = path.join(parent, "cadangan");
    await backUp({ data: newsroom.folder, ...newsroom.kept }, backup, "0.1.0", newsroom.clock.now);
    expect(await filesWith(newsroom.folder, secret)).toEqual([]);
    expect(await filesWith(backup, secret)).toEqual([]);
    expect(await storedSecret()).toMatch(/^v1\.[0-9a-f]{8}\.[\w-]{80,}$/);
  });

  it("that an older kominfo stored in clear is sealed at the start, and nothing of it remains", async () => {
    const { secret, password, totp, id } = await editor();
    const older = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    await newsroom.stores(async ({ store }) => {
      // As 0.1 left it: replaced logins lie in the file's free space.
      for (const totp_secret of [older, secret])
        await store.updateTable("desk_logins").set({ totp_secret }).where("user_id", "=", id).execute();
    });
    if (onSqlite) expect(await filesWith(newsroom.folder, secret)).not.toEqual([]);
    await newsroom.restart();
    for (const clear of [secret, older]) expect(await filesWith(newsroom.folder, clear)).toEqual([]);
    later(minute);
    expect((await logIn({ name: "budi", password, code: totp() })).location).toBe("/");
    const sealed = await storedSecret();
    await newsroom.restart();
    expect(await storedSecret()).toBe(sealed);
  });

  it("in clear in the database, put there by somebody else, lets nobody in", async () => {
    const { secret, password, totp } = await editor();
    await newsroom.stores(({ store }) =>
      store.updateTable("desk_logins").set({ totp_secret: secret }).execute(),
    );
    later(minute);
    expect((await logIn({ name: "budi", password, code: totp() })).status).toBe(422);
  });
});

describe("the key", () => {
  it("is made at the first start, open to its owner only, and stays the same", async () => {
    const before = await readFile(keyFile(), "utf8");
    expect(Buffer.from(before, "base64")).toHaveLength(32);
    expect((await stat(keyFile())).mode & 0o777).toBe(0o600);
    await newsroom.restart();
    expect(await readFile(keyFile(), "utf8")).toBe(before);
  });

  it("is the same for all who start at the same time", async () => {
    const file = path.join(parent, "kunci");
    const keys = await Promise.all(Array.from({ length: 8 }, () => openSecretsKey(file, true)));
    const sealed = keys[0]!.seal("rahasia", "budi");
    expect(keys.map((key) => key.open(sealed, "budi"))).toEqual(Array(8).fill("rahasia"));
  });

  it("is refused when others may read it, when it is none, and when a named file is missing", async () => {
    await chmod(keyFile(), 0o604);
    await expect(newsroom.restart()).rejects.toMatchObject({
      code: "newsroom-secrets-key-unusable",
      params: { path: keyFile(), reason: "open" },
    });
    await writeFile(keyFile(), "bukan kunci\n");
    await chmod(keyFile(), 0o600);
    await expect(openSecretsKey(keyFile(), true)).rejects.toMatchObject({ params: { reason: "form" } });
    await expect(openSecretsKey(path.join(parent, "tidak-ada"), false)).rejects.toMatchObject({
      params: { reason: "ENOENT" },
    });
  });

  it("opens a sealed secret only for its owner, and only unchanged", () => {
    const [key, other] = [secretsKeyOf(Buffer.alloc(32, 1)), secretsKeyOf(Buffer.alloc(32, 2))];
    const sealed = key.seal("rahasia", "budi");
    expect(key.open(sealed, "budi")).toBe("rahasia");
    expect(key.seal("rahasia", "budi")).not.toBe(sealed);
    // Not the last character: its lowest bits may be none of the value's.
    const middle = Math.floor(sealed.length / 2);
    const another = sealed[middle] === "A" ? "B" : "A";
    for (const changed of [
      sealed.slice(0, middle) + another + sealed.slice(middle + 1),
      sealed.slice(0, -4),
      "v1.",
      "rahasia",
    ])
      expect(key.open(changed, "budi")).toBeUndefined();
    expect(key.open(sealed, "siti")).toBeUndefined();
    expect(other.open(sealed, "budi")).toBeUndefined();
    expect([key.hasSealed(sealed), other.hasSealed(sealed)]).toEqual([true, false]);
  });
});

describe("a restored newsroom", () => {
  async function restored(): Promise<{ password: string; totp(): string; former: string }> {
    const { password, totp } = await editor();
    const former = path.join(parent, "kunci-lama");
    await copyFile(keyFile(), former);
    const backup = path.join(parent, "cadangan");
    await backUp({ data: newsroom.folder, ...newsroom.kept }, backup, "0.1.0", newsroom.clock.now);
    expect(await readdir(backup)).not.toContain(secretsKeyFile);
    if (onSqlite) {
      await newsroom.close();
      await rm(newsroom.folder, { recursive: true });
      await restoreNewsroom(backup, { data: newsroom.folder, ...newsroom.kept }, newsroom.clock.now);
    } else await rm(keyFile());
    later(minute);
    return { password, totp, former };
  }

  it("without the key says so to whoever has the right password, and lets them in by a link", async () => {
    const { password, totp } = await restored();
    await newsroom.restart();
    expect(newsroom.foreignLogins).toBe(1);
    const answer = await logIn({ name: "budi", password, code: totp() });
    expect([answer.status, answer.text.includes("Minta tautan masuk")]).toEqual([422, true]);
    expect((await logIn({ name: "budi", password: "salah", code: totp() })).text).toContain("tidak cocok");
    await setPassword((await join("Ani", "editor")).activation_code!, "ani");
  });

  it("with the key, put back before its first start, lets everybody in as before", async () => {
    const { password, totp, former } = await restored();
    await copyFile(former, keyFile());
    await newsroom.restart();
    expect(newsroom.foreignLogins).toBe(0);
    expect((await logIn({ name: "budi", password, code: totp() })).location).toBe("/");
  });
});
