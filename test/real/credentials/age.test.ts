import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type Computer, openComputer } from "../../support/kominfo.js";
import { needDebian } from "../apt.js";

const passphrase = "kebun-angin-layar-mutiara-sawah-teduh";
const token = "EAAB-canary-of-the-page";

let folder: string;
let old: Computer;
let fresh: Computer;
let env: Record<string, string>;
beforeAll(() => {
  needDebian("age", "age");
  // A terminal for age, which asks nowhere else.
  needDebian("script", "bsdutils");
});
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-age-"));
  old = await openComputer();
  fresh = await openComputer();
  const file = path.join(folder, "passphrase");
  await writeFile(file, `${passphrase}\n`, { mode: 0o600 });
  env = { KOMINFO_BUNDLE_PASSPHRASE_FILE: file };
});
afterEach(async () => {
  await old.remove();
  await fresh.remove();
  await rm(folder, { recursive: true, force: true });
});

/** Runs age in a terminal of its own and types the passphrase as often as it asks. */
async function age(...words: string[]): Promise<void> {
  const child = spawn("script", ["-qec", ["age", ...words].join(" "), "/dev/null"], { cwd: folder });
  let said = "";
  let answered = 0;
  child.stdout.setEncoding("utf8").on("data", async (text: string) => {
    said += text;
    const asked = said.match(/passphrase[^\n]*: ?/gi)?.length ?? 0;
    while (answered < asked) {
      answered++;
      await pause(100);
      child.stdin.write(`${passphrase}\n`);
    }
  });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(said);
}

const account = {
  service: "facebook",
  account: "halaman-cibitung",
  origin: "https://graph.facebook.com",
  kind: "office",
  secret: { page_id: "1234567890", token },
};

async function filled(): Promise<void> {
  const content = {
    format: "kominfo-bundle",
    version: 1,
    created_at: "2026-03-01T08:00:00Z",
    handover: false,
  };
  await writeFile(path.join(folder, "plain.json"), JSON.stringify({ ...content, accounts: [account] }));
}

test.each([
  ["a bundle", []],
  ["an armored bundle", ["-a"]],
])("%s made with `age -p` imports", async (_, flags) => {
  await filled();
  await age("-p", ...flags, "-o", "made.age", "plain.json");
  const ran = await fresh.run(["auth", "import", path.join(folder, "made.age"), "--json"], { env });
  expect(ran.code).toBe(0);
  expect(JSON.parse(ran.stdout).accounts).toMatchObject([{ service: "facebook", action: "added" }]);
  expect((await fresh.json(["auth", "status"])).accounts).toMatchObject([{ account: "halaman-cibitung" }]);
  expect(ran.stdout + ran.stderr).not.toContain(token);
  expect(await fresh.filesWith(token)).toEqual([]);
});

test("`age -d` opens an exported bundle", async () => {
  await filled();
  await age("-p", "-o", "made.age", "plain.json");
  await old.run(["auth", "import", path.join(folder, "made.age")], { env });
  await old.json(["auth", "export", path.join(folder, "moved.age")], { env });
  expect((await readFile(path.join(folder, "moved.age"))).includes(token)).toBe(false);

  await age("-d", "-o", "opened.json", "moved.age");
  const opened = JSON.parse(await readFile(path.join(folder, "opened.json"), "utf8"));
  expect(opened).toMatchObject({ format: "kominfo-bundle", version: 1, accounts: [account] });
});

test("an age file for a key instead of a passphrase is refused by name", async () => {
  await filled();
  const recipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
  await age("-r", recipient, "-o", "keyed.age", "plain.json");
  const ran = await fresh.run(["auth", "import", path.join(folder, "keyed.age"), "--json"], { env });
  expect(JSON.parse(ran.stderr).error).toMatchObject({ code: "bundle-foreign", exit: 2 });
});
