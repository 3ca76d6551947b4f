import { stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { main } from "../../src/main.js";
import { runDepsOf, testHost } from "../support/host.js";
import { type Laptop, openLaptop } from "../support/laptop.js";

let laptop: Laptop;
let data: string;
beforeEach(async () => {
  laptop = await openLaptop();
  data = path.join(laptop.home, "data redaksi");
});
afterEach(() => laptop.remove());

/** `newsroom serve` in the background. */
async function serving(argv: string[] = [], env: Record<string, string> = {}) {
  const ending = new AbortController();
  const host = testHost({ cwd: laptop.workspace, home: laptop.home, signal: ending.signal, env });
  const code = main(["newsroom", "serve", "--port", "0", ...argv], host, runDepsOf());
  let over: unknown;
  void code.then((value) => {
    over = value;
  });
  while (!/^\{|http:/.test(host.written.stdout) && over === undefined) await pause(20);
  return {
    url: /http:[^\s"\u001b]+/.exec(host.written.stdout)?.[0] ?? "",
    written: host.written,
    async end() {
      ending.abort();
      return code;
    },
  };
}

const init = () => laptop.run(["newsroom", "init", "--data", data]);
/** On a newsroom that is made where there is none yet. */
const userAdd = async (...argv: string[]) => {
  await init();
  return laptop.run(["newsroom", "user", "add", "--data", data, ...argv]);
};

describe("newsroom serve", () => {
  it("makes a newsroom, says where, and how the first admin is made; ends well when asked to", async () => {
    const newsroom = await serving(["--data", data]);
    try {
      expect((await fetch(`${newsroom.url}/api/v1`)).status).toBe(200);
      const hint = `kominfo newsroom user add --role admin --data "${data}"`;
      // It is said a moment after the address.
      await vi.waitFor(() => expect(newsroom.written.stderr).toContain(hint), 10_000);
    } finally {
      expect(await newsroom.end()).toBe(0);
    }
    await expect(fetch(newsroom.url)).rejects.toThrow();
  });

  it("--json prints one line with the address and nothing else; without --data it keeps its data for this person", async () => {
    const newsroom = await serving(["--json"]);
    expect(await newsroom.end()).toBe(0);
    expect(newsroom.written.stderr).toBe("");
    expect(newsroom.written.stdout).toBe(`${JSON.stringify({ url: newsroom.url, created: true })}\n`);
    await stat(path.join(laptop.home, ".local", "share", "kominfo", "newsroom"));
  });

  it("says nothing of the first admin when there is one", async () => {
    await userAdd("--name", "Kepala", "--role", "admin");
    const newsroom = await serving(["--data", data]);
    await pause(50);
    expect(await newsroom.end()).toBe(0);
    expect(newsroom.written.stderr).not.toContain("admin");
  });

  it("names --port when the port is taken", async () => {
    const first = await serving(["--data", data]);
    const { port } = new URL(first.url);
    const second = await laptop.run(["newsroom", "serve", "--data", `${data} 2`, "--port", port]);
    await first.end();
    expect(second.code).toBe(1);
    expect(second.stderr).toContain("--port 0");
  });

  it.each([
    ["--port", "70000"],
    ["--port", "lima"],
    ["--host", "0.0.0.0"],
  ])("refuses %s %s", async (flag, value) => {
    const ran = await laptop.run(["newsroom", "serve", "--data", data, flag, value]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(flag);
  });
});

describe("newsroom serve --public-url", () => {
  const noted = "--public-url";

  it("is what links begin with, also from KOMINFO_PUBLIC_URL; without it a proxied newsroom serves and warns", async () => {
    const quiet = await serving(["--data", data, "--behind-proxy", noted, "https://redaksi.example.go.id"]);
    expect(await quiet.end()).toBe(0);
    expect(quiet.written.stderr).not.toContain(noted);
    const warned = await serving(["--data", data, "--behind-proxy"]);
    await vi.waitFor(() => expect(warned.written.stderr).toContain(noted), 10_000);
    expect((await fetch(`${warned.url}/healthz`)).status).toBe(200);
    expect(await warned.end()).toBe(0);
    const local = await serving(["--data", data]);
    expect(await local.end()).toBe(0);
    expect(local.written.stderr).not.toContain(noted);
  });

  it.each([
    ["http://redaksi.example.go.id", "address-not-https"],
    ["https://budi:rahasia@redaksi.example.go.id", "address-with-login"],
    ["https://redaksi.example.go.id/kominfo", "address-with-path"],
    ["https://redaksi.example.go.id/?a=b", "address-with-path"],
    ["redaksi.example.go.id", "address-invalid"],
  ])("refuses %s", async (address, code) => {
    const ran = await laptop.run(["newsroom", "serve", "--json", "--data", data, noted, address]);
    expect([ran.code, JSON.parse(ran.stderr).error.code]).toEqual([2, code]);
  });

  it("user link on the machine itself begins with KOMINFO_PUBLIC_URL too", async () => {
    await userAdd("--name", "Rina", "--role", "admin");
    const link = ["newsroom", "user", "link", "Rina", "--data", data];
    const ran = await laptop.run(link, { env: { KOMINFO_PUBLIC_URL: "https://redaksi.example.go.id" } });
    expect(ran.stdout).toMatch(/^https:\/\/redaksi\.example\.go\.id\/login\/link\?key=/);
    expect((await laptop.run(link)).stdout).toMatch(/^http:\/\/127\.0\.0\.1:4600\/login\/link\?key=/);
  });
});

describe("the address at which a newsroom was served last", () => {
  const link = (...more: string[]) =>
    laptop.run(["newsroom", "user", "link", "Rina", "--data", data, ...more]);

  it("is that of links and of the login of a new person, also after it has ended; --url wins", async () => {
    await userAdd("--name", "Rina", "--role", "admin");
    const served = await serving(["--data", data]);
    expect((await link()).stdout).toContain(`${served.url}/login/link?key=`);
    expect(await served.end()).toBe(0);
    expect((await link()).stdout).toContain(`${served.url}/login/link?key=`);
    const other = "https://redaksi.example.go.id";
    expect((await link("--url", other)).stdout).toContain(`${other}/login/link?key=`);
    const added = await userAdd("--name", "Siti", "--role", "operator", "--kecamatan", "Setu");
    expect(added.stdout).toContain(
      `  kominfo setup\nAlamat ruang redaksi yang ditanyakan kepadanya: ${served.url}\n`,
    );
    const editor = await userAdd("--name", "Budi", "--role", "editor");
    expect(editor.stdout).toContain(`  kominfo auth login newsroom --url ${served.url}\n`);
    if (process.platform !== "win32")
      expect((await stat(path.join(data, "address"))).mode & 0o777).toBe(0o600);
  });

  it("is the public one where it has one, and a file with something else is left out", async () => {
    await userAdd("--name", "Rina", "--role", "admin");
    const served = await serving(["--data", data, "--public-url", "https://redaksi.example.go.id"]);
    expect(await served.end()).toBe(0);
    expect((await link()).stdout).toContain("https://redaksi.example.go.id/login/link?key=");
    await writeFile(path.join(data, "address"), "https://redaksi.example.go.id/\u001b[31m\n");
    expect((await link()).stdout).toContain("http://127.0.0.1:4600/login/link?key=");
  });
});

describe("newsroom serve --allow-origin", () => {
  const [first, second] = ["https://unggah.example.go.id", "https://foto.example.go.id"];

  it.each<[string, string[], Record<string, string>]>([
    ["one after the other", ["--allow-origin", first, second], {}],
    ["each with its flag", ["--allow-origin", first, "--allow-origin", `${second}/`], {}],
    ["as KOMINFO_ALLOW_ORIGIN", [], { KOMINFO_ALLOW_ORIGIN: `${first} ${second}` }],
  ])("names pages that may use the API, %s", async (_how, flags, env) => {
    const newsroom = await serving(["--data", data, ...flags], env);
    const allowed = async (origin: string) =>
      (await fetch(`${newsroom.url}/api/v1`, { headers: { origin } })).headers.get(
        "access-control-allow-origin",
      );
    expect([await allowed(first), await allowed(second), await allowed(newsroom.url)]).toEqual([
      first,
      second,
      null,
    ]);
    expect(await newsroom.end()).toBe(0);
  });

  it.each([
    ["*", "address-invalid"],
    ["null", "address-invalid"],
    ["http://unggah.example.go.id", "address-not-https"],
    ["https://unggah.example.go.id/halaman", "address-with-path"],
  ])("refuses %s", async (address, code) => {
    const serve = ["newsroom", "serve", "--json", "--data", data];
    for (const ran of [
      await laptop.run([...serve, "--allow-origin", address]),
      await laptop.run(serve, { env: { KOMINFO_ALLOW_ORIGIN: address } }),
    ]) {
      expect([ran.code, JSON.parse(ran.stderr).error.code]).toEqual([2, code]);
    }
  });
});

describe("newsroom user add", () => {
  it("in the newsroom's folder gives an activation code, once, with what the person has to type", async () => {
    const ran = await userAdd("--name", "Siti", "--role", "operator", "--kecamatan", "tambun utara");
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/);
    expect(ran.stdout).toContain("Siti (operator, Tambun Utara)");
    expect(ran.stdout).toMatch(/^ {2}kominfo setup$/m);
    expect(ran.stdout).toContain("72 jam");
  });

  it("names a command that a shell takes as it stands where the address is not known", async () => {
    const ran = await userAdd("--name", "Dewi", "--role", "editor");
    expect(ran.stdout).toMatch(/^ {2}kominfo auth login newsroom$/m);
  });

  it("lists the kecamatan by their names, as setup does", async () => {
    await laptop.run(["newsroom", "init", "--data", data]);
    const ran = await laptop.run(
      ["newsroom", "user", "add", "--role", "operator", "--name", "Siti", "--data", data],
      {
        typed: [["Kecamatan mana?", "\r"]],
      },
    );
    expect(ran.stdout).toContain("Siti (operator, Babelan)");
  });

  it("--token prints the token alone on stdout", async () => {
    const ran = await userAdd("--name", "Skrip", "--role", "editor", "--token");
    expect(ran.stdout).toMatch(/^kominfo_[\w-]{43}\n$/);
    expect(ran.stderr).toContain("Skrip (editor) ditambahkan");
  });

  it("gives a publisher a token, and a viewer a code, without a kecamatan", async () => {
    expect((await userAdd("--name", "Skrip terbit", "--role", "publisher")).stdout).toMatch(
      /^kominfo_[\w-]{43}\n$/,
    );
    const viewer = await userAdd("--name", "Sekda", "--role", "viewer");
    expect(viewer.stdout).toMatch(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/);
    const bound = await userAdd("--name", "Sekda", "--role", "viewer", "--kecamatan", "Setu");
    expect([bound.code, bound.stderr.includes("--kecamatan")]).toEqual([2, true]);
    const link = ["newsroom", "user", "link", "--data", data];
    expect((await laptop.run([...link, "Sekda"])).code).toBe(0);
    const refused = await laptop.run([...link, "Skrip terbit"]);
    expect([refused.code, refused.stderr.includes("publisher")]).toEqual([1, true]);
  });

  it("has the keys of the contract", async () => {
    await init();
    const add = ["newsroom", "user", "add", "--data", data, "--role", "editor", "--name"];
    const withCode = await laptop.json([...add, "Rina"]);
    expect(Object.keys(withCode)).toEqual(["user", "activation_code"]);
    expect(withCode.user).toMatchObject({ name: "Rina", role: "editor", kecamatan: null });
    const until = ["--expires", "31 Desember 2199", "--token"];
    const withToken = await laptop.json<{ token: string; expires_at: string }>([...add, "Tamu", ...until]);
    expect(Object.keys(withToken)).toEqual(["user", "token", "expires_at"]);
    expect(withToken.expires_at).toBe("2199-12-31T16:59:59.000Z");
  });

  it.each([
    ["no name", ["--role", "editor"], "--name"],
    ["no role", ["--name", "A"], "--role"],
    ["an unknown role", ["--name", "A", "--role", "editr"], "editor"],
    ["an operator without kecamatan", ["--name", "A", "--role", "operator"], "--kecamatan"],
    [
      "a slip",
      ["--name", "A", "--role", "operator", "--kecamatan", "Cibitng"],
      "Mungkin maksud Anda: Cibitung",
    ],
    [
      "an editor with kecamatan",
      ["--name", "A", "--role", "editor", "--kecamatan", "Setu"],
      "Hapus --kecamatan",
    ],
    ["no date", ["--name", "A", "--role", "editor", "--expires", "nanti"], "--expires"],
    ["a past date", ["--name", "A", "--role", "editor", "--expires", "2020-01-01"], "sudah lewat"],
    ["two places", ["--name", "A", "--role", "editor", "--url", "http://127.0.0.1:9"], "--data dan --url"],
  ])("refuses %s", async (_, argv, words) => {
    const ran = await userAdd(...argv);
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect(ran.stderr).toContain(words);
  });

  it("tells of one who is there already, and adds one more only where a person says so or nobody can be asked", async () => {
    const siti = ["--name", "Siti", "--role", "operator", "--kecamatan", "Setu"];
    expect((await userAdd(...siti)).stderr).not.toContain("sudah ada");
    const add = ["newsroom", "user", "add", "--data", data, ...siti];
    add[add.indexOf("Siti")] = "siti";
    const question = "Tambahkan seorang lagi";
    const declined = await laptop.run(add, { typed: [[question, "\r"]] });
    expect(declined).toMatchObject({ code: 130, stdout: "" });
    expect(declined.stderr).toContain("Siti (operator, Setu) sudah ada di ruang redaksi ini.");
    expect(declined.stderr).toMatch(/kominfo newsroom user link [\w-]+ --data/);
    expect(declined.stderr).toMatch(/kominfo newsroom user code [\w-]+ --data/);
    const count = async () =>
      (await laptop.json<{ items: [] }>(["newsroom", "user", "list", "--data", data])).items.length;
    expect(await count()).toBe(1);
    expect((await laptop.run(add, { typed: [[question, "y\r"]] })).code).toBe(0);
    const script = await laptop.run([...add, "--token"]);
    expect(script).toMatchObject({ code: 0, stdout: expect.stringMatching(/^kominfo_[\w-]{43}\n$/) });
    expect(script.stderr).toContain("sudah ada");
    expect(await count()).toBe(3);
    // What tells the three apart is said where one has to be named, and the next step is in the same folder.
    const tokens = await laptop.run(["newsroom", "user", "tokens", "Siti", "--data", data]);
    expect(tokens.code).toBe(2);
    expect(tokens.stderr.match(/[\w-]{36} \(operator, ditambahkan \d+ \w+ \d{4} [\d.]+ WIB\)/g)).toHaveLength(
      3,
    );
    expect(tokens.stderr).toContain(`kominfo newsroom user list --data "${data}"`);
    expect((await laptop.run(["newsroom", "user", "list", "--data", data])).stdout).toContain("Ditambahkan");
    // Another kecamatan is another person.
    expect((await userAdd(...siti.slice(0, -1), "Cibitung")).stderr).not.toContain("sudah ada");
  });

  it("asks at a terminal for what is missing", async () => {
    await init();
    const ran = await laptop.run(["newsroom", "user", "add", "--data", data], {
      typed: [
        ["Nama lengkap", "Dewi\r"],
        ["Sebagai apa?", "\u001b[B\r"],
      ],
    });
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain("Dewi (editor)");
  });
});

describe("the newsroom's people over the API", () => {
  it("are added, listed and revoked by an admin; the last admin stays", async () => {
    await init();
    const { token } = await laptop.json<{ token: string }>([
      ...["newsroom", "user", "add", "--data", data, "--name", "Kepala", "--role", "admin", "--token"],
    ]);
    const newsroom = await serving(["--data", data]);
    try {
      const env = { KOMINFO_NEWSROOM_TOKEN: token };
      const user = (...argv: string[]) =>
        laptop.run(["newsroom", "user", ...argv, "--url", newsroom.url], { env });
      const added = await user("add", "--name", "Siti", "--role", "operator", "--kecamatan", "Setu");
      expect(added.stdout).toContain(
        `  kominfo setup\nAlamat ruang redaksi yang ditanyakan kepadanya: ${newsroom.url}\n`,
      );
      const script = ["--name", "Skrip", "--role", "operator", "--kecamatan", "Setu", "--token"];
      const issued = await user("add", ...script);
      expect(issued.stdout).toMatch(/^kominfo_[\w-]{43}\n$/);
      const listed = await user("list");
      expect(listed.stdout).toMatch(/Siti\s+operator\s+Setu\s+aktif/);
      const renewed = await user("code", "siti");
      expect(renewed.stdout).toContain(
        `  kominfo setup\nAlamat ruang redaksi yang ditanyakan kepadanya: ${newsroom.url}\n`,
      );
      expect(renewed.stdout).toMatch(/^ {4}[A-Z0-9-]+$/m);
      expect(await user("revoke", "siti")).toMatchObject({
        code: 0,
        stderr: "",
        stdout: expect.stringContaining("Siti (operator, Setu)"),
      });
      expect((await user("list")).stdout).toMatch(/Siti\s+operator\s+Setu\s+berakhir/);
      const refused = await user("code", "siti");
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain("Akses Siti sudah berakhir atau dihentikan");
      expect(await user("revoke", "tidak ada")).toMatchObject({ code: 2 });
      const last = await user("revoke", "Kepala");
      expect(last.code).toBe(1);
      expect(last.stderr).toContain("Kepala adalah admin terakhir");

      const asOperator = { env: { KOMINFO_NEWSROOM_TOKEN: issued.stdout.trim() } };
      const list = ["newsroom", "user", "list", "--url", newsroom.url];
      expect(await laptop.run(list, asOperator)).toMatchObject({ code: 4 });
    } finally {
      await newsroom.end();
    }
  });

  it.each([
    ["an admin", ["add", "--name", "Baru", "--role", "admin"]],
    ["an editor's token", ["add", "--name", "Baru", "--role", "editor", "--token"]],
    ["an admin's link", ["link", "Kepala"]],
    ["an admin's code", ["code", "Kepala"]],
  ])("cannot make %s by a token alone, and say which command can", async (_, argv) => {
    await init();
    const { token } = await laptop.json<{ token: string }>([
      ...["newsroom", "user", "add", "--data", data, "--name", "Kepala", "--role", "admin", "--token"],
    ]);
    const newsroom = await serving(["--data", data]);
    try {
      const ran = await laptop.run(["newsroom", "user", ...argv, "--url", newsroom.url], {
        env: { KOMINFO_NEWSROOM_TOKEN: token },
      });
      expect(ran).toMatchObject({ code: 4, stdout: "" });
      expect(ran.stderr).toContain("kominfo newsroom user add");
      expect(ran.stderr).toContain("--data");
    } finally {
      await newsroom.end();
    }
  });

  it("need an address", async () => {
    const ran = await laptop.run(["newsroom", "user", "list"]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("--url");
  });
});

it("a folder without a newsroom is not made into one by looking at it", async () => {
  const ran = await laptop.run(["newsroom", "user", "list", "--data", data]);
  expect(ran.code).toBe(2);
  await expect(stat(data)).rejects.toThrow("ENOENT");
});
