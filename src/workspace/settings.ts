import path from "node:path";
import { checkOrigin } from "../credentials/origin.js";
import { KominfoError } from "../errors/errors.js";
import type { Diagnostic } from "../files/diagnostic.js";
import { error, hasErrors, warning } from "../files/diagnostic.js";
import { isGroup } from "../files/group.js";
import { isInside } from "../files/names.js";
import { readYaml } from "../files/yaml.js";
import { mergePresets } from "../photo/renditions/preset-settings.js";
import { readWatermarkSettings } from "../photo/renditions/watermark-settings.js";
import { findKecamatan, nearestKecamatan } from "../region/kecamatan.js";
import type { Language } from "../text/language.js";
import { languages } from "../text/language.js";
import { nearest } from "../text/nearest.js";
import type { WorkspaceSettings } from "./types.js";

/** Every key of kominfo.yaml. `timezone` and `hashtags` are checked, but nothing reads them yet. */
const knownKeys = [
  "kecamatan",
  "newsroom",
  "web",
  "language",
  "timezone",
  "photos",
  "hashtags",
  "posts",
  "dateline",
];
const photoKeys = ["credit", "presets", "watermark", "jobs"];
const maxJobs = 64;

interface ReadSettings {
  /** Absent when a problem is an error. */
  settings?: WorkspaceSettings & { posts: string };
  /** All of them, each with key and line. */
  problems: Diagnostic[];
}

/**
 * Reads the text of kominfo.yaml.
 *
 * @param root absolute folder of the workspace: `posts` may not lead out of it
 */
export function readSettings(text: string, root: string): ReadSettings {
  const yaml = readYaml(text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n"));
  // Front matter forbids a comment after a bare value, because hashtags get lost there; settings may explain themselves.
  const problems = yaml.problems.filter((problem) => problem.code !== "yaml-comment");
  if (hasErrors(problems)) return { problems };
  const values = isGroup(yaml.values) ? yaml.values : {};
  const at = (key: string) => ({ key, line: yaml.lines.get(key) });

  const textOf = (group: Record<string, unknown>, key: string, name = key): string | undefined => {
    const value = group[key];
    if (value === undefined || value === "") return undefined;
    if (typeof value === "string") return value.trim();
    problems.push(error(at(name), "text-expected"));
    return undefined;
  };
  const groupOf = (key: string): Record<string, unknown> => {
    const value = values[key];
    if (value === undefined || value === "") return {};
    if (isGroup(value)) return value;
    problems.push(error(at(key), "group-expected"));
    return {};
  };
  const choice = <T extends string>(
    given: string | undefined,
    key: string,
    choices: readonly T[],
    preset: T,
  ): T => {
    if (given === undefined) return preset;
    const found = choices.find((one) => one === given.toLowerCase());
    if (!found) problems.push(error(at(key), "one-of", { choices, nearest: nearest(given, choices) }));
    return found ?? preset;
  };

  const doubtUnknown = (group: Record<string, unknown>, known: readonly string[], prefix = "") => {
    for (const key of Object.keys(group).filter((one) => !known.includes(one))) {
      problems.push(warning(at(prefix + key), "unknown-key", { nearest: nearest(key, known) }));
    }
  };
  doubtUnknown(values, knownKeys);

  const given = textOf(values, "kecamatan");
  const kecamatan = given === undefined ? undefined : findKecamatan(given);
  if (!values.kecamatan) problems.push(error(at("kecamatan"), "required"));
  else if (given !== undefined && !kecamatan) {
    problems.push(error(at("kecamatan"), "kecamatan-expected", { nearest: nearestKecamatan(given)?.name }));
  }

  const newsroom = groupOf("newsroom");
  // There is one kind of newsroom; kominfo.yaml may still name it.
  choice(textOf(newsroom, "kind", "newsroom.kind"), "newsroom.kind", ["kominfo"], "kominfo");
  const addressOf = (group: Record<string, unknown>, name: string): string | undefined => {
    const url = textOf(group, "url", name);
    return url === undefined ? undefined : originOf(url, (code) => problems.push(error(at(name), code)));
  };
  const origin = addressOf(newsroom, "newsroom.url");
  const site = addressOf(groupOf("web"), "web.url");

  const language = choice(textOf(values, "language"), "language", languages, "id" as Language);
  choice(textOf(values, "timezone"), "timezone", ["asia/jakarta"], "asia/jakarta");
  const dateline = choice(textOf(values, "dateline"), "dateline", ["ya", "tidak", "true", "false"], "ya");
  const photos = groupOf("photos");
  const credit = textOf(photos, "credit", "photos.credit");
  const sizes = mergePresets(photos.presets, yaml.lines);
  const { watermark, problems: doubts } = readWatermarkSettings(photos.watermark, root, yaml.lines);
  problems.push(...sizes.problems, ...doubts);
  doubtUnknown(photos, photoKeys, "photos.");
  const jobs = jobsOf(textOf(photos, "jobs", "photos.jobs"));
  if (Number.isNaN(jobs)) {
    problems.push(error(at("photos.jobs"), "whole-number-expected", { min: 1, max: maxJobs }));
  }

  if (values.hashtags && !Array.isArray(values.hashtags))
    problems.push(error(at("hashtags"), "list-expected"));

  const posts = path.resolve(root, textOf(values, "posts") ?? "posts");
  if (!isInside(root, posts)) problems.push(error(at("posts"), "folder-outside"));

  if (!kecamatan || hasErrors(problems)) return { problems };
  const settings = {
    kecamatan,
    ...(origin ? { newsroom: { origin } } : {}),
    ...(site ? { web: { origin: site } } : {}),
    language,
    ...(credit ? { credit } : {}),
    presets: sizes.presets,
    ...(watermark ? { watermark } : {}),
    ...(jobs ? { jobs } : {}),
    dateline: dateline === "ya" || dateline === "true",
    posts,
  };
  return { settings, problems };
}

function originOf(url: string, add: (code: "address-expected") => void): string | undefined {
  try {
    return checkOrigin(url);
  } catch (error) {
    if (!(error instanceof KominfoError)) throw error;
    add("address-expected");
    return undefined;
  }
}

/** undefined for what kominfo chooses by itself, `auto`; NaN for what is no number of photos. */
function jobsOf(given = "auto"): number | undefined {
  if (given.toLowerCase() === "auto") return undefined;
  const jobs = /^\d{1,2}$/.test(given) ? Number(given) : Number.NaN;
  return jobs >= 1 && jobs <= maxJobs ? jobs : Number.NaN;
}

/** The text of a new kominfo.yaml, with a comment at each key for whoever opens it. */
export function newSettings(
  kecamatan: { code: string; name: string; slug: string },
  newsroom?: string,
): string {
  const tag = kecamatan.name.replace(/\s+/g, "");
  return `# Ruang kerja kominfo. Berkas ini tidak memuat sandi, jadi boleh dibagikan.
kecamatan: "${kecamatan.code}" # Kecamatan ${kecamatan.name}
${newsroom ? "" : "# "}newsroom: { kind: kominfo, url: "${newsroom ?? "https://newsroom.example.go.id"}" }
# web: { url: "https://kecamatan.example.go.id" } # situs WordPress kecamatan
language: "id" # id atau en
timezone: Asia/Jakarta
photos:
  credit: "Foto: Kecamatan ${kecamatan.name}" # kredit bila sebuah foto tidak punya yang lain
hashtags: ["KabupatenBekasi", "${tag}"]
posts: posts # folder naskah
dateline: ya # "tidak" bila situs menambahkan "${kecamatan.name.toUpperCase()} –" sendiri
`;
}
