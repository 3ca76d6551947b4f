import path from "node:path";
import { describe, expect, it } from "vitest";
import { mergePresets } from "../../../src/photo/renditions/preset-settings.js";
import { findPreset, presets } from "../../../src/photo/renditions/presets.js";
import { readWatermarkSettings } from "../../../src/photo/renditions/watermark-settings.js";

describe("photos.presets of kominfo.yaml", () => {
  it("changes what it names of a preset of ours, and keeps the rest", () => {
    const merged = mergePresets({ "web-small": { max_bytes: "2000000" } });
    expect(merged.problems).toEqual([]);
    expect(findPreset("web-small", merged.presets)).toEqual({
      ...findPreset("web-small"),
      maxBytes: 2_000_000,
    });
    expect(merged.presets.map(({ name }) => name)).toEqual(presets.map(({ name }) => name));
  });

  it("adds presets, which show the whole photo unless they say otherwise", () => {
    const merged = mergePresets({
      banner: { width: "1920", height: "600", fit: "cover", keep_clear: "20" },
      kecil: { width: "640", height: "640" },
    });
    expect(merged.presets.slice(presets.length)).toEqual([
      { name: "banner", width: 1920, height: 600, fit: "cover", keepClear: 20 },
      { name: "kecil", width: 640, height: 640, fit: "inside" },
    ]);
  });

  it("may be missing", () => {
    expect(mergePresets(undefined)).toEqual({ presets, problems: [] });
  });

  it.each([
    [{ web: { width: "0" } }, "photos.presets.web.width", "whole-number-expected"],
    [{ web: { width: "1.600" } }, "photos.presets.web.width", "whole-number-expected"],
    [{ baru: { width: "10" } }, "photos.presets.baru.height", "required"],
    [{ web: { fit: "contain" } }, "photos.presets.web.fit", "one-of"],
    [{ "../x": { width: "1", height: "1" } }, "photos.presets.../x", "preset-name-form"],
    [{ web: "1600" }, "photos.presets.web", "group-expected"],
    ["web", "photos.presets", "group-expected"],
  ])("is reported with its line, and the table stays as it was: %j", (given, key, code) => {
    const merged = mergePresets(given, new Map([[key, 7]]));
    expect(merged.problems).toEqual([expect.objectContaining({ key, code, line: 7, severity: "error" })]);
    expect(merged.presets).toEqual(presets);
  });

  it("only warns of a key that it does not know", () => {
    const { problems } = mergePresets({ web: { widht: "1600" } });
    expect(problems).toMatchObject([
      { severity: "warning", code: "unknown-key", params: { nearest: "width" } },
    ]);
  });
});

describe("photos.watermark of kominfo.yaml", () => {
  const root = path.resolve("/rumah/berita");
  const logo = path.join(root, "aset", "logo.png");

  it("is a file of the workspace, or one and how it lies, in percent", () => {
    expect(readWatermarkSettings("aset/logo.png", root)).toEqual({ watermark: { path: logo }, problems: [] });
    expect(
      readWatermarkSettings(
        { file: "aset/logo.png", corner: "bottom-left", opacity: "100", width: "12" },
        root,
      ),
    ).toEqual({ watermark: { path: logo, corner: "bottom-left", opacity: 1, share: 0.12 }, problems: [] });
  });

  it("may be missing", () => {
    expect(readWatermarkSettings(undefined, root)).toEqual({ problems: [] });
  });

  it.each([
    [["aset/logo.png"], "photos.watermark", "group-expected"],
    [{ corner: "top-left" }, "photos.watermark.file", "required"],
    ["../logo.png", "photos.watermark.file", "file-outside"],
    [{ file: "a.png", corner: "middle" }, "photos.watermark.corner", "one-of"],
    [{ file: "a.png", opacity: "0" }, "photos.watermark.opacity", "whole-number-expected"],
    [{ file: "a.png", width: "0.18" }, "photos.watermark.width", "whole-number-expected"],
  ])("is reported with its line, and no logo is laid: %j", (given, key, code) => {
    const read = readWatermarkSettings(given, root, new Map([["photos.watermark", 7]]));
    expect(read.problems).toEqual([expect.objectContaining({ key, code, line: 7, severity: "error" })]);
    expect(read.watermark).toBeUndefined();
  });
});
