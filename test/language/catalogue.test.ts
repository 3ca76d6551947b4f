import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/errors/diagnostics.js";
import { photoRefusals, publicationRefusals } from "../../src/errors/newsroom.js";
import { error } from "../../src/files/diagnostic.js";
import { help as englishHelp } from "../../src/language/en/help.js";
import { help as indonesianHelp } from "../../src/language/id/help.js";
import { loadMessages } from "../../src/language/index.js";
import { languages } from "../../src/text/language.js";

const diagnostics: Diagnostic[] = [
  error({ key: "foto.0.alt", line: 12 }, "required"),
  error({}, "one-of", { choices: ["a"] }),
];

/** A plausible value for every parameter of a sentence. */
const facts = {
  ...{ setting: "Kredit foto", value: "Foto: Kecamatan Setu", credit: "Foto: Humas" },
  ...{ account: "cibitung", accounts: ["cibitung", "pribadi"], action: "create", address: "redaksi" },
  ...{ tags: ["Babelan"], was: "2026-a", inWorkspace: true },
  ...{ origins: ["https://a.example.go.id"], newsrooms: ["https://a.example.go.id"] },
  open: [
    { n: 1, name: "a.jpg" },
    { n: 2, name: "b.jpg" },
  ],
  known: [{ root: "/home/siti/berita", again: "kominfo -C /home/siti/berita post list" }],
  ...{ start: "09.00", year: "1990", tag: "<b>", boxes: 2, box: "10,10,50,50" },
  ...{ usd: "US$0.015", withLink: "US$0.200", card: "naskah-whatsapp.jpg" },
  ...{
    amount: "12 GB",
    ...{ shortest: "1m", longest: "7d", ids: ["1", "2"] },
    ...{ here: "2026-12-01T01:00:00.000Z", there: "2026-12-01T09:00:00.000Z" },
    ...{ now: "1 Desember 2026 05.00 WIB", example: "2 Desember 2026 07.00 WIB" },
    ask: "Kutipan",
    requested: "https://a.example.go.id",
    bytes: 1e8,
    choices: ["id", "en"],
  },
  ...{ chosen: 2, left: 3, kept: "/home/siti/berita/lama.md", agreed: true, waiting: ["rapat", "2026-a"] },
  ...{ command: "kominfo post", count: 3, cursor: "abc", detail: "unknown", details: ["Alt kosong."] },
  during: "submit",
  ...{ encoding: "UTF-16", failed: 1, file: "foto/a.jpg", files: 4, flag: "--jobs", flags: ["--a", "--b"] },
  ...{
    folder: "/home/siti/hasil",
    format: "HEIC",
    found: "gif",
    given: "Cibitnug",
    height: 9000,
    host: "laptop",
    site: "cibitung.example.go.id",
  },
  ...{
    clientId: "abc",
    commands: ["kominfo post new"],
    days: 7,
    field: "token",
    fields: ["page_id", "token"],
    id: "123",
  },
  ...{
    handover: false,
    redirect: "http://127.0.0.1:1",
    source: "https://e.example",
    url: "https://f.example",
  },
  ...{ clock: "2026-12-01T01:00:00.000Z", proxy: "http://proxy.example.go.id:8080", elsewhere: true },
  ...{ sections: ["http", "vault"], variable: "KOMINFO_PASSPHRASE_FILE", words: "satu-dua" },
  ...{
    link: "/a/posts/2026-a/foto",
    leadsTo: "/home/siti/pribadi",
    mark: "judul_dari_redaksi",
    mode: "700",
    length: 300,
    limit: 1e8,
    max: 250,
    megapixels: 100,
    mended: '"nilai"',
    impossible: "31/11/2026",
    minimum: 12,
  },
  ...{ minutes: 7, missing: ["KOMINFO_WEB_USER"], n: 1, name: "berita", names: ["berita"], near: ["2026-a"] },
  ...{
    nearest: "Cibitung",
    current: "https://b.example.go.id",
    origin: "https://a.example.go.id",
    path: "/a/b.jpg",
  },
  ...{
    photos: 2,
    pid: 4711,
    port: 4600,
    possible: ["claim"],
    post: "2026-a",
    present: 1,
    problem: "required",
    sha256: "9f86d081",
    submissions: 2,
    table: "submissions",
    what: "submissions",
    kind: "key",
    unit: "entries",
  },
  ...{ transfer: "pq", method: "LZMA" },
  ...{
    problems: diagnostics,
    program: "pass",
    reason: "ENOENT",
    request: "0199",
    revision: 2,
    role: "editor",
  },
  ...{
    people: [{ id: "0198", role: "operator", kecamatan: "32.16.07", created_at: "2026-11-17T03:05:00Z" }],
  },
  ...{ doing: "write", place: '-C "/home/siti/berita" ' },
  ...{
    root: "/home/siti/berita",
    seconds: 30,
    next: 3,
    of: 8,
    service: "newsroom",
    set: ["KOMINFO_WEB_USER"],
    skipped: 1,
  },
  ...{
    slug: "2026-a",
    slugs: ["2026-a", "2026-b"],
    state: "draft",
    status: 502,
    stored: ["https://c.example"],
  },
  ...{ links: ["https://c.example/a.jpg"], pages: ["https://c.example/b/"], isKept: true, isServed: true },
  ...{ why: "akunnya ditolak", page: "https://c.example/submissions/0199" },
  ...{
    submission: "0199",
    text: "[isi]",
    title: "Berita kegiatan",
    to: "https://d.example",
    toMake: 1,
    total: 2,
  },
  ...{ type: "text/html", uploaded: 1, url: "http://127.0.0.1:1", value: "x", variable: "KOMINFO_X" },
  ...{ variables: ["KOMINFO_X"], version: "1.0.0", wait: "30", wanted: "musren", when: "besok", who: "Siti" },
  ...{
    presets: ["web"],
    preset: "web",
    min: 1,
    exposed: 2,
    located: 1,
    unread: 1,
    numbers: "6.26250, 107.09030",
    perSecond: "7,7",
    frames: 3,
    height: 900,
    quality: 60,
    size: "2 KB",
  },
  ...{ from: "23 November 2026", day: "2026-11-23" },
  ...{ columns: ["nama"], done: 2, event: "HUT RI", free: 1e6, make: 1, needed: 5e7, ready: 1, sent: "1 MB" },
  ...{ time: "01:35", where: "album", author: "Budi", here: 1, line: 12 },
  ...{ link: "https://g.example/berita", number: 47, year: 2026 },
  ...{ refusedPhoto: { reason: "photo-too-large", megapixels: 50, progressive: 16 } },
  ...{ refusal: "late" },
  ...{
    label: "X @kec.setu",
    labels: ["X @kec.setu"],
    kecamatan: "Setu",
    owner: "Setu",
    by: "Siti",
    since: "2026-11-30T00:00:00Z",
  },
  ...{ channel: "Facebook", account: "@kec.cibitung", category: "Berita", cost: "0.035", used: 3 },
  ...{ by: "Ibu Ratna", date: "2026-11-22", scope: "laman kecamatan" },
  ...{ checks: ["anak.foto (foto.1)"], key: "anak: ada-tak-dikenali" },
  ...{ entries: 4, seq: 3, hash: "9f86d081" },
  ...{ credit: "Foto: Siti Aminah", domain: "bekasikab.go.id", percent: 43, photo: "IMG_0001.jpg" },
  ...{ lacks: "upload_files" },
  ...{
    newest: "v27.0",
    channel: "web",
    channels: ["web", "x"],
    category: "Kegiatan",
    code: "100",
    cost: "0.035",
    max: "0.010",
    used: 3,
  },
  // Bytes, lists of captions, front matter.
  ...{ fault: "binary", line: 2, expected: 2, at: [2, 5], photo: "IMG_1.jpg" },
  ...{ unmatched: [{ name: "IMG_9.jpg", line: 3, nearest: "IMG_8.jpg" }] },
  ...{ repeated: [{ name: "IMG_9.jpg", as: "IMG_8.jpg" }] },
  ...{ width: 12000, workspace: "Setu", written: 2, instead: "kominfo post show" },
};

/** Other values of the same parameters: without the optional ones, and with other kinds. */
const optional = [
  "clock",
  "elsewhere",
  "mended",
  "refusedPhoto",
  "request",
  "revision",
  "wait",
  "near",
  "nearest",
] as const;
const bare = {
  ...facts,
  ...Object.fromEntries(optional.map((name) => [name, undefined])),
  near: [],
  known: [],
  inWorkspace: false,
  isWhole: false,
};
const outside = { ...bare, origins: [], open: [{ n: 1, name: "a.jpg" }] };
const states = ["submitted", "in_review", "returned", "approved", "rejected", "withdrawn", "merged"];
const steps = ["withdraw", "ask_withdrawal", "ask_unpublish", "resubmit", "correct", "claim", "reassign"];
const editorSteps = ["release", "return", "approve", "reject", "reopen", "revoke", "merge", "unpublish"];
/** Of OpenSSL and Node, one for each sentence on a certificate. */
const certificateReasons = [
  "CERT_NOT_YET_VALID",
  "CERT_HAS_EXPIRED",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "CERT_REVOKED",
];
const situations: object[] = [
  facts,
  { ...facts, format: "AVIF", found: "empty", problem: "unknown", action: "revise", failed: 0, skipped: 0 },
  { ...facts, found: "something new", problem: "unwanted", action: "nothing", possible: [], minutes: -7 },
  ...certificateReasons.map((reason) => ({ ...facts, reason })),
  ...photoRefusals.map((reason) => ({
    ...facts,
    refusedPhoto: { reason, megapixels: 50, progressive: 16 },
  })),
  ...publicationRefusals.map((refusal) => ({ ...facts, refusal })),
  ...states.map((state) => ({ ...facts, state, possible: steps })),
  { ...facts, state: "in_review", possible: editorSteps, editor: "Budi" },
  bare,
  outside,
];
const causes = ["data-pribadi", "anak", "keliru", "akun-diretas"];
/** Parameters that a sentence always has, or of another type than elsewhere. */
const fixed: Record<string, object> = {
  "photo-none-found": {
    folders: ["/a/DCIM/100CANON"],
    kinds: [{ kind: "BMP", count: 1 }],
    videos: 1,
    command: "kominfo photo inspect DCIM --recursive",
  },
  watchSent: { status: "uploaded" },
  head: { files: 2, folders: 1 },
  askFolders: { folders: 2 },
  pictures: { kinds: ["1 BMP"], paths: ["/a/b.bmp"] },
  others: { kinds: ["1 PDF"], paths: ["/a/b.pdf"] },
  folders: { paths: ["/a/sub"] },
  foldersApart: { paths: ["/a/sub"] },
  unreadable: { paths: ["/a/sub"] },
  archives: { paths: ["/a/b.zip"] },
  blurred: { paths: ["/a/b.jpg"] },
  unfinished: { paths: ["/a/b.part"] },
  misnamed: { paths: ["/a/b.pjpeg"] },
  "photo-preset-unknown": { nearest: "web" },
  nothingNew: { revision: 2 },
  newerRevision: { revision: 2 },
  pulled: { revision: 2 },
  wouldPull: { revision: 2 },
  nothingToPull: { revision: 2 },
  pulledToChoose: { revision: 2 },
  takenOutRevision: { revision: 2 },
  allChosen: { revision: 2 },
  rebuilt: { revision: 2 },
  wouldRebuild: { revision: 2 },
  submitted: { revision: 2 },
  changedSince: { revision: 2 },
  changedHere: { revision: 2 },
  sentBefore: { revision: 2 },
  sent: { revision: 2 },
  unchanged: { revision: 2 },
  hasFocus: { focus: "0.5,0.2" },
  now: { revision: 2 },
  askRevision: { revision: 2 },
  approvedBy: { revision: 2 },
  olderRevision: { revision: 2 },
  stale: { revision: 2 },
  staleEdit: { revision: 2 },
  waits: { wait: "3 jam" },
  held: { until: "10.20" },
  again: { until: "10.20" },
  "revision-not-there": { revision: 9, newest: 2 },
  "publication-held": { until: "2026-11-24T09:00:00.000Z" },
  "under-embargo": { until: "2026-11-24T09:00:00.000Z" },
  "schedule-too-early": { soonest: "2026-11-24T09:00:00.000Z" },
  "channel-rejects": { code: "100" },
  "publish-unfit": { others: ["web", "x"] },
  "several-accounts": { flag: "--account x=" },
  "photo-needed": { actual: 200 },
  "photo-too-small": { actual: 200 },
  leftOut: { names: ["IMG_11.jpg", "IMG_12.jpg"] },
  "unknown-command": { elsewhere: ["post list", "review list"] },
  "no-channel-account": { channels: ["facebook", "x"] },
  "nothing-published": { channels: ["Web", "X"] },
  "bad-take-down-reason": { value: "malas", causes },
  ask: { channels: 2 },
  askSchedule: { channels: 2 },
  notHere: { channels: ["Facebook", "X"] },
  "channel-differs": { actual: "web", given: "x" },
  "channel-not-approved": { channel: "x", approved: ["web", "facebook"] },
  "captions-row": { problem: "more-cells" },
  "yaml-quote": { mended: '"nilai"' },
  "yaml-hard-space": { mended: "nilai" },
  "yaml-space": { mended: "nilai" },
  "yaml-list": { mended: "nilai" },
  "yaml-comment": { mended: '"nilai"' },
  "yaml-placeholder": { mended: '"nilai"' },
  "yaml-colon": { mended: "nilai" },
  "yaml-typed-quotes": { mended: '"nilai"' },
  "weekday-differs": { written: "sabtu", weekday: "Jumat", date: "20 November 2026" },
};
/** These take a single value, not an object. */
const single: Record<string, unknown> = {
  chooseFrom: "web",
  use: "ucapan",
  revision: 2,
  diagnosticLine: diagnostics[0],
  recorded: "Web · terbit",
  keyName: "foto.0.takarir",
};

type Rendered = { place: string; text: string };

/** Every text of a catalogue, in every situation. */
function everythingIn(part: unknown, place = "", name = ""): Rendered[] {
  if (typeof part === "string") return [{ place, text: part }];
  if (typeof part === "function") {
    const inputs =
      /\.nextSteps\./.test(place) || name in single
        ? [single[name] ?? "2026-a"]
        : situations.map((facts) => ({ ...facts, ...fixed[name] }));
    return inputs.flatMap((input) => everythingIn(part(input), `${place}()`));
  }
  return Object.entries(part as object).flatMap(([key, value]) =>
    everythingIn(value, place === "" ? key : `${place}.${key}`, key),
  );
}

/** Names and forms: what is a sentence, a list of them, or made of facts. */
function shapeOf(part: unknown): unknown {
  if (typeof part !== "object" || part === null) return typeof part;
  if (Array.isArray(part)) return part.map(shapeOf);
  return Object.fromEntries(
    Object.entries(part)
      .sort()
      .map(([key, value]) => [key, shapeOf(value)]),
  );
}

const indonesian = await loadMessages("id");
const english = await loadMessages("en");

describe("the two languages", () => {
  it("say the same things", () => {
    expect(shapeOf(english)).toEqual(shapeOf(indonesian));
  });

  it("explain the same commands and flags, with as many examples", () => {
    // Titles are commander's own in English, and placeholders those of the tree.
    const own = { titles: {}, placeholders: {} };
    expect(shapeOf({ ...englishHelp, ...own })).toEqual(shapeOf({ ...indonesianHelp, ...own }));
  });

  it("need the same facts: with the same facts they say as much", () => {
    const places = (messages: unknown) => everythingIn(messages).map(({ place }) => place);
    expect(places(english)).toEqual(places(indonesian));
  });

  it("differ in every whole sentence", () => {
    const other = new Map(everythingIn(english).map(({ place, text }) => [place, text]));
    const same = everythingIn(indonesian).filter(
      ({ place, text }) => / \w+ \w+ .*\.$/.test(text) && text === other.get(place),
    );
    expect(same).toEqual([]);
  });
});

describe.each(languages)("in %s", (language) => {
  const messages = language === "en" ? english : indonesian;
  const texts = everythingIn(messages);

  it("every message is text, whole and without a gap", () => {
    const broken = texts.filter(
      ({ text }) =>
        text.trim() === "" ||
        text !== text.trim() ||
        /undefined|null|NaN|\[object|=>|\$\{|\(\)| {2}|,\s*[,.)]|\s[;:,?]|\s\.$/.test(text),
    );
    expect(broken).toEqual([]);
    expect(texts.length).toBeGreaterThan(500);
  });

  it("an error is one sentence, then hints that are commands or steps", () => {
    const errors = Object.entries(messages.errors).flatMap(([code, sentence]) =>
      situations.map((facts) => {
        const [message, ...hints] = (sentence as (facts: object) => readonly string[])({
          ...facts,
          ...fixed[code],
        });
        return { code, message, hints };
      }),
    );
    // What a server calls its refusal is handed on as it is.
    const own = errors.filter(({ code }) => code !== "newsroom-refused");
    expect(own.filter(({ message }) => !/[.?]$/.test(message ?? ""))).toEqual([]);
    expect(errors.filter(({ hints }) => hints.some((hint) => /:$/.test(hint)))).toEqual([]);
  });

  it("what is wrong with a key continues its line: no capital, no full stop", () => {
    const lines = everythingIn(messages.diagnostics).map(({ text }) => text);
    expect(lines.filter((line) => /^[A-Z]/.test(line) || /\.$/.test(line))).toEqual([]);
  });

  it("a problem is shown with its line and key", () => {
    const [first] = diagnostics;
    expect(messages.diagnosticLine(first!)).toMatch(
      /^(baris 12, Foto 1: gambaran isi|line 12, Photo 1: what it shows) \(alt\): \w/,
    );
    expect(messages.diagnosticLine(error({}, "required"))).toBe(messages.diagnostics.required());
  });
});

describe("messages that no code uses", () => {
  const src = path.resolve(import.meta.dirname, "../../src");
  const code = readdirSync(src, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(ts|liquid)$/.test(file) && !file.startsWith("language"))
    .map((file) => readFileSync(path.join(src, file), "utf8"))
    .join("\n");

  it.each(["errors", "diagnostics"] as const)("are not among the %s", (room) => {
    expect(Object.keys(indonesian[room]).filter((key) => !code.includes(`"${key}"`))).toEqual([]);
  });

  it("are not among the others", () => {
    const { errors: _, diagnostics: __, diagnosticLine: ___, ...rooms } = indonesian;
    const unused = Object.entries(rooms).flatMap(([room, messages]) =>
      Object.keys(messages)
        .filter((key) => !new RegExp(`\\.${key}\\b|\\{[^}]*\\b${key}\\b[^}]*\\} = `).test(code))
        .map((key) => `${room}.${key}`),
    );
    expect(unused).toEqual([]);
  });
});
