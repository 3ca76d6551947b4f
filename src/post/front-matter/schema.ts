import type { z } from "zod";
import { type TextChannel, textChannels } from "../../channels/registry.js";
import type { Diagnostic } from "../../errors/diagnostics.js";
import { error } from "../../files/diagnostic.js";
import { isGroup } from "../../files/group.js";
import { isPhotoPath } from "../bundle.js";
import type { Post, PostPhoto } from "../types.js";
import { choiceWords, consentKeys, photoKeys, postKeys } from "./keys.js";
import {
  box,
  day,
  fail,
  group,
  instant,
  issues,
  type Lines,
  line,
  lineOf,
  list,
  longText,
  oneLine,
  oneOf,
  point,
  present,
  stored,
  unknownKeys,
  written,
  yesNo,
} from "./shapes.js";

const kind = written((text, context) =>
  /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text.trim()) && text.trim().length <= 40
    ? text.trim()
    : fail(context, "kind-expected"),
);
const photoFile = written((text, context) => {
  const file = text.replaceAll("\\", "/");
  return isPhotoPath(file) ? file : fail(context, "photo-path");
});

const photo = group({
  berkas: photoFile,
  takarir: longText,
  alt: line,
  kredit: line,
  sumber_foto: oneOf(choiceWords.source),
  anak: oneOf(choiceWords.children),
  izin: group({ dari: line, tanggal: day, untuk: line } satisfies Record<
    keyof typeof consentKeys,
    z.ZodType
  >),
  utama: yesNo,
  fokus: point,
  samar: list(box),
} satisfies Record<keyof typeof photoKeys, z.ZodType>);

/** Lines of a block are words of a list to a person: a comma keeps them apart, and `checkPost` shows how it is written. */
const tag = written((text) => oneLine(text.trim().replace(/\s*\n\s*/g, ", ")) || undefined);

const frontMatter = group({
  judul: line,
  jenis: kind,
  lokasi: line,
  desa_kelurahan: line,
  tanggal: day,
  kategori: line,
  prioritas: oneOf(choiceWords.priority),
  dibutuhkan_sebelum: instant,
  embargo: instant,
  ringkasan: line,
  ralat: line,
  tag: list(tag),
  teks_kanal: group(
    Object.fromEntries(textChannels.map((name) => [name, longText])) as Record<TextChannel, typeof longText>,
  ),
  foto: list(photo),
  isian: stored,
  internal: stored,
} satisfies Record<keyof typeof postKeys, z.ZodType>);

/**
 * Converts the text values of front matter to a post.
 *
 * @returns all problems, and the post unless one of them is an error
 */
export function toPost(values: unknown, lines: Lines): { post?: Post; problems: Diagnostic[] } {
  if (!isGroup(values)) return { problems: [error({}, "group-expected")] };
  const read = frontMatter.safeParse(values);
  const found = [...(read.success ? [] : issues(read.error, lines)), ...unknownPostKeys(values, lines)];
  const required = (["judul", "jenis"] as const).filter(
    (key) => values[key] === undefined || values[key] === "",
  );
  const photos = Array.isArray(values.foto) ? values.foto : [];
  const withoutFile = photos.flatMap((photo, index) =>
    isGroup(photo) && !photo.berkas ? [`foto.${index}.berkas`] : [],
  );
  for (const key of [...required, ...withoutFile])
    found.push(error({ key, line: lineOf(key, lines) }, "required"));
  if (!read.success || required.length + withoutFile.length > 0) return { problems: found };
  return { post: postOf(read.data), problems: found };
}

/** Converts one photo of an answers file. Ignores `berkas`: its path may lie outside the bundle. */
export function toPhoto(
  values: Record<string, unknown>,
  key: string,
  lines: Lines,
): { photo?: Omit<PostPhoto, "file">; problems: Diagnostic[] } {
  const read = photo.safeParse({ ...values, berkas: undefined });
  const found = [
    ...(read.success ? [] : issues(read.error, lines, key)),
    ...unknownPhotoKeys(values, key, lines, "error"),
  ];
  if (!read.success) return { problems: found };
  const { file: _, ...rest } = photoOf(read.data);
  return { photo: rest, problems: found };
}

function postOf(read: z.output<typeof frontMatter>): Post {
  const { judul, jenis, kategori, prioritas, tag, teks_kanal, foto, isian, internal } = read;
  return {
    kind: jenis ?? "",
    title: judul ?? "",
    category: kategori?.toLowerCase() ?? "",
    priority: prioritas ?? "normal",
    ...present({
      place: read.lokasi,
      village: read.desa_kelurahan,
      event_date: read.tanggal,
      needed_by: read.dibutuhkan_sebelum,
      embargo: read.embargo,
      summary: read.ringkasan,
      correction_note: read.ralat,
    }),
    tags: tag.filter((word) => word !== undefined),
    channel_texts: present(teks_kanal),
    photos: foto.map(photoOf),
    answers: isian,
    internal,
  };
}

function photoOf(read: z.output<typeof photo>): PostPhoto {
  const { dari, tanggal, untuk } = read.izin;
  const boxes = read.samar.filter((text) => text !== undefined);
  const consent = present({ by: dari, date: tanggal, scope: untuk });
  return {
    file: read.berkas ?? "",
    ...present({ caption: read.takarir, alt: read.alt, credit: read.kredit, focus: read.fokus }),
    source: read.sumber_foto ?? "own",
    children: read.anak ?? "unchecked",
    ...(Object.keys(consent).length > 0 ? { consent } : {}),
    lead: read.utama ?? false,
    ...(boxes.length > 0 ? { blur: boxes } : {}),
  };
}

function unknownPostKeys(values: Record<string, unknown>, lines: Lines): Diagnostic[] {
  const photos = Array.isArray(values.foto) ? values.foto : [];
  return [
    ...unknownKeys(values, "", Object.keys(postKeys), lines, "warning"),
    ...unknownKeys(values.teks_kanal, "teks_kanal", textChannels, lines, "warning"),
    ...photos.flatMap((photo, index) => unknownPhotoKeys(photo, `foto.${index}`, lines, "warning")),
  ];
}

function unknownPhotoKeys(
  photo: unknown,
  key: string,
  lines: Lines,
  severity: Diagnostic["severity"],
): Diagnostic[] {
  return [
    ...unknownKeys(photo, key, Object.keys(photoKeys), lines, severity),
    ...unknownKeys(isGroup(photo) && photo.izin, `${key}.izin`, Object.keys(consentKeys), lines, severity),
  ];
}
