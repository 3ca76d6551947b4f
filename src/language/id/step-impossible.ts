import type { NewsroomErrors } from "../../errors/newsroom.js";

/** What stands in the way, by the submission's state. */
const reasons: Record<string, string> = {
  submitted: "Belum bisa: naskah masih menunggu ditinjau.",
  returned: "Belum bisa: naskah sedang diperbaiki pengirimnya.",
  approved: "Tidak bisa: naskah sudah disetujui.",
  rejected: "Tidak bisa: editor sudah memutuskan bahwa naskah ini tidak dimuat.",
  withdrawn: "Tidak bisa: naskah ini sudah dibatalkan, dan tetap dibatalkan.",
  merged: "Tidak bisa: naskah ini sudah digabung dengan naskah lain.",
};

/** What may be done instead, by the name of the step; `name` of the post or submission, as commands take it. */
const ways: Record<string, (name: string) => string> = {
  withdraw: (name) => `Naskah dapat dibatalkan: kominfo post withdraw ${name}`,
  ask_withdrawal: (name) => `Editor dapat diminta membatalkannya: kominfo post withdraw ${name}`,
  ask_unpublish: (name) => `Editor dapat diminta menurunkannya: kominfo post withdraw ${name}`,
  resubmit: (name) => `Naskah dapat diperbaiki, lalu dikirim lagi: kominfo post edit ${name}`,
  correct: (name) => `Ralat dapat dikirim: kominfo post edit ${name}`,
  claim: (name) => `Naskah dapat diambil untuk ditinjau: kominfo review claim ${name}`,
  reassign: (name) => `Naskah dapat diambil alih: kominfo review claim ${name}`,
  release: (name) => `Naskah dapat dilepas untuk editor lain: kominfo review release ${name}`,
  return: (name) => `Naskah dapat dikembalikan untuk diperbaiki: kominfo review return ${name}`,
  approve: (name) => `Naskah dapat disetujui: kominfo review approve ${name}`,
  reject: (name) => `Naskah dapat ditolak: kominfo review reject ${name}`,
  reopen: (name) => `Naskah dapat dibuka kembali: kominfo review reopen ${name}`,
  revoke: (name) => `Persetujuannya dapat dicabut: kominfo review revoke ${name}`,
  confirm_withdrawal: (name) => `Pembatalannya dapat dipenuhi: kominfo review confirm-withdrawal ${name}`,
  decline: (name) => `Permintaan pengirim dapat ditolak: kominfo review decline ${name}`,
  merge: (name) => `Naskah dapat digabung: kominfo review merge ${name} --into <id>`,
  unpublish: (name) => `Terbitannya dapat diturunkan: kominfo review unpublish ${name}`,
};

/** "Belum bisa: naskah sedang ditinjau Budi.", then what may be done, each with its command. */
export function stepImpossible(p: NewsroomErrors["step-impossible"]): readonly string[] {
  const { state = "", editor = "editor", possible, post, submission, asked, down } = p;
  const name = post ?? submission ?? "<naskah>";
  const sentence =
    state === "in_review"
      ? `Belum bisa: naskah sedang ditinjau ${editor}.`
      : (reasons[state] ?? "Belum bisa: status naskah sekarang tidak mengizinkannya.");
  const anew = ["withdrawn", "rejected", "merged"].includes(state) && post !== undefined;
  // What readers see is kept here.
  const isOut = possible.includes("ask_unpublish") || asked === "unpublish";
  return [
    sentence,
    ...(["submitted", "in_review"].includes(state) && post !== undefined
      ? [`Tunggu editor; lihat lagi dengan: kominfo post status ${post}`]
      : []),
    ...(asked && post !== undefined
      ? [
          `${asked === "withdraw" ? "Pembatalannya sudah diminta; lihat jawabannya dengan" : "Penurunannya sudah diminta; lihat jawabannya dengan"}: kominfo post status ${post}`,
        ]
      : []),
    ...(state === "approved" && post !== undefined && !possible.includes("correct") && !down
      ? ["Perubahannya dapat dikirim sebagai ralat setelah terbit, atau setelah editor mengembalikannya."]
      : []),
    ...(down && post !== undefined
      ? [
          `Terbitannya sudah diturunkan. Untuk mengirimnya lagi, buat naskah baru: kominfo post new --copy ${post}`,
        ]
      : []),
    ...new Set(possible.flatMap((step) => ways[step]?.(name) ?? [])),
    ...(anew ? [`Untuk mengirimnya lagi, buat naskah baru: kominfo post new --copy ${post}`] : []),
    ...(anew && !isOut ? [`Bila tidak diperlukan lagi: kominfo post delete ${post}`] : []),
    ...(possible.length === 0 && !anew && !asked
      ? [`Lihat statusnya: kominfo ${look(post, submission)}`]
      : []),
  ];
}

function look(post: string | undefined, submission: string | undefined): string {
  return post === undefined && submission !== undefined
    ? `review show ${submission}`
    : `post status ${post ?? "<naskah>"}`;
}
