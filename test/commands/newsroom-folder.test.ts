import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exists } from "../../src/files/atomic.js";
import { main } from "../../src/main.js";
import { runDepsOf, testHost } from "../support/host.js";
import { type Laptop, openLaptop } from "../support/laptop.js";

let laptop: Laptop;
beforeEach(async () => {
  laptop = await openLaptop();
});
afterEach(() => laptop.remove());

const at = (...names: string[]) => path.join(laptop.home, ...names);
const newsroom = (...argv: string[]) => laptop.run(["newsroom", ...argv]);

describe("newsroom init", () => {
  it("makes a newsroom for its owner alone, and says what comes next; a second time nothing is changed", async () => {
    const made = await newsroom("init", "--data", at("redaksi baru"));
    expect([made.code, made.stdout.trim()]).toEqual([
      0,
      `✓ Ruang redaksi baru dibuat di ${at("redaksi baru")}`,
    ]);
    const data = `--data "${at("redaksi baru")}"`;
    expect(made.stderr).toContain(`kominfo newsroom user add --role admin ${data}`);
    expect(made.stderr).toContain(`kominfo newsroom serve ${data}`);
    expect((await newsroom("user", "list", "--data", at("redaksi baru"))).code).toBe(0);

    const again = await laptop.json(["newsroom", "init", "--data", at("redaksi baru")]);
    expect(again).toEqual({ path: at("redaksi baru"), created: false });
    expect((await newsroom("init", "--data", at("redaksi baru"))).stdout).not.toContain("✓");
  });

  it("makes none beside other files; without --data it is this person's", async () => {
    await mkdir(at("foto"));
    await writeFile(at("foto", "IMG_1.jpg"), "x");
    const ran = await newsroom("init", "--data", at("foto"), "--json");
    expect([ran.code, JSON.parse(ran.stderr).error.code]).toEqual([2, "newsroom-folder-foreign"]);
    expect(await readdir(at("foto"))).toEqual(["IMG_1.jpg"]);
    const { path: made } = await laptop.json<{ path: string }>(["newsroom", "init"]);
    expect(made).toBe(at(".local", "share", "kominfo", "newsroom"));
  });
});

describe("--data of a folder without a newsroom", () => {
  it.each([
    [["user", "add", "--name", "Admin", "--role", "admin"]],
    [["user", "list"]],
    [["user", "tokens", "Admin"]],
    [["user", "link", "Admin"]],
    [["user", "suspend", "Admin"]],
    [["user", "revoke", "Admin"]],
    [["audit"]],
    [["audit", "--verify"]],
    [["backup", "cadangan"]],
    [["move", "--to", "postgres://x@127.0.0.1:1/x"]],
    [["move", "--dry-run", "--to", "postgres://x@127.0.0.1:1/x"]],
  ])(
    "is refused by newsroom %j, which leaves nothing behind and names the one that was meant",
    async (argv) => {
      await newsroom("init", "--data", at("redaksi"));
      const ran = await newsroom(...argv, "--data", at("redaks"), "--json");
      const { error } = JSON.parse(ran.stderr);
      expect([ran.code, ran.stdout, error.code]).toEqual([2, "", "newsroom-folder-missing"]);
      expect(error.hints).toEqual([
        `Yang ada: --data "${at("redaksi")}"`,
        `Untuk membuat yang baru di sana: kominfo newsroom init --data "${at("redaks")}"`,
      ]);
      expect((await readdir(laptop.home)).sort()).toEqual(["berita", "redaksi"]);
      expect(await readdir(laptop.workspace)).toEqual(["kominfo.yaml"]);
    },
  );

  it("names the newsroom inside it, around it, beside it, or this person's own; none where it is a guess", async () => {
    const nearest = async (...names: string[]): Promise<string | undefined> => {
      const ran = await newsroom("user", "list", "--data", at(...names), "--json");
      const [first = ""] = JSON.parse(ran.stderr).error.hints;
      return /^Yang ada: --data "(.*)"$/.exec(first)?.[1];
    };
    expect(await nearest("lain")).toBeUndefined();
    await newsroom("init");
    const own = at(".local", "share", "kominfo", "newsroom");
    expect(await nearest("lain")).toBe(own);
    await newsroom("init", "--data", at("srv", "redaksi"));
    expect(await nearest("srv")).toBe(at("srv", "redaksi"));
    expect(await nearest("srv", "redaksi", "blobs")).toBe(at("srv", "redaksi"));
    expect(await nearest("srv", "sesuatu")).toBe(at("srv", "redaksi"));
    await newsroom("init", "--data", at("srv", "arsip"));
    expect(await nearest("srv", "arsp")).toBe(at("srv", "arsip"));
    expect(await nearest("srv", "sesuatu")).toBe(own);
    expect(await nearest("srv")).toBe(own);
  });

  it("is a mistake of the folder that a person has named by the environment's home, too", async () => {
    const ran = await newsroom("audit", "--json");
    expect([ran.code, JSON.parse(ran.stderr).error.code]).toEqual([2, "newsroom-folder-missing"]);
    expect(await exists(at(".local"))).toBe(false);
  });
});

describe("newsroom serve where there is no newsroom", () => {
  /** Serves until it says its address, or ends. */
  async function serve(argv: string[], typed?: [string, string][]) {
    const ending = new AbortController();
    const host = testHost({
      cwd: laptop.workspace,
      home: laptop.home,
      signal: ending.signal,
      env: {},
      ...(typed && { typed }),
    });
    const code = main(["newsroom", "serve", "--port", "0", ...argv], host, runDepsOf());
    let over = false;
    void code.then(() => {
      over = true;
    });
    while (!/^\{|http:/.test(host.written.stdout) && !over) await pause(20);
    ending.abort();
    return { code: await code, ...host.written };
  }

  it("makes one for a unit or a script, the first time as every time, and says so", async () => {
    const first = await serve(["--data", at("redaksi"), "--json"]);
    expect([first.code, JSON.parse(first.stdout).created]).toEqual([0, true]);
    const second = await serve(["--data", at("redaksi"), "--json"]);
    expect([second.code, JSON.parse(second.stdout).created]).toEqual([0, false]);
    const said = await serve(["--data", at("lain")]);
    expect(said.stderr).toContain(`Ruang redaksi baru dibuat di ${at("lain")}`);
    expect((await serve(["--data", at("lain")])).stderr).toContain(`Datanya disimpan di ${at("lain")}`);
  });

  it("asks in a terminal, and makes none after a no", async () => {
    await newsroom("init", "--data", at("redaksi"));
    const refused = await serve(["--data", at("redaks")], [["Buat yang baru di sana?", "n\r"]]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(`Yang sudah ada: ${at("redaksi")}`);
    expect(await exists(at("redaks"))).toBe(false);
    // With a similar one beside it, Enter makes none.
    expect((await serve(["--data", at("redaks")], [["Buat yang baru", "\r"]])).code).toBe(2);
    expect(await exists(at("redaks"))).toBe(false);
    expect((await serve(["--data", at("redaks")], [["Buat yang baru", "y\r"]])).code).toBe(0);
    expect(await exists(at("redaks", "newsroom.db"))).toBe(true);
    // Nothing is asked where there is one.
    expect((await serve(["--data", at("redaks")], [])).code).toBe(0);
  });
});

describe("newsroom user code", () => {
  const user = (verb: string, ...argv: string[]) => newsroom("user", verb, ...argv, "--data", at("redaksi"));
  const codeIn = ({ stdout }: { stdout: string }) => /^ {4}([A-Z0-9-]+)$/m.exec(stdout)?.[1];
  beforeEach(async () => {
    await newsroom("init", "--data", at("redaksi"));
    await user("add", "--name", "Kepala", "--role", "admin");
  });

  it("gives somebody who is there another code, and says what they type", async () => {
    const first = codeIn(await user("add", "--name", "Siti", "--role", "editor"));
    const ran = await user("code", "Siti");
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain("✓ Kode aktivasi baru untuk Siti (editor)");
    expect(ran.stdout).toMatch(/^ {2}kominfo auth login newsroom$/m);
    expect(codeIn(ran)).toMatch(/-/);
    expect(codeIn(ran)).not.toBe(first);
    // There is still one Siti.
    expect((await user("list")).stdout.match(/Siti/g)).toHaveLength(1);
  });

  it.each(["revoke", "suspend"])("gives none after %s, and says what to do", async (ending) => {
    await user("add", "--name", "Siti", "--role", "editor");
    await user(ending, "Siti");
    const ran = await user("code", "Siti");
    expect([ran.code, ran.stdout]).toEqual([1, ""]);
    expect(ran.stderr).toContain("Akses Siti sudah berakhir atau dihentikan, jadi tidak dapat diberi kode.");
    expect(ran.stderr).toContain(`kominfo newsroom user suspend "Siti" --lift --data ${at("redaksi")}`);
    expect(ran.stderr).toContain("kominfo newsroom user add");
  });

  it("suspend names the command that gives the access back", async () => {
    await user("add", "--name", "Siti", "--role", "editor");
    expect((await user("suspend", "Siti")).stdout).toContain(
      `: kominfo newsroom user suspend "Siti" --lift --data ${at("redaksi")}\n`,
    );
  });

  it("gives none to a role that has tokens only", async () => {
    await user("add", "--name", "Skrip", "--role", "publisher");
    const ran = await user("code", "Skrip");
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain("memakai token, bukan kode");
  });
});

describe("newsroom user tokens", () => {
  const tokens = (...argv: string[]) => newsroom("user", "tokens", "Siti", "--data", at("redaksi"), ...argv);
  beforeEach(async () => {
    await newsroom("init", "--data", at("redaksi"));
  });
  const add = (...argv: string[]) =>
    newsroom("user", "add", "--data", at("redaksi"), "--name", "Siti", "--role", "editor", ...argv);

  it("lists, ends one, ends all, and says what is left; the token itself is never shown", async () => {
    const { stdout } = await add("--token");
    const listed = await tokens();
    expect(listed.stdout).toMatch(
      /Perangkat +Umur +Terakhir dipakai +Berlaku sampai +ID\ntoken +0 menit +belum pernah/,
    );
    expect(listed.stdout + listed.stderr).not.toContain(stdout.trim());
    expect(listed.stderr).toContain("meja redaksi");
    const folder = at("redaksi");
    expect(listed.stderr).toMatch(/^ {2}kominfo newsroom user tokens "Siti" --end [0-9a-f-]{36} --data /m);
    expect(listed.stderr).toContain(`  kominfo newsroom user suspend "Siti" --lift --data ${folder}\n`);
    const unknown = await tokens("--end", "laptop");
    expect([unknown.code, unknown.stdout]).toEqual([2, ""]);
    const ended = await tokens("--end", "token");
    expect(ended.stdout).toContain("✓ Login Siti (editor) diakhiri: token.");
    expect(ended.stdout).toContain("Tidak ada lagi yang berlaku.");
    expect(ended.stderr).toContain(`kominfo newsroom user code "Siti" --data ${folder}`);
    const again = await tokens("--end", "all");
    expect([again.code, again.stdout]).toEqual([0, expect.not.stringContaining("✓")]);
    expect((await tokens()).stdout).toContain("tidak masuk di perangkat mana pun");
  });

  it("says of somebody whose access has ended that the logins are of no use", async () => {
    await add("--token");
    await newsroom("user", "suspend", "Siti", "--data", at("redaksi"));
    expect((await tokens()).stderr).toContain("Akses orang ini sudah berakhir atau dihentikan");
  });
});
