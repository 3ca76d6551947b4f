import path from "node:path";
import { typedOrigin } from "../credentials/origin.js";
import type { Diagnostic } from "../errors/diagnostics.js";
import { KominfoError } from "../errors/errors.js";
import { error, hasErrors, warning } from "../files/diagnostic.js";
import { isGroup } from "../files/group.js";
import { isInside } from "../files/names.js";
import { readYaml } from "../files/yaml.js";
import { mergePresets } from "../photo/renditions/preset-settings.js";
import { readWatermarkSettings } from "../photo/renditions/watermark-settings.js";
import { readYesNo } from "../post/front-matter/keys.js";
import { findKecamatan, hashtagOf, type Kecamatan, nearestKecamatan } from "../region/kecamatan.js";
import type { Language } from "../text/language.js";
import { languages } from "../text/language.js";
import { nearest } from "../text/nearest.js";
import type { WorkspaceSettings } from "./types.js";

/** Every key of kominfo.yaml. `timezone` is checked, but nothing reads it yet. */
const settingKeys = [
  "kecamatan",
  "newsroom",
  "web",
  "graph_version",
  "language",
  "timezone",
  "photos",
  "hashtags",
  "posts",
  "dateline",
  "require_local_approval",
];
const photoKeys = ["credit", "presets", "watermark", "jobs"];
const maxJobs = 64;
const maxHashtags = 10;

interface ReadSettings {
  /** Absent when a problem is an error. */
  settings?: WorkspaceSettings & { posts: string };
  /** All problems, each with its key and line. */
  problems: Diagnostic[];
}

/**
 * Reads the text of kominfo.yaml.
 *
 * @param root absolute folder of the workspace: `posts` may not lead out of it
 */
export function readSettings(text: string, root: string): ReadSettings {
  const yaml = readYaml(text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n"));
  // Front matter forbids a comment after a bare value, because a hashtag would be lost in it; settings may have comments.
  const problems = yaml.problems.filter((problem) => problem.code !== "yaml-comment");
  if (hasErrors(problems)) return { problems };
  const source: Source = { values: isGroup(yaml.values) ? yaml.values : {}, lines: yaml.lines, problems };
  const { values } = source;
  warnOfUnknownKeys(source, values, settingKeys);
  const kecamatan = readKecamatan(source);
  const newsroom = groupOf(source, "newsroom");
  // There is one kind of newsroom; kominfo.yaml may still name it.
  choose(source, textOf(source, newsroom, "kind", "newsroom.kind"), "newsroom.kind", ["kominfo"], "kominfo");
  const origin = readAddress(source, newsroom, "newsroom.url");
  const site = readAddress(source, groupOf(source, "web"), "web.url");
  const graphVersion = readGraphVersion(source);
  const choice = <T extends string>(key: string, choices: readonly T[], fallback: T) =>
    choose(source, textOf(source, values, key), key, choices, fallback);
  const language = choice<Language>("language", languages, "id");
  choice("timezone", ["asia/jakarta"], "asia/jakarta");
  const yesNo = (key: string, fallback: "ya" | "tidak") =>
    readYesNo(choice(key, ["ya", "tidak", "true", "false"], fallback)) ?? false;
  const dateline = yesNo("dateline", "ya");
  const requireLocalApproval = yesNo("require_local_approval", "tidak");
  const photos = readPhotoSettings(source, root);
  const hashtags = readHashtags(source);
  const posts = path.resolve(root, textOf(source, values, "posts") ?? "posts");
  if (!isInside(root, posts)) problems.push(error(placeOf(source, "posts"), "folder-outside"));

  if (!kecamatan || hasErrors(problems)) return { problems };
  const settings = {
    kecamatan,
    ...(origin ? { newsroom: { origin } } : {}),
    ...(site ? { web: { origin: site } } : {}),
    ...(graphVersion ? { graphVersion } : {}),
    language,
    ...photos,
    hashtags,
    dateline,
    requireLocalApproval,
    posts,
  };
  return { settings, problems };
}

/** The parsed kominfo.yaml. The functions that read it add to `problems`. */
interface Source {
  values: Record<string, unknown>;
  lines: ReadonlyMap<string, number>;
  problems: Diagnostic[];
}

function placeOf({ lines }: Source, key: string) {
  return { key, line: lines.get(key) };
}

/** @param name the dotted key in the file, for the problem */
function textOf(source: Source, group: Record<string, unknown>, key: string, name = key): string | undefined {
  const value = group[key];
  if (value === undefined || value === "") return undefined;
  if (typeof value === "string") return value.trim();
  source.problems.push(error(placeOf(source, name), "text-expected"));
  return undefined;
}

function groupOf(source: Source, key: string): Record<string, unknown> {
  const value = source.values[key];
  if (value === undefined || value === "") return {};
  if (isGroup(value)) return value;
  source.problems.push(error(placeOf(source, key), "group-expected"));
  return {};
}

function choose<T extends string>(
  source: Source,
  text: string | undefined,
  key: string,
  choices: readonly T[],
  fallback: T,
): T {
  if (text === undefined) return fallback;
  const chosen = choices.find((choice) => choice === text.toLowerCase());
  if (!chosen) {
    source.problems.push(error(placeOf(source, key), "one-of", { choices, nearest: nearest(text, choices) }));
  }
  return chosen ?? fallback;
}

function warnOfUnknownKeys(
  source: Source,
  group: Record<string, unknown>,
  valid: readonly string[],
  prefix = "",
): void {
  for (const key of Object.keys(group).filter((name) => !valid.includes(name))) {
    const place = placeOf(source, prefix + key);
    source.problems.push(warning(place, "unknown-key", { nearest: nearest(key, valid) }));
  }
}

function readKecamatan(source: Source): Kecamatan | undefined {
  const text = textOf(source, source.values, "kecamatan");
  const kecamatan = text === undefined ? undefined : findKecamatan(text);
  const place = placeOf(source, "kecamatan");
  if (!source.values.kecamatan) source.problems.push(error(place, "required"));
  else if (text !== undefined && !kecamatan) {
    const near = nearestKecamatan(text)?.name;
    source.problems.push(error(place, "kecamatan-expected", { nearest: near }));
  }
  return kecamatan;
}

function readAddress(source: Source, group: Record<string, unknown>, name: string): string | undefined {
  const url = textOf(source, group, "url", name);
  if (url === undefined) return undefined;
  try {
    return typedOrigin(url);
  } catch (cause) {
    if (!(cause instanceof KominfoError)) throw cause;
    source.problems.push(error(placeOf(source, name), "address-expected"));
    return undefined;
  }
}

/** Each version answers for about two years, so that an office can go on to the next without a new kominfo. */
function readGraphVersion(source: Source): string | undefined {
  const version = textOf(source, source.values, "graph_version");
  if (version !== undefined && !/^v\d{1,3}\.0$/.test(version)) {
    source.problems.push(error(placeOf(source, "graph_version"), "graph-version-expected"));
  }
  return version;
}

/** Reads `hashtags`, each a word with or without `#`, as the newsroom takes them. */
function readHashtags(source: Source): string[] {
  const { hashtags = [] } = source.values;
  if (hashtags === "") return [];
  const at = (key: string) => placeOf(source, source.lines.has(key) ? key : "hashtags");
  if (!Array.isArray(hashtags)) {
    source.problems.push(error(at("hashtags"), "list-expected"));
    return [];
  }
  if (hashtags.length > maxHashtags) {
    source.problems.push(error(at("hashtags"), "too-many", { max: maxHashtags }));
  }
  const words = hashtags.map((tag: unknown, index) => {
    const word = typeof tag === "string" ? tag.trim().replace(/^#/, "") : "";
    if (!/^[\p{L}\p{N}_]{1,60}$/u.test(word)) {
      source.problems.push(error(at(`hashtags.${index}`), "hashtag-expected"));
    }
    return word;
  });
  return [...new Set(words)];
}

/** Reads the group `photos`. */
function readPhotoSettings(
  source: Source,
  root: string,
): Pick<WorkspaceSettings, "credit" | "presets" | "watermark" | "jobs"> {
  const { lines, problems } = source;
  const photos = groupOf(source, "photos");
  const credit = textOf(source, photos, "credit", "photos.credit");
  const sizes = mergePresets(photos.presets, lines);
  const { watermark, problems: watermarkProblems } = readWatermarkSettings(photos.watermark, root, lines);
  problems.push(...sizes.problems, ...watermarkProblems);
  warnOfUnknownKeys(source, photos, photoKeys, "photos.");
  const jobs = parseJobs(textOf(source, photos, "jobs", "photos.jobs"));
  if (Number.isNaN(jobs)) {
    const place = placeOf(source, "photos.jobs");
    problems.push(error(place, "whole-number-expected", { min: 1, max: maxJobs }));
  }
  return {
    ...(credit ? { credit } : {}),
    presets: sizes.presets,
    ...(watermark ? { watermark } : {}),
    ...(jobs ? { jobs } : {}),
  };
}

/** Returns undefined for `auto`, with which kominfo chooses the number itself, and NaN for an invalid number. */
function parseJobs(text = "auto"): number | undefined {
  if (text.toLowerCase() === "auto") return undefined;
  const jobs = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return jobs >= 1 && jobs <= maxJobs ? jobs : Number.NaN;
}

/** The text of a new kominfo.yaml. Comments explain the keys to the person who edits the file. */
export function newSettings(
  kecamatan: { code: string; name: string; slug: string },
  newsroom?: string,
): string {
  return `# Ruang kerja kominfo. Berkas ini tidak memuat sandi, jadi boleh dibagikan.
kecamatan: "${kecamatan.code}" # Kecamatan ${kecamatan.name}
${newsroom ? "" : "# "}newsroom: { kind: kominfo, url: "${newsroom ?? "https://newsroom.example.go.id"}" }
# web: { url: "https://kecamatan.example.go.id" } # situs WordPress kecamatan
language: "id" # id atau en
timezone: Asia/Jakarta
photos:
  credit: "Foto: Kecamatan ${kecamatan.name}" # kredit bila sebuah foto tidak punya yang lain
hashtags: ["KabupatenBekasi", "${hashtagOf(kecamatan)}"]
posts: posts # folder naskah
require_local_approval: tidak # "ya" (atau true) bila naskah baru boleh dikirim setelah disetujui pimpinan; "tidak" sama dengan false
dateline: ya # "tidak" bila situs menambahkan "${kecamatan.name.toUpperCase()} –" sendiri
`;
}
