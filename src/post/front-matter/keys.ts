import type { Post, PostPhoto } from "../types.js";

/** The one mapping between the Indonesian front matter that operators edit and the English names of the code. */
export const postKeys = {
  judul: "title",
  jenis: "kind",
  lokasi: "place",
  desa_kelurahan: "village",
  tanggal: "event_date",
  kategori: "category",
  prioritas: "priority",
  dibutuhkan_sebelum: "needed_by",
  embargo: "embargo",
  ringkasan: "summary",
  ralat: "correction_note",
  tag: "tags",
  teks_kanal: "channel_texts",
  foto: "photos",
  isian: "answers",
  internal: "internal",
} as const satisfies Record<string, keyof Post>;

export const photoKeys = {
  berkas: "file",
  takarir: "caption",
  alt: "alt",
  kredit: "credit",
  sumber_foto: "source",
  anak: "children",
  izin: "consent",
  utama: "lead",
  fokus: "focus",
  samar: "blur",
} as const satisfies Record<string, keyof PostPhoto>;

/** Who consented that a child is shown, when, and for what. */
export const consentKeys = {
  dari: "by",
  tanggal: "date",
  untuk: "scope",
} as const satisfies Record<string, keyof NonNullable<PostPhoto["consent"]>>;

/** Fields with fixed choices: the Indonesian word in the file and the English value in the code. */
export const choiceWords = {
  priority: { biasa: "normal", mendesak: "urgent" },
  source: { sendiri: "own", warga: "citizen", "instansi-lain": "agency" },
  children: {
    "belum-diperiksa": "unchecked",
    "tidak-ada": "none",
    "ada-berizin": "consented",
    "ada-disamarkan": "masked",
    "ada-tak-dikenali": "unrecognisable",
  },
} as const;

const yes = new Set(["ya", "y", "true"]);
const no = new Set(["tidak", "t", "false"]);

/** Parses `ya`, `y`, `true`, `tidak`, `t` and `false`. Returns undefined for any other text. */
export function readYesNo(written: string): boolean | undefined {
  const word = written.trim().toLowerCase();
  return yes.has(word) ? true : no.has(word) ? false : undefined;
}

export function writeYesNo(value: boolean): "ya" | "tidak" {
  return value ? "ya" : "tidak";
}

/** The Indonesian word for a value, e.g. "mendesak" for "urgent". */
function wordFor(kind: keyof typeof choiceWords, value: string): string {
  return Object.entries(choiceWords[kind]).find(([, meaning]) => meaning === value)?.[0] ?? value;
}

/** A value as front matter holds it: text, lists and groups of text. */
export type Written = string | Written[] | { [key: string]: Written };

/** Returns a photo as `foto:` lists it. Absent values are not written. */
export function writePhoto(photo: PostPhoto): { [key: string]: Written } {
  const written: { [key: string]: Written } = {};
  for (const [key, name] of Object.entries(photoKeys)) {
    const value = photo[name];
    if (value === undefined) continue;
    if (typeof value === "boolean") {
      // An absent key also means "no".
      if (value) written[key] = writeYesNo(value);
    } else if (Array.isArray(value)) {
      if (value.length > 0) written[key] = [...value];
    } else if (typeof value === "object") written[key] = writeConsent(value);
    else if (name === "source" || name === "children") written[key] = wordFor(name, value);
    else written[key] = value;
  }
  return written;
}

function writeConsent(consent: NonNullable<PostPhoto["consent"]>): { [key: string]: string } {
  return withoutUndefined(
    Object.fromEntries(Object.entries(consentKeys).map(([key, name]) => [key, consent[name]])),
  );
}

/** Returns parts of a post as front matter writes them. null (remove) passes through, and absent fields stay absent. */
export function writePost(post: { [K in keyof Post]?: Post[K] | null }): { [key: string]: Written | null } {
  const written: { [key: string]: Written | null } = {};
  for (const [key, name] of Object.entries(postKeys)) {
    const value = post[name];
    if (value === undefined) continue;
    if (value === null) written[key] = null;
    else if (name === "photos") written[key] = (value as PostPhoto[]).map(writePhoto);
    else if (name === "priority") written[key] = wordFor("priority", value as string);
    else if (name === "channel_texts") written[key] = withoutUndefined(value as Post["channel_texts"]);
    else written[key] = value as Written;
  }
  return written;
}

function withoutUndefined(group: { [key: string]: string | undefined }): { [key: string]: string } {
  return Object.fromEntries(
    Object.entries(group).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** Suffix of a key for the newsroom's value, which `post/merge` writes beside the operator's when both sides changed it. */
export const conflictSuffix = "_dari_redaksi";

/** Whether a key ends with `conflictSuffix`. */
export function isFromNewsroom(key: string): boolean {
  return key.endsWith(conflictSuffix);
}
