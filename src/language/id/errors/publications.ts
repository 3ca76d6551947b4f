import type { Channel, State } from "../../../contract/lifecycle.js";
import { shownInstant } from "../../../text/instant.js";
import { desk } from "../desk.js";
import { post } from "../post.js";

/** Of what is recorded as published. */
export const publications = {
  "link-invalid": (p: { link: string }) => [
    `"${p.link}" bukan alamat tayangan.`,
    "Salin alamat lengkapnya dari peramban, diawali https://",
  ],
  "channel-differs": (p: { link: string; told: Channel; named: Channel }) => [
    `Alamat itu di ${desk.channels[p.told]}, bukan ${desk.channels[p.named]}.`,
    "Hapus --channel, atau periksa alamatnya.",
  ],
  "not-approved": (p: { state: State }) => [
    `Naskah ini ${post.states[p.state]}; tayangan dicatat setelah naskahnya disetujui.`,
    "Lihat statusnya: kominfo post status",
  ],
  "channel-not-approved": (p: { channel: Channel; approved: readonly Channel[] }) => [
    `Naskah ini tidak disetujui untuk ${desk.channels[p.channel]}.`,
    `Kanal yang disetujui: ${p.approved.map((channel) => desk.channels[channel]).join(", ")}`,
  ],
  "under-embargo": (p: { until: string }) => [
    `Naskah ini belum boleh terbit sebelum ${shownInstant(p.until, "id")}.`,
  ],
};
