import { existsSync } from "node:fs";
import { mkdir, readFile, stat } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Service } from "../../src/credentials/types.js";
import { cancelled } from "../../src/errors/errors.js";
import { login, makePlace, type Place, passphrase, redaksi } from "./place.js";

let place: Place;
beforeEach(async () => {
  place = await makePlace();
});
afterEach(() => place.remove());

describe("a stored credential", () => {
  test("comes back in the next run, for its own origin", async () => {
    await place.run().save(login({ expires_at: "2026-06-01T00:00:00Z" }));
    expect(await place.run().get("newsroom", `${redaksi}/`)).toEqual({
      ...login(),
      source: "vault",
      obtained_at: "2026-03-01T08:00:00.000Z",
      expires_at: "2026-06-01T00:00:00Z",
    });
  });

  test.each(["https://redaksi.example.com", `${redaksi}:8443`, "http://localhost:80"])(
    "is not given to %s, and both addresses are named",
    async (asked) => {
      await place.run().save(login());
      await expect(place.run().get("newsroom", asked)).rejects.toMatchObject({
        code: "credential-other-origin",
        exit: 4,
        params: { service: "newsroom", requested: new URL(asked).origin, stored: [redaksi] },
      });
    },
  );

  test("is refused to an address without https", async () => {
    await expect(place.run().get("newsroom", "http://redaksi.example.go.id")).rejects.toMatchObject({
      code: "address-not-https",
    });
    await expect(place.run().save(login({ origin: "http://redaksi.example.go.id" }))).rejects.toMatchObject({
      code: "address-not-https",
    });
  });

  test("that does not exist is not-logged-in (exit 4), and nobody is asked for a passphrase", async () => {
    const run = place.run({ environment: {} });
    await expect(run.get("newsroom", redaksi)).rejects.toMatchObject({ code: "not-logged-in", exit: 4 });
  });

  test("replaces the one of the same service, account and address only", async () => {
    const run = place.run();
    await run.save(login());
    await run.save(login({ account: "kedua" }));
    await run.save(login({ origin: "http://localhost:8080" }));
    await run.save(login({ secret: { token: "knr_yang-baru" } }));
    expect(await run.list()).toHaveLength(3);
    expect((await run.get("newsroom", redaksi)).secret).toEqual({ token: "knr_yang-baru" });
  });

  test("has to be named when there are several and none is the default", async () => {
    const run = place.run();
    await run.save(login({ account: "ani" }));
    await run.save(login({ account: "budi" }));
    await expect(run.get("newsroom", redaksi)).rejects.toMatchObject({
      code: "several-accounts",
      exit: 2,
      params: { accounts: ["ani", "budi"] },
    });
    expect((await run.get("newsroom", redaksi, "budi")).account).toBe("budi");
  });

  test("remembers when it was last checked", async () => {
    const run = place.run();
    await run.save(login());
    await run.markChecked(await run.get("newsroom", redaksi), new Date("2026-03-02T01:00:00Z"));
    expect((await place.run().get("newsroom", redaksi)).checked_at).toBe("2026-03-02T01:00:00.000Z");
  });

  test("holds only its own fields, whatever else the caller's object has", async () => {
    const wider = { ...login(), source: "env", password: "titipan" };
    await place.run().save(wider);
    expect(await place.run().get("newsroom", redaksi)).not.toHaveProperty("password");
  });

  test.each(["", " ani", "a\nb", "a\u001b[31m", "\u202eani", "x".repeat(101)])(
    "may not be called %j",
    async (account) => {
      await expect(place.run().save(login({ account }))).rejects.toMatchObject({
        code: "account-name-invalid",
      });
      expect(existsSync(place.vaultPath)).toBe(false);
    },
  );
});

describe("remove", () => {
  test("forgets all of a service and tells which, without their secrets", async () => {
    const run = place.run();
    await run.save(login());
    await run.save(login({ account: "kedua" }));
    await run.save(login({ service: "web", secret: { user: "admin", app_password: "abcd efgh" } }));
    const gone = await run.remove("newsroom");
    expect(gone.map(({ account }) => account)).toEqual(["default", "kedua"]);
    expect(JSON.stringify(gone)).not.toContain("rahasia");
    expect((await place.run().list()).map(({ service }) => service)).toEqual(["web"]);
  });

  test("forgets one account only when it is named", async () => {
    const run = place.run();
    await run.save(login());
    await run.save(login({ account: "kedua" }));
    await run.remove("newsroom", "kedua");
    expect((await run.list()).map(({ account }) => account)).toEqual(["default"]);
  });

  test("of what is not there does nothing", async () => {
    expect(await place.run({ environment: {} }).remove("newsroom")).toEqual([]);
    expect(existsSync(place.folder)).toBe(false);
  });
});

describe("the environment", () => {
  const environment = { KOMINFO_NEWSROOM_TOKEN: "knr_dari-lingkungan\r" };

  test("comes before the vault, for the address that is asked, and does not unlock", async () => {
    await place.run().save(login());
    const run = place.run({ environment });
    expect(await run.get("newsroom", "https://lain.example.go.id/")).toEqual({
      ...login({ origin: "https://lain.example.go.id" }),
      source: "env",
      secret: { token: "knr_dari-lingkungan" },
    });
    expect(place.heard).toContain("knr_dari-lingkungan");
  });

  test("does not stand before another account that is asked for by name", async () => {
    await place.run().save(login({ account: "kedua" }));
    const run = place.run({ environment: { ...environment, KOMINFO_PASSPHRASE_FILE: place.passphraseFile } });
    expect((await run.get("newsroom", redaksi, "kedua")).source).toBe("vault");
  });

  test("says what it stands before, and is listed first and without an address", async () => {
    await place.run().save(login());
    const run = place.run({ environment: { ...environment, KOMINFO_PASSPHRASE_FILE: place.passphraseFile } });
    expect(run.shadowing("newsroom")).toEqual(["KOMINFO_NEWSROOM_TOKEN"]);
    expect(run.shadowing("web")).toEqual([]);
    expect((await run.list()).map(({ source, origin }) => [source, origin])).toEqual([
      ["env", null],
      ["vault", redaksi],
    ]);
  });

  test("does not count when it is empty", async () => {
    const run = place.run({ environment: { KOMINFO_NEWSROOM_TOKEN: " " } });
    await expect(run.get("newsroom", redaksi)).rejects.toMatchObject({ code: "not-logged-in" });
  });

  test("of a service with several fields has to be whole", async () => {
    const run = place.run({ environment: { KOMINFO_WEB_USER: "admin" } });
    await expect(run.get("web", redaksi)).rejects.toMatchObject({
      code: "environment-incomplete",
      exit: 2,
      params: { set: ["KOMINFO_WEB_USER"], missing: ["KOMINFO_WEB_APP_PASSWORD"] },
    });
  });

  test.each<[Service, Record<string, string>]>([
    ["web", { KOMINFO_WEB_USER: "user", KOMINFO_WEB_APP_PASSWORD: "app_password" }],
    ["facebook", { KOMINFO_FACEBOOK_PAGE_ID: "page_id", KOMINFO_FACEBOOK_TOKEN: "token" }],
    ["instagram", { KOMINFO_INSTAGRAM_ACCOUNT_ID: "account_id", KOMINFO_INSTAGRAM_TOKEN: "token" }],
  ])("gives %s its fields, and only its secret ones are scrubbed", async (service, variables) => {
    const credential = await place.run({ environment: variables }).get(service, redaksi);
    expect(Object.entries(credential.secret).every(([field, value]) => field === value)).toBe(true);
    expect(credential.kind).toBe("office");
    expect(place.heard).toEqual([Object.values(variables)[1]]);
  });
});

test("a stored account is given where it is asked for, though the environment stands before it", async () => {
  await place.run().save(login());
  const run = place.run({
    environment: { KOMINFO_PASSPHRASE_FILE: place.passphraseFile, KOMINFO_NEWSROOM_TOKEN: "dari_lingkungan" },
  });
  expect(await run.get("newsroom", redaksi)).toMatchObject({ source: "env" });
  const stored = await run.get("newsroom", redaksi, "default", "vault");
  expect(stored).toMatchObject({ source: "vault", secret: login().secret });
});

describe("KOMINFO_STORE", () => {
  test("=env stores nothing and reads nothing that is stored", async () => {
    await place.run().save(login());
    const before = await readFile(place.vaultPath);
    const run = place.run({ environment: { KOMINFO_STORE: "env" } });
    await expect(run.save(login())).rejects.toMatchObject({ code: "store-is-environment", exit: 2 });
    await expect(run.unlock()).rejects.toMatchObject({ code: "store-is-environment" });
    await expect(run.get("newsroom", redaksi)).rejects.toMatchObject({ code: "not-logged-in" });
    expect(await run.list()).toEqual([]);
    expect(await run.status()).toMatchObject({ unlock: "env", state: "locked" });
    expect(await readFile(place.vaultPath)).toEqual(before);
  });
});

describe("unlocking", () => {
  const asking = (asked: unknown[], answer = passphrase) => ({
    environment: { KOMINFO_STORE: "passphrase" },
    askPassphrase: async (question: unknown) => {
      asked.push(question);
      return answer;
    },
  });

  test("asks once in a run, however much is done at once", async () => {
    await place.run().save(login());
    const asked: unknown[] = [];
    const run = place.run(asking(asked));
    await Promise.all([run.get("newsroom", redaksi), run.list(), run.save(login({ account: "kedua" }))]);
    await run.remove("newsroom", "kedua");
    expect(await run.status()).toMatchObject({ state: "ok" });
    expect(asked).toEqual([{ confirm: false, again: false }]);
  });

  test("of a new vault settles the passphrase and writes nothing; saving then asks no more", async () => {
    const asked: unknown[] = [];
    const run = place.run(asking(asked));
    await run.unlock();
    expect(existsSync(place.folder)).toBe(false);
    await run.save(login());
    expect(asked).toEqual([{ confirm: true, again: false }]);
    expect((await place.run().get("newsroom", redaksi)).secret).toEqual(login().secret);
  });

  test("that the person cancels leaves nothing and can be tried again", async () => {
    let asked = 0;
    const run = place.run({
      environment: { KOMINFO_STORE: "passphrase" },
      askPassphrase: async () => {
        if (asked++ === 0) throw cancelled("cancelled");
        return passphrase;
      },
    });
    await expect(run.unlock()).rejects.toMatchObject({ exit: 130 });
    expect(existsSync(place.folder)).toBe(false);
    await run.unlock();
  });

  test("happens anew when another process has made the vault anew meanwhile", async () => {
    const slow = place.run();
    await slow.unlock();
    await place.run().save(login({ account: "lebih-cepat" }));
    await slow.save(login());
    expect((await place.run().list()).map(({ account }) => account)).toEqual(["lebih-cepat", "default"]);
  });

  test("tells the scrubber the passphrase and every secret of the vault", async () => {
    await place.run().save(login());
    place.heard.length = 0;
    await place.run().unlock();
    expect(place.heard.sort()).toEqual([passphrase, "knr_rahasia-sekali"].sort());
  });
});

describe("status", () => {
  const asker = {
    environment: {},
    askPassphrase: async (): Promise<string> => {
      throw new Error("status must not ask");
    },
  };

  test("is missing before the first login, and makes nothing", async () => {
    expect(await place.run(asker).status()).toEqual({
      path: place.vaultPath,
      unlock: "passphrase",
      state: "missing",
    });
    expect(existsSync(place.folder)).toBe(false);
  });

  test("is locked where only a person could open it, and the list then leaves the vault out", async () => {
    await place.run().save(login());
    const run = place.run(asker);
    expect(await run.status()).toMatchObject({ state: "locked" });
    expect(await run.list({ ask: false })).toEqual([]);
  });

  test("is ok where a file opens it", async () => {
    await place.run().save(login());
    expect(await place.run().status()).toMatchObject({ state: "ok" });
    expect(await place.run().list({ ask: false })).toHaveLength(1);
  });

  test("of a file that is no vault is damaged", async () => {
    await mkdir(place.vaultPath, { recursive: true });
    expect(await place.run().status()).toMatchObject({
      state: "damaged",
      problem: { code: "vault-damaged" },
    });
  });
});

describe("the audit log", () => {
  const lines = async () =>
    (await readFile(place.auditPath, "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));

  test("records logins and logouts, done and failed, but no secret and no reading", async () => {
    const run = place.run();
    await run.save(login());
    await run.get("newsroom", redaksi);
    await run.remove("newsroom");
    const lost = place.run({ environment: {} });
    await expect(lost.save(login())).rejects.toMatchObject({ code: "passphrase-source-missing" });
    const line = { time: "2026-03-01T08:00:00.000Z", service: "newsroom", account: "default" };
    expect(await lines()).toEqual([
      { ...line, action: "login", result: "done" },
      { ...line, action: "logout", result: "done" },
      { ...line, action: "login", result: "passphrase-source-missing" },
    ]);
    expect(await readFile(place.auditPath, "utf8")).not.toContain("rahasia");
  });

  test.skipIf(process.platform === "win32")("is for its owner only", async () => {
    await place.run().save(login());
    expect((await stat(place.auditPath)).mode & 0o777).toBe(0o600);
  });

  test("that cannot be written is reported, and the login is stored all the same", async () => {
    await mkdir(place.auditPath, { recursive: true });
    await expect(place.run().save(login())).rejects.toMatchObject({ code: "audit-unwritable", exit: 1 });
    expect((await place.run().get("newsroom", redaksi)).secret).toEqual(login().secret);
  });
});
