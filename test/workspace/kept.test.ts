import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readState, stateLock, updateSubmissionState, writeState } from "../../src/workspace/state.js";
import { listTemplates, readTemplate } from "../../src/workspace/templates.js";
import { emptyFolder, put } from "./place.js";

const submission = {
  id: "0199c6f0-0000-7000-8000-000000000001",
  revision: 2,
  state: "returned" as const,
  updated_at: "2026-11-22T03:00:00Z",
  origin: "https://redaksi.example.go.id",
  url: "https://redaksi.example.go.id/s/1",
};

describe("the stored state of a submission", () => {
  const place = async () => path.join(await emptyFolder(), ".kominfo", "state.json");

  it("is nothing before the first", async () => {
    expect(await readState(await place())).toEqual({ photos: {}, uploads: {} });
  });

  it("is read as it was written", async () => {
    const file = await place();
    await writeState(file, { submission, photos: {}, uploads: { abc: "/api/v1/uploads/1" } });
    expect(await readState(file)).toEqual({ submission, photos: {}, uploads: { abc: "/api/v1/uploads/1" } });
    expect(path.dirname(stateLock(file))).toBe(path.dirname(file));
  });

  it("does not change by an answer about another submission, which was asked for before a race", async () => {
    const file = await place();
    await writeState(file, { submission, photos: {}, uploads: {} });
    const late = { state: "approved" as const, updated_at: "2026-11-22T04:00:00Z" };
    const shown = "approved" as const;
    await updateSubmissionState(file, { id: "0199c6f0-0000-7000-8000-000000000002", ...late, shown });
    expect((await readState(file)).submission).toEqual(submission);
    await updateSubmissionState(file, { id: submission.id, ...late, shown });
    expect((await readState(file)).submission).toEqual({ ...submission, ...late });
  });

  it("remembers that something is out, and forgets it when it was taken down", async () => {
    const file = await place();
    await writeState(file, { submission, photos: {}, uploads: {} });
    const { id, updated_at } = submission;
    // Nothing else changes when a publication is recorded.
    for (const [shown, out] of [
      ["published", true],
      ["corrected", true],
      ["unpublished", undefined],
    ] as const) {
      await updateSubmissionState(file, { id, state: "approved", updated_at, shown });
      expect((await readState(file)).submission?.out).toBe(out);
    }
  });

  it.each([
    ["cut off", '{"submission":{"id":"0199'],
    ["empty", ""],
    ["of another form", '{"submission":{"id":7}}'],
    ["no object", "[]"],
  ])("is never taken for nothing when its file is %s (exit 1), and the file stays", async (_how, text) => {
    const file = await put(await place(), text);
    await expect(readState(file)).rejects.toMatchObject({
      code: "post-state-damaged",
      exit: 1,
      params: { path: file },
    });
    expect(await readFile(file, "utf8")).toBe(text);
  });
});

const packageFolder = path.resolve(import.meta.dirname, "../..");

const own = `---
template:
  title: { id: "Pengumuman kami", en: "Our notice" }
  description: { id: "Punya sendiri", en: "Our own" }
  questions:
    - key: judul
      type: text
      ask: { id: "Judul", en: "Title" }
      required: "ya"
judul: "{{ judul }}"
jenis: "pengumuman"
---
Isi.
`;

describe("templates", () => {
  it("come with the package, all readable, sorted by name", async () => {
    const files = await listTemplates(packageFolder);
    expect(files.map((file) => file.name)).toEqual([...files.map((file) => file.name)].sort());
    expect(files.map((file) => file.name)).toContain("berita-kegiatan");
    expect(files.every((file) => !file.own)).toBe(true);
  });

  it("of the workspace are listed too, and win over one of the same name", async () => {
    const root = await emptyFolder();
    await put(path.join(root, "templates", "pengumuman.md"), own);
    await put(path.join(root, "templates", "rapat.md"), own);
    const files = await listTemplates(packageFolder, root);
    expect(files.filter((file) => file.own).map((file) => file.name)).toEqual(["pengumuman", "rapat"]);
    expect(files.filter((file) => file.name === "pengumuman")).toHaveLength(1);
    expect((await readTemplate("pengumuman", packageFolder, root)).title.id).toBe("Pengumuman kami");
    expect((await readTemplate("pengumuman", packageFolder)).title.id).not.toBe("Pengumuman kami");
  });

  it("are only files that are named as templates", async () => {
    const root = await emptyFolder();
    for (const name of ["README.md", ".tersembunyi.md", "dengan spasi.md", "rapat.txt", "-a.md", "rapat.md"])
      await put(path.join(root, "templates", name), own);
    expect(
      (await listTemplates(packageFolder, root)).filter((file) => file.own).map((file) => file.name),
    ).toEqual(["rapat"]);
  });

  it("that are unknown are refused with the nearest and all names (exit 2)", async () => {
    await expect(readTemplate("pengumumn", packageFolder)).rejects.toMatchObject({
      code: "template-unknown",
      exit: 2,
      params: { nearest: "pengumuman", names: expect.arrayContaining(["ucapan"]) },
    });
  });

  it.each(["../templates/ucapan", "../../package", "ucapan.md", ""])(
    "are asked for by name, never by path: %j",
    async (name) => {
      await expect(readTemplate(name, packageFolder)).rejects.toMatchObject({ code: "template-unknown" });
    },
  );

  it("that are wrong are refused with their problems (exit 2)", async () => {
    const root = await emptyFolder();
    await put(path.join(root, "templates", "rapat.md"), own.replace("type: text", "type: teks"));
    await expect(readTemplate("rapat", packageFolder, root)).rejects.toMatchObject({
      code: "template-invalid",
      exit: 2,
      params: { problems: [expect.objectContaining({ line: expect.any(Number) })] },
    });
  });
});
