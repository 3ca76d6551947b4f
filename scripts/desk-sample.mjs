// A newsroom in the middle of its work, to look at: people, submissions in every state, photos, remarks, a week behind it.
import { createHash, randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { renderChannels } from "../dist/channels/render.js";
import { diskBlobs } from "../dist/newsroom/blobs/disk.js";
import { folderOwner } from "../dist/newsroom/services/caller.js";
import { addUser } from "../dist/newsroom/services/people/accounts.js";
import { addPublication } from "../dist/newsroom/services/publishing/add-publication.js";
import { addComment } from "../dist/newsroom/services/submissions/comments.js";
import { prepare, Unprepared } from "../dist/newsroom/services/submissions/renderings.js";
import { createSubmission, reviseSubmission } from "../dist/newsroom/services/submissions/revise.js";
import { applyStep } from "../dist/newsroom/services/submissions/steps.js";
import { openStore } from "../dist/newsroom/store/database/open.js";
import { recordPhoto } from "../dist/newsroom/store/photos/photos.js";
import { samplePhoto } from "./sample-photo.mjs";

/** When it is at the sample's desk. */
export const sampleNow = new Date("2026-11-24T03:40:00.000Z");
const hour = 3600_000;
const ago = (hours) => new Date(sampleNow.getTime() - hours * hour);
const kecamatan = {
  Cibitung: "32.16.07",
  Setu: "32.16.18",
  Babelan: "32.16.02",
  Cibarusah: "32.16.22",
  "Tambun Selatan": "32.16.06",
};

/**
 * Fills an empty folder.
 * @param {string} folder
 * @param {(n: number) => Promise<Buffer>} [picture] JPEGs of 1280 by 853
 * @returns {Promise<{ admin: string, editor: string, submission: string, people: Record<string, { id: string, token: string }>, photos: object[] }>}
 *   ids: of the admin, of an editor, of the submission that has most to show; photos that Siti, Dewi and Ujang may use
 */
export async function fillNewsroom(
  folder,
  picture = (n) => samplePhoto({ width: 1280, height: 853, seed: n }),
) {
  const store = await openStore(folder, ago(24 * 30));
  const work = (task) => store.transaction().execute(task);
  const people = {};
  const join = async (name, role, place) => {
    const wanted = { name, role, token: true, ...(place ? { kecamatan: kecamatan[place] } : {}) };
    const { user, token } = await work((transaction) =>
      addUser(transaction, folderOwner, wanted, ago(24 * 20)),
    );
    people[name] = { ...user, token, origin: folderOwner.origin };
    return people[name];
  };
  const admin = await join("Rina Kusuma", "admin");
  const editor = await join("Budi Santoso", "editor");
  const colleague = await join("Sari Wulandari", "editor");
  const siti = await join("Siti Aminah", "operator", "Cibitung");
  const agus = await join("Agus Firmansyah", "operator", "Setu");
  const dewi = await join("Dewi Lestari", "operator", "Babelan");
  const ujang = await join("Ujang Suryana", "operator", "Cibarusah");
  const maya = await join("Maya Anggraini", "operator", "Tambun Selatan");

  const photos = await storePhotos(store, folder, [siti, dewi, ujang], picture, 3);
  const send = (who, changes, hours) =>
    work((transaction) => createSubmission(transaction, who, { content: post(changes) }, ago(hours)));
  const step = async (who, id, to, hours, more = {}, revision = 1) => {
    const apply = (prepared) =>
      work((transaction) =>
        applyStep(transaction, who, id, { to, ...more }, `"r${revision}"`, ago(hours), prepared),
      );
    try {
      return await apply();
    } catch (error) {
      if (!(error instanceof Unprepared)) throw error;
      return apply(await prepare(error, renderChannels));
    }
  };
  const say = (who, id, body, hours, anchor) =>
    work((transaction) =>
      addComment(transaction, who, id, { body, ...(anchor ? { anchor } : {}) }, ago(hours)),
    );
  const revise = (who, id, changes, revision, hours, message, submit = false) =>
    work((transaction) =>
      reviseSubmission(
        transaction,
        who,
        id,
        { content: post(changes), message, submit },
        `"r${revision}"`,
        ago(hours),
      ),
    );
  const approval = {
    destinations: ["kecamatan", "kabupaten"],
    channels: ["web", "facebook", "instagram"],
    ...{ overrides: [], photos: [] },
  };

  // Decided last week and before.
  const older = [
    [agus, "Karang Taruna Setu Gelar Bersih Kali Cikarang", "berita-kegiatan", 150, "approved"],
    [dewi, "Jadwal Pelayanan KTP Keliling di Desa Buni Bakti", "layanan-publik", 140, "approved"],
    [ujang, "Selamat Hari Guru Nasional", "ucapan", 130, "rejected"],
    [maya, "Peningkatan Jalan Lingkungan RW 12 Selesai Dikerjakan", "pembangunan", 120, "approved"],
    [siti, "Posyandu Balita Digelar di Desa Wanajaya", "berita-kegiatan", 60, "approved"],
    [agus, "Senam Sehat Lansia Setiap Jumat Pagi", "agenda", 50, "approved"],
  ];
  for (const [who, title, kind, hours, state] of older) {
    const id = await send(who, { title, kind }, hours);
    await step(editor, id, "in_review", hours - 3);
    const more = state === "approved" ? { approval } : { reason: "Sudah dimuat di situs kabupaten." };
    await step(editor, id, state, hours - 5, more);
    if (state !== "approved") continue;
    const told = {
      channel: "web",
      account: "",
      state: "published",
      url: `https://bekasikab.go.id/berita/${id.slice(-6)}`,
    };
    await work((transaction) => addPublication(transaction, editor, id, told, ago(hours - 6)));
  }

  // What waits, in the order in which it came: the queue follows it.
  await send(
    dewi,
    {
      title: "Tata Cara Pendaftaran Bantuan Benih Padi bagi Kelompok Tani",
      kind: "pengumuman",
      category: "pertanian",
    },
    78,
  );
  const returned = await send(
    ujang,
    { title: "Gotong Royong Perbaikan Jembatan Gantung", kind: "berita-kegiatan" },
    52,
  );
  await step(colleague, returned, "in_review", 50);
  await step(colleague, returned, "returned", 49, {
    reason: "Tolong lengkapi nama jembatan, nama narasumber, dan tanggal kegiatannya.",
  });
  await send(
    dewi,
    {
      title: "Warga Babelan Panen Raya Jagung di Lahan Tidur",
      kind: "berita-kegiatan",
      category: "pertanian",
      photos: photos.slice(0, 2),
    },
    30,
  );

  // The one that has most to show: returned once, mended, under review, and one of its photos was not looked at.
  const asked = photos.map((photo, n) => (n === 2 ? { ...photo, children: "unchecked" } : photo));
  const first = { ...musrenbang, photos: asked, body: firstBody };
  const submission = await send(siti, first, 27);
  await step(editor, submission, "in_review", 26);
  await say(editor, submission, "Siapa yang menyebut angka 40 usulan ini? Sebutkan jabatannya.", 25.5, {
    paragraph: 2,
  });
  await say(editor, submission, "Keterangan foto belum menyebut siapa yang memegang mikrofon.", 25.4, {
    photo: photos[0].sha256,
  });
  await step(editor, submission, "returned", 25, {
    reason: "Lengkapi jabatan narasumber dan keterangan foto pertama.",
  });
  const caption = "Camat Cibitung membuka Musrenbang di aula kantor kecamatan, Selasa (17/11/2026).";
  const mended = { ...first, body: secondBody, photos: [{ ...photos[0], caption }, ...asked.slice(1)] };
  await revise(
    siti,
    submission,
    mended,
    1,
    4,
    "Jabatan narasumber dan keterangan foto sudah dilengkapi.",
    true,
  );
  await step(editor, submission, "in_review", 3, {}, 2);
  await say(siti, submission, "Terima kasih, Pak Budi. Angkanya dari Kasi Ekbang, sudah saya tulis.", 2.8);

  await send(
    agus,
    {
      title: "Camat Setu Lantik Pengurus Tim Penggerak PKK Masa Bakti 2026–2031",
      kind: "berita-kegiatan",
      category: "pemerintahan",
      embargo: "2026-11-24T16:00:00+07:00",
    },
    20,
  );
  const other = await send(
    agus,
    {
      title: "Pelatihan Pemasaran Digital untuk Pelaku UMKM Setu",
      kind: "berita-kegiatan",
      category: "ekonomi",
    },
    18,
  );
  await step(colleague, other, "in_review", 16);
  await send(
    maya,
    {
      title: "Jadwal Imunisasi Anak Bulan Desember di Puskesmas Tambun",
      kind: "layanan-publik",
      category: "kesehatan",
    },
    11,
  );
  await send(
    siti,
    {
      title: "Pemadaman Listrik Bergilir di Desa Wanajaya dan Wanasari",
      kind: "pengumuman",
      category: "pembangunan",
      needed_by: "2026-11-24T18:00:00+07:00",
    },
    7,
  );
  await send(
    maya,
    {
      title: "Pesan Berantai Pembagian Sembako di Kantor Kecamatan Tidak Benar",
      kind: "klarifikasi-hoaks",
      category: "pemerintahan",
    },
    5,
  );
  await send(
    ujang,
    {
      title: "Tanggul Kali Cipamingkis Jebol, 85 Jiwa Mengungsi ke Balai Desa",
      kind: "info-darurat",
      category: "kebencanaan",
      priority: "urgent",
      photos: [photos[2]],
    },
    2,
  );
  await store.destroy();
  return { admin: admin.id, editor: editor.id, submission, people, photos };
}

async function storePhotos(store, folder, owners, picture, count) {
  const blobs = diskBlobs(path.join(folder, "blobs"));
  const uploads = path.join(folder, "uploads");
  for (const one of [uploads, path.join(folder, "blobs")]) await mkdir(one, { recursive: true, mode: 0o700 });
  const captions = [
    [
      "Pembukaan Musrenbang di aula kantor kecamatan.",
      "Seorang pria berbicara dengan mikrofon di depan peserta yang duduk",
    ],
    ["Perwakilan desa menyampaikan usulan.", "Peserta musyawarah mengangkat tangan di ruang rapat"],
    ["Petugas mendata usulan warga.", "Dua petugas menulis di meja dengan laptop dan berkas"],
  ];
  const made = [];
  for (let n = 0; n < count; n += 1) {
    const bytes = await picture(n);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const file = path.join(uploads, randomUUID());
    await writeFile(file, bytes);
    await blobs.put(sha256, file);
    const at = ago(28).toISOString();
    const facts = {
      sha256,
      type: "image/jpeg",
      width: 1280,
      height: 853,
      bytes: bytes.length,
      created_at: at,
    };
    const filename = `IMG_20261117_09${30 + n}.jpg`;
    for (const { id, kecamatan: place } of owners) {
      await recordPhoto(store, facts, { sha256, kecamatan: place, user_id: id, at });
    }
    const [caption, alt] = captions[n % captions.length];
    made.push({
      sha256,
      filename,
      caption,
      alt,
      credit: "Foto: Kecamatan Cibitung",
      source: "own",
      children: "none",
      lead: n === 0,
    });
  }
  return made;
}

/** The content of a submission. */
export function post(changes) {
  return {
    kind: "berita-kegiatan",
    slug: "naskah-kecamatan",
    title: "Naskah",
    category: "sosial",
    priority: "normal",
    event_date: "2026-11-23",
    tags: ["kabupaten bekasi"],
    channel_texts: {},
    photos: [],
    answers: {},
    internal: {},
    body: "Kegiatan berlangsung tertib dan diikuti warga dari seluruh desa.\n\nPemerintah kecamatan menyampaikan terima kasih kepada semua pihak.",
    ...changes,
  };
}

export const musrenbang = {
  title: "Camat Cibitung Buka Musrenbang, 40 Usulan Prioritas Disepakati",
  slug: "camat-cibitung-buka-musrenbang",
  place: "Aula Kantor Kecamatan Cibitung",
  event_date: "2026-11-17",
  category: "pemerintahan",
  summary: "Musrenbang Kecamatan Cibitung menyepakati 40 usulan prioritas untuk rencana kerja 2027.",
  tags: ["musrenbang", "cibitung", "rkpd 2027"],
  channel_texts: {
    facebook:
      "Musrenbang Kecamatan Cibitung menyepakati 40 usulan prioritas. Jalan lingkungan dan drainase jadi yang terbanyak diusulkan warga.",
    instagram: "40 usulan prioritas dari enam desa dan satu kelurahan ✅\n\n#Musrenbang #Cibitung #BekasiKab",
    x: "Musrenbang Cibitung: 40 usulan prioritas disepakati, terbanyak jalan lingkungan dan drainase.",
  },
  internal: { narasumber: "H. Dadang, Kasi Ekbang", telepon_narasumber: "0812-0000-0000" },
  answers: {
    kegiatan: "Musrenbang Tingkat Kecamatan",
    peserta: "150 perwakilan dari enam desa dan satu kelurahan",
  },
};
const opening =
  "CIBITUNG – Camat Cibitung membuka Musyawarah Perencanaan Pembangunan (Musrenbang) tingkat kecamatan di Aula Kantor Kecamatan Cibitung, Kabupaten Bekasi, Selasa (17/11/2026). Kegiatan itu diikuti 150 perwakilan dari enam desa dan satu kelurahan.";
const closing =
  "## Jalan dan drainase terbanyak\n\nUsulan terbanyak menyangkut:\n\n- perbaikan jalan lingkungan,\n- drainase di kawasan permukiman,\n- sarana posyandu.\n\n> “Usulan warga kami bawa ke tingkat kabupaten tanpa dikurangi,” kata Camat.\n\nHasil musyawarah itu akan dibahas dalam Musrenbang Kabupaten Bekasi pada Maret 2027.";
const firstBody = `${opening}\n\nMusyawarah itu menetapkan 40 usulan prioritas. Usulan akan diteruskan ke kabupaten.\n\n${closing}`;
const secondBody = `${opening}\n\nKepala Seksi Ekonomi dan Pembangunan, Dadang Hermawan, mengatakan musyawarah itu menetapkan 40 usulan prioritas dari 112 yang masuk. Usulan akan diteruskan ke Bappeda Kabupaten Bekasi.\n\n${closing}`;
