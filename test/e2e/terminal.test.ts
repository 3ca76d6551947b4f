import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { samplePhoto } from "../../scripts/sample-photo.mjs";
import { isTemporary } from "../../src/files/atomic.js";
import { writeAnswers } from "../support/answers.js";
import { type Computer, filesBelow, kominfoFile, openComputer } from "../support/kominfo.js";
import { expectRefusal } from "./refusal.js";

let operator: Computer;
beforeAll(async () => {
  operator = await openComputer({ origin: "http://127.0.0.1:1", token: "kominfo_contoh" });
});
afterAll(() => operator?.remove());

describe("what is not understood", () => {
  it.each([
    [["pots", "list"], "unknown-command", "kominfo post"],
    [["post", "sumbit", "x"], "unknown-command", "kominfo post submit"],
    [["post", "new", "--titel", "x"], "unknown-flag", "--title"],
    [["post", "show"], "missing-argument", "kominfo post show --help"],
    [["template", "list", "x", "y"], "too-many-arguments", "kominfo template list --help"],
    [["post", "new", "--title"], "missing-flag-value", "kominfo post new --help"],
    [["post", "list", "--state", "submited"], "bad-choice", "submitted"],
  ] as const)("%j says what is near", (argv, code, says) =>
    expectRefusal(operator, argv, { code, exit: 2, says }),
  );
});

describe("help", () => {
  it("is what kominfo alone prints where nobody sits at a terminal", async () => {
    const [alone, asked] = await Promise.all([operator.run([]), operator.run(["--help"])]);
    expect(alone).toEqual(asked);
    expect(alone).toMatchObject({ code: 0, stderr: "" });
    expect(alone.stdout).toContain("kominfo");
  });

  it("of a verb ends with examples, and speaks English when asked to", async () => {
    const [id, en] = await Promise.all([
      operator.run(["post", "submit", "--help"]),
      operator.run(["post", "submit", "--help", "--lang", "en"]),
    ]);
    for (const { stdout } of [id, en])
      expect(stdout.trimEnd().split("\n").at(-1)).toMatch(/^ {2}\$ kominfo post submit/);
    expect(id.stdout).toContain("Contoh");
    expect(en.stdout).toContain("Examples");
  });
});

describe("the language", () => {
  it.each<[string, string[], Record<string, string>]>([
    ["--lang en", ["--lang", "en"], {}],
    ["KOMINFO_LANG=en", [], { KOMINFO_LANG: "en" }],
  ])("is English with %s", async (_, flags, env) => {
    const ran = await operator.run(["post", "show", "tidak-ada", ...flags], { env });
    expect(ran.stderr).toContain("There is no post");
  });

  it("is Indonesian otherwise, whatever the system speaks", async () => {
    const ran = await operator.run(["post", "show", "tidak-ada"], { env: { LANG: "en_US.UTF-8" } });
    expect(ran.stderr).toContain("tidak ditemukan");
  });
});

it("colour is not used on a pipe", async () => {
  for (const argv of [["template", "list"], ["post", "show", "tidak-ada"], ["--help"]]) {
    const { stdout, stderr } = await operator.run(argv, { env: { TERM: "xterm-256color" } });
    expect(stdout + stderr).not.toContain("\u001b");
  }
});

describe("--json and --quiet", () => {
  it("--json prints one document and is silent on stderr, also where a person would be warned", async () => {
    const answers = await writeAnswers(path.join(operator.home, "kegiatan"), 1);
    const argv = ["post", "new", "berita-kegiatan", "--from", answers, "--json"];
    const made = await operator.run([...argv, "--photo", answers]);
    expect(made).toMatchObject({ code: 3, stderr: "" });
    for (const command of [["post", "list"], ["template", "list"], ["auth", "status"], ["doctor"]]) {
      const ran = await operator.run([...command, "--json"]);
      expect(ran.stderr, command.join(" ")).toBe("");
      expect(ran.stdout).toMatch(/^[^\n]+\n$/);
      expect(JSON.parse(ran.stdout)).toBeTypeOf("object");
    }
  });

  it("--quiet is silent where a command succeeds, and keeps answers and errors", async () => {
    const init = (name: string, ...flags: string[]) =>
      operator.run(["init", name, "--kecamatan", "Setu", ...flags]);
    const quiet = await init("sepi", "--quiet");
    expect(quiet).toMatchObject({ code: 0, stdout: "", stderr: "" });
    expect((await operator.run(["template", "list", "--quiet"])).stdout).toContain("berita-kegiatan");
    const refused = await init("sepi", "--quiet");
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/^✗ /);
  });
});

describe("pipes", () => {
  it("a reader that leaves early ends it quietly", async () => {
    for (const argv of ["template list", "--help", "template show berita-kegiatan --json"]) {
      const words = `set -o pipefail; "$0" "$1" ${argv} | head -c 1; echo " \${PIPESTATUS[0]}"`;
      const shell = spawn("bash", ["-c", words, process.execPath, kominfoFile], {
        cwd: operator.workspace,
        env: { PATH: process.env.PATH ?? "", ...operator.env },
      });
      let said = "";
      for (const stream of [shell.stdout, shell.stderr])
        stream.on("data", (chunk) => {
          said += chunk;
        });
      await once(shell, "close");
      expect(said).toMatch(/^. 0\n$/);
    }
  });

  it("a stdin that is closed, or is no terminal, is never waited for", async () => {
    for (const stdin of ["</dev/null", "<&-"]) {
      const shell = spawn("bash", ["-c", `"$0" "$1" post new ${stdin}`, process.execPath, kominfoFile], {
        cwd: operator.workspace,
        env: { PATH: process.env.PATH ?? "", ...operator.env },
        stdio: ["inherit", "ignore", "pipe"],
      });
      let said = "";
      shell.stderr.on("data", (chunk) => {
        said += chunk;
      });
      const [code] = await once(shell, "close");
      expect(code).toBe(2);
      expect(said).toContain("<templat>");
    }
  });

  it("answers come from stdin with --from -", async () => {
    const text = 'judul: "Posyandu Digelar"\nkegiatan: "Posyandu"\nlokasi: "Aula"\ntanggal: "22/11/2026"\n';
    const argv = ["post", "new", "berita-kegiatan", "--from", "-", "--json"];
    const ran = await operator.run(argv, { stdin: text });
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(ran.stdout).post.slug).toBe("2026-11-22-posyandu-digelar");
  });
});

describe("an interruption", () => {
  it("of photo resize ends it with 130, keeps what is made, and the same command makes the rest", async () => {
    const photos = path.join(operator.home, "banyak");
    const count = 24;
    await mkdir(photos);
    const sample = await samplePhoto({ width: 1600, height: 1200 });
    for (let n = 0; n < count; n++) await writeFile(path.join(photos, `f${n}.jpg`), sample);
    const argv = ["photo", "resize", photos, "--preset", "web", "--out", "hasil", "--json"];
    const out = path.join(operator.workspace, "hasil");
    const made = async () =>
      (await readdir(out).catch(() => [])).filter((name) => /^[^.].*\.jpg$/.test(name));

    const resize = operator.start(argv);
    while ((await made()).length < 3) await pause(5);
    resize.kill("SIGINT");
    const ran = await resize.ended;
    expect(ran).toMatchObject({ code: 130, stdout: "" });
    expect(JSON.parse(ran.stderr).error).toMatchObject({ code: "cancelled", exit: 130 });
    const kept = await made();
    expect(kept.length).toBeGreaterThanOrEqual(3);
    expect(kept.length).toBeLessThan(count);

    const { summary } = await operator.json(argv.slice(0, -1));
    expect(summary).toEqual({
      sources: count,
      written: count - kept.length,
      skipped: kept.length,
      failed: 0,
      videos: 0,
    });
    const names = (await filesBelow(out)).map(([name]) => path.basename(name));
    expect(names.filter((name) => isTemporary(name) || name.endsWith(".lock"))).toEqual([]);
  });

  it("a second one stops at once what the first lets end well", async () => {
    const data = path.join(operator.home, "redaksi");
    const serve = operator.start(["newsroom", "serve", "--port", "0", "--json", "--data", data]);
    await serve.says(/\n/);
    // A request that is only half there: the service would wait for the rest of it.
    const { port } = new URL(JSON.parse(serve.printed.stdout).url);
    const half = connect(Number(port), "127.0.0.1").on("error", () => {});
    half.write(
      "POST /api/v1/activations HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\nexpect: 100-continue\r\n\r\n{",
    );
    // It has begun to answer.
    await once(half, "data");
    serve.kill("SIGINT");
    await pause(300);
    expect(serve.process.exitCode).toBeNull();
    serve.kill("SIGINT");
    expect((await serve.ended).code).toBe(130);
    half.destroy();
  });

  it.each(["SIGTERM", "SIGINT"] as const)("of newsroom serve by %s ends it with 0", async (signal) => {
    const serve = operator.start([
      "newsroom",
      "serve",
      "--port",
      "0",
      "--json",
      "--data",
      path.join(operator.home, "redaksi"),
    ]);
    await serve.says(/\n/);
    serve.kill(signal);
    const ran = await serve.ended;
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    await expect(fetch(JSON.parse(ran.stdout).url)).rejects.toThrow();
  });
});

it("--version is the package's, from any folder", async () => {
  const manifest = JSON.parse(
    await readFile(path.join(path.dirname(kominfoFile), "..", "package.json"), "utf8"),
  );
  expect(await operator.run(["--version"], { cwd: "/" })).toEqual({
    code: 0,
    stdout: `${manifest.version}\n`,
    stderr: "",
  });
});
