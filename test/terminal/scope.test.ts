import { describe, expect, it } from "vitest";
import { loadHelp } from "../../src/language/help.js";
import { createProgram } from "../../src/program.js";
import { scopeCarrier } from "../../src/terminal/scope.js";

const help = await loadHelp("id");

/** What becomes of a text that is told after this command line. */
async function told(argv: readonly string[], text: string): Promise<string> {
  const program = createProgram(
    "1.2.3",
    help,
    () => {},
    async () => {},
  );
  await program.parseAsync([...argv], { from: "user" }).catch(() => {});
  return scopeCarrier(program, argv)(text);
}

const login = "kominfo auth login newsroom";
const list = "kominfo newsroom user list";

describe("a next step", () => {
  it("is for the newsroom that the command was for", async () => {
    const url = "https://redaksi.example.go.id";
    expect(await told(["review", "list", "--url", url], login)).toBe(`${login} --url ${url}`);
    expect(await told(["review", "list", "--url", url], `Minta kode, lalu: ${login}.`)).toBe(
      `Minta kode, lalu: ${login} --url ${url}.`,
    );
    expect(await told(["review", "list"], login)).toBe(login);
  });

  it("is for the people that the command was for", async () => {
    const argv = ["newsroom", "user", "tokens", "Siti", "--data", "re daksi"];
    expect(await told(argv, list)).toBe(`${list} --data "re daksi"`);
    expect(await told(argv, 'kominfo newsroom user tokens "Siti Aminah", lalu ulangi')).toBe(
      'kominfo newsroom user tokens "Siti Aminah" --data "re daksi", lalu ulangi',
    );
    expect(await told(argv, "kominfo newsroom user suspend <orang>, lalu sekali lagi dengan --lift")).toBe(
      'kominfo newsroom user suspend <orang> --data "re daksi", lalu sekali lagi dengan --lift',
    );
    // It takes no folder of data.
    expect(await told(argv, login)).toBe(login);
  });

  it("is for the workspace that the command was for", async () => {
    const argv = ["-C", "berita", "post", "submit", "a"];
    expect(await told(argv, "kominfo post status a")).toBe("kominfo -C berita post status a");
    expect(await told(argv, "kominfo -C <folder> <perintah>")).toBe("kominfo -C <folder> <perintah>");
    expect(await told(argv, "Tunggu sampai kominfo lain selesai; kominfo sudah siap.")).toBe(
      "Tunggu sampai kominfo lain selesai; kominfo sudah siap.",
    );
  });

  it("keeps what it names itself, and the words of a sentence after it", async () => {
    const argv = ["review", "list", "--url", "https://a.go.id"];
    const own = `${login} --url https://b.go.id`;
    expect(await told(argv, own)).toBe(own);
    expect(await told(argv, "Jalankan kominfo publisher di mesin kantor (kominfo review show 12).")).toBe(
      "Jalankan kominfo publisher --url https://a.go.id di mesin kantor (kominfo review show 12 --url https://a.go.id).",
    );
  });

  it("takes no address of anything else", async () => {
    expect(await told(["post", "record", "a", "--url", "https://fb.com/1"], login)).toBe(login);
    expect(await told(["review", "list", "--url", "https://a.go.id"], "kominfo auth login web")).toBe(
      "kominfo auth login web",
    );
    expect(await told(["auth", "login", "web", "--url", "https://a.go.id"], login)).toBe(login);
    const both = ["newsroom", "user", "link", "Budi", "--data", "d", "--url", "https://a.go.id"];
    expect(await told(both, list)).toBe(`${list} --data d`);
  });

  it("never repeats a password", async () => {
    const argv = ["newsroom", "user", "list", "--database", "postgres://kominfo:rahasia@localhost/redaksi"];
    expect(await told(argv, list)).toBe(list);
  });
});
