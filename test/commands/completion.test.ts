import { execFile, spawnSync } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Laptop, openLaptop } from "../support/laptop.js";

let laptop: Laptop;
beforeEach(async () => {
  laptop = await openLaptop();
  for (const slug of ["2026-11-20-musrenbang", "2026-11-22-posyandu", "2026-11-23-$(touch jebakan)"]) {
    const folder = path.join(laptop.workspace, "posts", slug);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, "index.md"), "---\n---\n");
  }
});
afterEach(() => laptop.remove());

/** What may stand for the last word, without descriptions. */
async function complete(...words: string[]): Promise<string[]> {
  const ran = await laptop.run(["__complete", "--", ...words]);
  expect(ran).toMatchObject({ code: 0, stderr: "" });
  return ran.stdout.split("\n").flatMap((line) => line.split("\t")[0] || []);
}

describe("completion", () => {
  it("of a shell that it does not know names those that it knows, and no other as meant", async () => {
    const ran = await laptop.run(["completion", "tcsh", "--json"]);
    expect(ran.code).toBe(2);
    const told = JSON.stringify(JSON.parse(ran.stderr).error);
    expect(told).toMatch(/bash.*zsh/);
    expect(told).not.toContain("maksud");
  });

  it.each<[string[], string[]]>([
    [["po"], ["post"]],
    [
      ["auth", ""],
      ["login", "status", "logout", "store", "passphrase", "unlock", "lock", "export", "import"],
    ],
    [["newsroom", "user", "r"], ["revoke"]],
    [["auth", "login", "--w"], ["--workspace", "--with-token"].reverse()],
    [
      ["post", "show", "2026"],
      ["2026-11-22-posyandu", "2026-11-20-musrenbang"],
    ],
    [["post", "show", "--json", "2026-11-22"], ["2026-11-22-posyandu"]],
    [["post", "pull", "2026-11-22"], ["2026-11-22-posyandu"]],
    [["template", "show", "siaran"], ["siaran-pers"]],
    [["post", "new", "peng"], ["pengumuman"]],
    [
      ["init", "--kecamatan", "tambun"],
      ["tambun-utara", "tambun-selatan"],
    ],
    [["init", "--kecamatan=ciba"], ["--kecamatan=cibarusah"]],
    [["photo", "resize", "--preset", "web,fa"], ["web,facebook"]],
    [["photo", "resize", "--position", "cen"], ["centre"]],
    [["photo", "resize", "--effort", "s"], ["small"]],
    [["review", "list", "--state", "in"], ["in_review"]],
    [
      ["--lang", ""],
      ["id", "en"],
    ],
    [["completion", "z"], ["zsh"]],
    [["photo", "resize", ""], [":files"]],
    [["post", "new", "--from", ""], [":files"]],
    [["review", "show", ""], []],
    [["tidak", "ada", ""], []],
    [["post", "new", "--", "--js"], []],
  ])("of %j gives %j", async (words, expected) => {
    expect(await complete(...words)).toEqual(expected);
  });

  it("follows -C to another workspace", async () => {
    expect(await complete("-C", path.join(laptop.home, "tidak-ada"), "post", "show", "")).toEqual([]);
    const ran = await laptop.run(["__complete", "--", "-C", laptop.workspace, "post", "show", "2026-11-22"], {
      cwd: path.dirname(laptop.passphraseFile),
    });
    expect(ran.stdout).toContain("2026-11-22-posyandu");
  });

  it("never fails aloud, whatever is broken", async () => {
    await writeFile(path.join(laptop.workspace, "kominfo.yaml"), "kecamatan: [\n");
    expect(await complete("post", "show", "")).toEqual([]);
  });

  it("of an unknown shell names those it knows", async () => {
    const ran = await laptop.run(["completion", "tcsh"]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("bash, zsh, fish, powershell");
  });

  it("is not shown in help", async () => {
    expect((await laptop.run(["--help"])).stdout).not.toContain("__complete");
  });
});

/** A kominfo on the PATH that answers as the real one did, and keeps what it was asked. */
async function fakeKominfo(answer: string): Promise<NodeJS.ProcessEnv> {
  const bin = path.join(laptop.home, "bin");
  await mkdir(bin, { recursive: true });
  const asked = path.join(laptop.home, "asked");
  const file = path.join(bin, "kominfo");
  await writeFile(file, `#!/bin/bash\nprintf '[%s]' "$@" > '${asked}'\nprintf -- '${answer}'\n`);
  await chmod(file, 0o755);
  return { PATH: `${bin}:${process.env.PATH}`, HOME: laptop.home };
}

describe.skipIf(spawnSync("bash", ["--version"]).status !== 0)("the script for bash", () => {
  async function inBash(answer: string, words: string[]): Promise<{ replies: string[]; asked: string }> {
    const script = path.join(laptop.home, "kominfo.bash");
    await writeFile(script, (await laptop.run(["completion", "bash"])).stdout);
    const quoted = words.map((word) => `'${word}'`).join(" ");
    const lines = [
      // Sourced twice, as a .bashrc is, and without the bash-completion package.
      `set -u; source ${script}; source ${script}`,
      `COMP_WORDS=(kominfo ${quoted}); COMP_CWORD=${words.length}`,
      `_kominfo kominfo; printf '%s\\n' "\${COMPREPLY[@]-}"; cat ~/asked >&2`,
    ];
    const { stdout, stderr } = await promisify(execFile)("bash", ["--norc", "-c", lines.join("\n")], {
      env: await fakeKominfo(answer),
      cwd: laptop.home,
    });
    return { replies: stdout.split("\n").filter(Boolean), asked: stderr };
  }

  it("hands over the words and gives the values without their descriptions", async () => {
    const { replies, asked } = await inBash("post\\tnaskah\\nphoto\\tfoto\\n", ["p"]);
    expect(asked).toBe("[__complete][--][p]");
    expect(replies).toEqual(["post", "photo"]);
  });

  it("hands over an empty word", async () => {
    expect((await inBash("login\\t\\n", ["auth", ""])).asked).toBe("[__complete][--][auth][]");
  });

  it("puts together what bash cuts at =, and takes its beginning off the replies", async () => {
    const { replies, asked } = await inBash("--state=submitted\\t\\n", [
      "review",
      "list",
      "--state",
      "=",
      "sub",
    ]);
    expect(asked).toBe("[__complete][--][review][list][--state=sub]");
    expect(replies).toEqual(["submitted"]);
  });

  it("runs nothing that is typed", async () => {
    const { asked } = await inBash("x\\t\\n", ["post", "$(touch jebakan)", "`touch jebakan`", ""]);
    expect(asked).toBe("[__complete][--][post][$(touch jebakan)][`touch jebakan`][]");
    expect(await laptop.filesWith("")).not.toContain(path.join(laptop.home, "jebakan"));
  });
});

describe.each([
  ["zsh", ["-n"]],
  ["fish", ["--no-execute"]],
])("the script for %s", (shell, check) => {
  it.skipIf(spawnSync(shell, ["--version"]).status !== 0)("is accepted by it", async () => {
    const script = path.join(laptop.home, `kominfo.${shell}`);
    await writeFile(script, (await laptop.run(["completion", shell])).stdout);
    await promisify(execFile)(shell, [...check, script]);
  });
});
