import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync } from "node:fs";
import { expect, it } from "vitest";
import { startNewsroom } from "../newsroom/support/newsroom.js";
import { kominfoFile, openComputer } from "../support/kominfo.js";

/** A disk that is always full (Linux, full(4)). */
const full = "/dev/full";

it.skipIf(!existsSync(full))(
  "a result that the disk has no room for is an error in one line, without a trace",
  async () => {
    const stdout = openSync(full, "w");
    const child = spawn(process.execPath, [kominfoFile, "template", "list"], {
      stdio: ["ignore", stdout, "pipe"],
    });
    let said = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    const [code] = await once(child, "close");
    closeSync(stdout);
    expect({ code, said }).toEqual({ code: 1, said: "✗ stdout: ENOSPC\n" });
  },
);

it("KOMINFO_DEBUG writes its lines to stderr beside --json, without the token, and warns of an unknown section", async () => {
  const newsroom = await startNewsroom();
  const token = await newsroom.token("operator");
  const computer = await openComputer({ origin: newsroom.url, token });
  try {
    const argv = ["auth", "status", "--check", "--json"];
    const ran = await computer.run(argv, { env: { KOMINFO_DEBUG: "http,vault,jaringan" } });
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.stdout)).toMatchObject({ accounts: [{ service: "newsroom" }] });
    const [warning, ...lines] = ran.stderr.trimEnd().split("\n");
    expect(warning).toBe(
      '! "jaringan" bukan pilihan untuk KOMINFO_DEBUG; yang ada: http, photo, upload, vault, atau * untuk semuanya.',
    );
    const address = `${newsroom.url}/api/v1/me`;
    expect(lines).toContainEqual(
      expect.stringMatching(new RegExp(`^HTTP \\d+: GET ${address} 200 \\d+ ms$`)),
    );
    expect(lines).toContainEqual(expect.stringMatching(/^VAULT \d+: get newsroom: from env, \d+ ms$/));
    expect(ran.stderr).not.toContain(token);
  } finally {
    await computer.remove();
    await newsroom.remove();
  }
});
