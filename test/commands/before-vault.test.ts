import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Laptop, openLaptop } from "../support/laptop.js";

/**
 * Command lines that cannot succeed. Nobody is logged in here, so that a command which reaches for a login ends with `not-logged-in`
 * (exit 4): where there is one, a person would type the vault's passphrase first.
 */
let laptop: Laptop;
const id = "00000000-0000-4000-8000-000000000001";
const origin = "http://127.0.0.1:9";
beforeAll(async () => {
  laptop = await openLaptop(origin);
  const answers = ["hari_besar=Hari Ibu", "tanggal=22/12/2026"].flatMap((answer) => ["--set", answer]);
  await laptop.run(["post", "new", "ucapan", "--title", "Selamat Hari Ibu", ...answers]);
  const sent = path.join(laptop.workspace, "posts", "2026-11-22-musrenbang");
  await mkdir(path.join(sent, ".kominfo"), { recursive: true });
  await writeFile(path.join(sent, "index.md"), '---\njudul: "Musrenbang"\njenis: "ucapan"\n---\nIsi.\n');
  const submission = { id, revision: 1, state: "approved", updated_at: "2026-11-22T03:00:00.000Z" };
  const url = `${origin}/submissions/${id}`;
  await writeFile(
    path.join(sent, ".kominfo", "state.json"),
    JSON.stringify({ submission: { ...submission, origin, url } }),
  );
  await writeFile(path.join(laptop.workspace, "catatan.txt"), "x");
});
afterAll(() => laptop.remove());

const codeOf = async (line: string) => {
  const ran = await laptop.run([...line.split(" "), "--json"]);
  expect(ran.stdout).toBe("");
  return [JSON.parse(ran.stderr).error.code, ran.code];
};

it("a right line reaches for the login", async () => {
  for (const line of ["post pull musrenbang", "post publish musrenbang", "photo where musrenbang"]) {
    expect(await codeOf(line)).toEqual(["not-logged-in", 4]);
  }
});

describe("is refused before the vault is opened (exit 2)", () => {
  it.each([
    ["post status tiada", "post-missing"],
    ["post submit tiada", "post-missing"],
    ["post submit musrenbang", "post-invalid"],
    ["post publish tiada", "post-missing"],
    ["post publish hari-ibu", "not-submitted"],
    ["post publish musrenbang --to tiktok", "bad-choice"],
    ["post publish musrenbang --again tiktok", "bad-choice"],
    ["post publish musrenbang --account tiktok=a", "bad-choice"],
    ["post publish musrenbang --at kapan", "bad-time"],
    ["post publish musrenbang --max-cost x", "bad-cost"],
    [`review publish ${id} --to tiktok`, "bad-choice"],
    ["post unpublish tiada", "post-missing"],
    ["post unpublish hari-ibu", "not-submitted"],
    ["post unpublish musrenbang --from entah", "bad-choice"],
    ["post unpublish musrenbang --reason entah", "bad-take-down-reason"],
    ["post unpublish musrenbang --max-cost x --reason keliru", "bad-cost"],
    ["post record tiada", "post-missing"],
    ["post record hari-ibu --url https://a.example.go.id/x", "not-submitted"],
    ["post record musrenbang --url bukan-tautan", "link-invalid"],
    ["post record musrenbang --url https://a.example.go.id/x --channel entah", "bad-choice"],
    ["post withdraw tiada", "post-missing"],
    ["post withdraw hari-ibu --reason x", "not-submitted"],
    ["post withdraw musrenbang", "missing-input"],
    ["post pull tiada", "post-missing"],
    ["post pull hari-ibu", "not-submitted"],
    ["post preview tiada", "post-missing"],
    ["photo where tiada.jpg", "file-not-found"],
    ["photo where hari-ibu", "not-submitted"],
    ["photo upload tiada.jpg --event a", "file-not-found"],
    ["photo upload catatan.txt", "upload-target-missing"],
    ["photo upload catatan.txt --event a --post musrenbang", "upload-target-twice"],
    ["photo upload catatan.txt --post tiada", "post-missing"],
    ["photo upload catatan.txt --event a --jobs 99", "bad-number"],
    ["photo upload catatan.txt --event a --limit-rate x", "bad-rate"],
    ["photo upload catatan.txt --event a --captions tiada.csv", "file-not-found"],
    ["photo upload --watch tiada --event a", "watch-folder-missing"],
    ["photo upload --watch . --event a --captions tiada.csv", "file-not-found"],
    ["sync --jobs 99", "bad-number"],
    ["sync --forget tiada", "nothing-waits-for"],
    ["auth login entah", "bad-choice"],
    ["auth logout entah", "bad-choice"],
    ["auth store entah", "bad-choice"],
    ["auth export catatan.txt", "bundle-exists"],
    ["auth import tiada.age", "file-not-found"],
    ["auth import catatan.txt", "bundle-foreign"],
  ])("%s: %s", async (line, code) => {
    expect(await codeOf(line)).toEqual([code, 2]);
  });

  it("whatever asks the newsroom, where kominfo.yaml names none", async () => {
    const bare = await openLaptop();
    try {
      for (const line of [`post status ${id}`, `post publish ${id}`, `photo where ${"0".repeat(64)}`]) {
        const ran = await bare.run([...line.split(" "), "--json"]);
        expect(JSON.parse(ran.stderr).error).toMatchObject({ code: "newsroom-unset", exit: 2 });
      }
    } finally {
      await bare.remove();
    }
  });
});
