import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitPreset } from "../../../src/photo/engine/size.js";
import {
  type FolderState,
  foldName,
  planRenditions,
  type RenditionPlan,
  type RenditionRequest,
  renditionKey,
} from "../../../src/photo/renditions/plan.js";
import { presets as allPresets, findPreset, findPresets } from "../../../src/photo/renditions/presets.js";

const nothing: FolderState = { names: [], records: [], intact: new Set() };
const folder = "/hasil";
const web = findPreset("web");
const presets = findPresets("web,instagram");

function plan(sources: RenditionRequest["sources"], more: Partial<RenditionRequest> = {}): RenditionPlan {
  return planRenditions({
    sources,
    presets,
    folder,
    naming: "stem",
    state: nothing,
    engineVersion: "1",
    ...more,
  });
}
const photo = (file: string, sha256 = file) => ({ path: file, sha256 });
const namesOf = ({ actions }: RenditionPlan) =>
  actions.flatMap(({ targets }) => targets.map((target) => path.posix.basename(target.path)));

/** The folder as it is after everything of `done` was made. */
function stateAfter(done: RenditionPlan, extra: readonly string[] = []): FolderState {
  const records = done.actions.flatMap(({ targets }) =>
    targets.map(({ record }) => ({
      ...record,
      made: { width: 1, height: 1, bytes: 1, sha256: `bytes of ${record.name}`, notes: [] },
    })),
  );
  const names = records.map((record) => record.name);
  return { names: [...names, ...extra], records, intact: new Set(names) };
}

describe("names", () => {
  it("are <stem>.<preset>.jpg, one action a photo", () => {
    const made = plan([photo("/a/IMG_1.JPEG"), photo("/a/rapat 3. desa.png")]);
    expect(made.actions).toHaveLength(2);
    expect(namesOf(made)).toEqual([
      "IMG_1.web.jpg",
      "IMG_1.instagram.jpg",
      "rapat 3. desa.web.jpg",
      "rapat 3. desa.instagram.jpg",
    ]);
  });

  it("get -2, -3 when photos of other folders, endings or case have the same", () => {
    const sources = [photo("/a/IMG_1.jpg"), photo("/b/IMG_1.jpg"), photo("/c/img_1.png")];
    expect(namesOf(plan(sources, { presets: [web] }))).toEqual([
      "IMG_1.web.jpg",
      "IMG_1-2.web.jpg",
      "img_1-3.web.jpg",
    ]);
  });

  it("never meet a name that a photo has by itself", () => {
    const sources = [photo("/a/x.jpg"), photo("/b/x.jpg"), photo("/c/x-2.jpg")];
    const names = namesOf(plan(sources, { presets: [web] }));
    expect(new Set(names).size).toBe(3);
  });

  it("can be made on Windows, whatever a photo is called", () => {
    const sources = [photo("/a/CON.jpg"), photo("/a/12:30?.jpg"), photo("/a/....jpg")];
    expect(namesOf(plan(sources, { presets: [web] }))).toEqual([
      "foto-CON.web.jpg",
      "1230.web.jpg",
      "foto.web.jpg",
    ]);
  });

  it("work on Windows paths", () => {
    const request = { sources: [photo("C:\\foto\\A.jpg"), photo("D:\\foto\\a.JPG")], presets: [web] };
    const made = planRenditions(
      { ...request, folder: "C:\\hasil", naming: "stem", state: nothing, engineVersion: "1" },
      path.win32,
    );
    expect(made.actions.map(({ targets }) => targets[0]!.path)).toEqual([
      "C:\\hasil\\A.web.jpg",
      "C:\\hasil\\a-2.web.jpg",
    ]);
  });
});

describe("what is there already", () => {
  const sources = [photo("/a/x.jpg", "one"), photo("/b/x.jpg", "two")];
  const before = plan(sources);

  it("is not made again, and keeps its names whatever the order", () => {
    const again = plan([...sources].reverse(), { state: stateAfter(before) });
    expect(again.actions).toEqual([]);
    expect(
      again.current.map(({ source, rendition }) => [source.sha256, path.basename(rendition.path)]),
    ).toEqual([
      ["two", "x-2.web.jpg"],
      ["two", "x-2.instagram.jpg"],
      ["one", "x.web.jpg"],
      ["one", "x.instagram.jpg"],
    ]);
  });

  it("is not made again when its photo was only moved to another folder: it keeps its names", () => {
    const moved = plan([photo("/c/x.jpg", "one")], { state: stateAfter(plan([photo("/a/x.jpg", "one")])) });
    expect(namesOf(moved)).toEqual([]);
    expect(moved.current.map(({ rendition }) => path.basename(rendition.path))).toEqual([
      "x.web.jpg",
      "x.instagram.jpg",
    ]);
  });

  it("is made again under its name when the photo, the engine, or the rendition's bytes have changed", () => {
    const state = stateAfter(before);
    const changed = plan([photo("/a/x.jpg", "edited"), sources[1]!], { state });
    expect(namesOf(changed)).toEqual(["x.web.jpg", "x.instagram.jpg"]);
    expect(namesOf(plan(sources, { state, engineVersion: "2" }))).toEqual(namesOf(before));
    const intact = new Set([...state.intact].filter((name) => name !== "x.web.jpg"));
    expect(namesOf(plan(sources, { state: { ...state, intact } }))).toEqual(["x.web.jpg"]);
  });

  it("does not count while it was never finished", () => {
    const records = stateAfter(before).records.map(({ made: _, ...record }) => record);
    const state = { ...stateAfter(before), records };
    expect(namesOf(plan(sources, { state }))).toEqual(namesOf(before));
  });

  it("is left alone when it is not ours", () => {
    const state = { ...nothing, names: ["X.Web.jpg"] };
    expect(namesOf(plan([sources[0]!], { state, presets: [web] }))).toEqual(["x-2.web.jpg"]);
  });

  it("is never a photo of the same request, nor are renditions made of our own renditions", () => {
    const inFolder = [photo("/hasil/x.jpg", "one"), photo("/hasil/x.web.jpg", "an original with that name")];
    const first = plan(inFolder, { presets: [web], state: { ...nothing, names: ["x.jpg", "x.web.jpg"] } });
    expect(namesOf(first)).toEqual(["x-2.web.jpg", "x.web.web.jpg"]);

    const state = stateAfter(first, ["x.jpg", "x.web.jpg"]);
    const ours = photo("/hasil/x-2.web.jpg", "bytes of x-2.web.jpg");
    const second = plan([...inFolder, ours], { presets: [web], state });
    expect(second.actions).toEqual([]);
    expect(second.ignored).toEqual(["/hasil/x-2.web.jpg"]);
  });
});

describe("by key", () => {
  it("equal photos have one name of 16 hex digits", () => {
    const made = plan([photo("/a/x.jpg", "same"), photo("/b/y.jpg", "same")], {
      naming: "key",
      presets: [web],
    });
    const name = `${renditionKey("same", web, "1")}.jpg`;
    expect(namesOf(made)).toEqual([name, name]);
    expect(namesOf(made)[0]).toMatch(/^[0-9a-f]{16}\.jpg$/);
  });

  it("another photo, preset, engine or text is another file, no text and empty text are not", () => {
    const keys = [
      renditionKey("a", web, "1"),
      renditionKey("b", web, "1"),
      renditionKey("a", { ...web, width: 1600 }, "1"),
      renditionKey("a", web, "2"),
      renditionKey("a", web, "1", { text: { caption: "x" } }),
      renditionKey("a", web, "1", { text: { alt: "x" } }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(renditionKey("a", web, "1", { text: { caption: "" } })).toBe(keys[0]);
  });
});

it("covers every photo and preset once, on paths that differ on every system, and is then done", () => {
  const stem = fc.constantFrom("a", "A", "a-2", "a.web", "á", "a\u0301", "ß", "SS", "con", ":", "hasil");
  const file = fc.tuple(fc.constantFrom("/x", "/y", folder), stem, fc.constantFrom(".jpg", ".PNG", ""));
  const sources = fc
    .uniqueArray(file.map((parts) => `${parts[0]}/${parts[1]}${parts[2]}`))
    .map((files) => files.map((file, i) => photo(file, String(i % 3))));
  fc.assert(
    fc.property(
      sources,
      fc.array(fc.constantFrom("a.web.jpg", "A-2.web.jpg", "b.jpg")),
      (photos, foreign) => {
        const inFolder = photos
          .filter((source) => path.dirname(source.path) === folder)
          .map((source) => path.basename(source.path));
        const existing = [...foreign, ...inFolder];
        const first = plan(photos, { state: { ...nothing, names: existing } });
        const covered = first.actions.flatMap(({ source, targets }) =>
          targets.map(({ preset }) => `${source.path} ${preset.name}`),
        );
        expect(covered.sort()).toEqual(
          photos.flatMap((source) => presets.map((preset) => `${source.path} ${preset.name}`)).sort(),
        );
        const all = [...namesOf(first), ...existing].map(foldName);
        expect(new Set(all).size).toBe(namesOf(first).length + new Set(existing.map(foldName)).size);
        expect(plan(photos, { state: stateAfter(first, existing) }).actions).toEqual([]);
      },
    ),
    { seed: 2, numRuns: 300 },
  );
});

describe("presets", () => {
  it("are found in a list as typed, each once", () => {
    expect(findPresets("web, Instagram,web").map((preset) => preset.name)).toEqual(["web", "instagram"]);
  });

  it("that are unknown are reported with the nearest and all names", () => {
    expect(() => findPresets("instagam")).toThrow(
      expect.objectContaining({
        code: "photo-preset-unknown",
        exit: 2,
        params: {
          name: "instagam",
          nearest: "instagram",
          presets: expect.arrayContaining(["web", "instagram", "x"]),
        },
      }),
    );
  });

  it("never enlarge, and never exceed their size", () => {
    const pixels = fc.integer({ min: 1, max: 20_000 });
    fc.assert(
      fc.property(pixels, pixels, fc.constantFrom(...allPresets), (width, height, preset) => {
        const fit = fitPreset({ width, height }, preset);
        expect(fit.scale).toBeLessThanOrEqual(1);
        expect(fit.width).toBeLessThanOrEqual(Math.min(width, preset.width));
        expect(fit.height).toBeLessThanOrEqual(Math.min(height, preset.height));
      }),
      { seed: 3 },
    );
  });
});
