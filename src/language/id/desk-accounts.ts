/** Messages of the accounts of channels, of plans to publish on them, and of what became of those. */
export const deskAccounts = {
  accounts: {
    title: "Akun kanal",
    intro:
      "Akun yang loginnya ada di komputer operator atau di mesin kantor. Pemiliknya dicatat ketika komputer itu pertama kali mengumumkannya; yang diputuskan editor di sini tetap berlaku.",
    none: "Belum ada akun yang diumumkan. Komputer mengumumkannya ketika menerbitkan (kominfo post publish), dan mesin kantor lewat kominfo publisher.",
    columns: ["Akun", "Milik", "Diumumkan", "Terakhir di mesin kantor", "Keadaan", "Ubah"],
    kabupaten: "Kabupaten",
    by: (p: { who: string; when: string }) => `${p.who}, ${p.when}`,
    never: "belum pernah",
    works: "baik",
    decided: (p: { who: string; when: string; reason: string }) =>
      `Diputuskan ${p.who}, ${p.when}: ${p.reason}`,
    removed: (p: { owner: string }) => `klaim ${p.owner} dicabut`,
    paused: (p: { when: string; who: string }) => `login ditolak sejak ${p.when} (ditemukan ${p.who})`,
    /** What is done about a refused login. */
    remedy: (p: { command: string }) => `Di mesin kantor: ${p.command}`,
    change: "Pindahkan atau cabut",
    changeOf: (p: { label: string }) => `Pindahkan atau cabut ${p.label}`,
    owner: "Milik",
    remove: "Cabut klaimnya (bukan akun kita, atau keliru)",
    why: "Mengapa?",
    save: "Simpan keputusan",
    needOwner: "Pilih milik siapa akun itu.",
    tooMany: "Pemilik itu sudah punya terlalu banyak akun.",
    pages: "Halaman akun",
    /** One line above the queue. */
    dead: (p: { label: string; when: string; command: string }) =>
      `${p.label} tidak dapat terbit: loginnya ditolak sejak ${p.when}. Di mesin kantor: ${p.command}`,
    deadSeveral: (p: { labels: readonly string[]; count: number }) =>
      `${p.count} akun tidak dapat terbit karena loginnya ditolak: ${p.labels.join(", ")}${p.count > p.labels.length ? `, dan ${p.count - p.labels.length} lainnya` : ""}.`,
    seeAccounts: "Lihat akun kanal",
  },
  plan: {
    title: "Jadwalkan terbit",
    hint: "Mesin kantor (kominfo publisher) mengirimnya pada waktunya, persis seperti yang disetujui.",
    accounts: "Di akun mana?",
    none: "Belum ada akun untuk tujuan dan kanal yang disetujui. Akun muncul di sini setelah komputer yang punya loginnya mengumumkannya.",
    at: "Waktu terbit (WIB)",
    now: "kosong berarti sekarang, begitu mesin kantor melihatnya",
    nowAfter: (p: { when: string }) => `kosong berarti begitu boleh terbit, ${p.when}`,
    go: "Jadwalkan",
    approveHint:
      "Boleh dikosongkan. Yang dipilih dijadwalkan bersama persetujuan ini; kartunya ada di bawah naskah.",
    retry: "Coba lagi",
    retryHint: "Mesin kantor mengirimnya lagi.",
    anew: "Jadwalkan sekarang",
    cancel: "Batalkan rencana",
    cancelHint: "Belum ada yang dikirim. Dapat dijadwalkan lagi.",
    cost: (p: { cost: string }) => `US$${p.cost}`,
    /** Why an account cannot be chosen. */
    not: {
      "no-publisher":
        "belum pernah ada penerbit dengan akun ini: jalankan kominfo publisher di mesin kantor dengan akun itu",
      unfit: "tidak muat di kanal ini; lihat peringatannya di kartu",
      live: (p: { state: string }) => p.state,
    },
    paused: (p: { command: string }) => `loginnya ditolak; di mesin kantor: ${p.command}`,
    seen: (p: { when: string }) =>
      `penerbit terakhir memilikinya ${p.when}; pastikan kominfo publisher masih berjalan`,
    since: (p: { n: number; when: string }) => `Percobaan ke-${p.n}, mulai ${p.when}.`,
    ended: (p: { n: number; who: string; when: string }) => `Percobaan ke-${p.n} oleh ${p.who}, ${p.when}:`,
    words: (p: { words: string }) => `Jawaban aslinya: “${p.words}”`,
    lost: (p: { who: string; when: string }) =>
      `Komputer ${p.who} berhenti sesudah mengumumkan akan mengirim (${p.when}); belum jelas apakah terkirim.`,
    lostHint:
      "Komputer yang punya akunnya memeriksanya sendiri (kominfo publisher, atau kominfo sync). Atau lihat di kanalnya, lalu putuskan di bawah ini.",
    cancelled: "dibatalkan",
    cancelledBy: "Rencananya dibatalkan sebelum dikirim.",
    again: (p: { until: string }) =>
      `Percobaan terakhir gagal sebelum ada yang terkirim. Mesin kantor mencobanya lagi sendiri sampai ${p.until}; sesudah itu Anda yang memutuskan.`,
    willSend: "Mesin kantor (kominfo publisher) mengirimnya pada waktu itu.",
    stopped:
      "Belum tayang: dihentikan karena ada bagian naskah ini yang diminta turun. Tidak ada yang perlu dilakukan.",
    stoppedHint: "Hanya bila memang boleh tayang: permintaan turunnya dikesampingkan.",
    due: "Waktunya sudah tiba; mesin kantor mengirimnya dalam beberapa menit bila sedang menyala.",
    late: "Jadwalnya sudah lewat lebih dari 3 jam, jadi tidak dikirim sendiri: beritanya mungkin sudah basi. Periksa apakah kominfo publisher di mesin kantor berjalan, lalu jadwalkan sekarang atau batalkan.",
    unscheduled: "Tanpa waktu: dikirim dengan kominfo post publish, atau jadwalkan di bawah.",
    otherOwner:
      "Akun ini tidak dikenal lagi, atau bukan lagi tujuan yang disetujui; tidak akan dikirim. Lihat halaman Akun kanal.",
    problems: {
      accounts: "Pilih sedikitnya satu akun.",
      past: "Waktu itu sudah lewat. Pilih waktu yang akan datang, atau kosongkan.",
      unknown: "Akun itu tidak dikenal lagi. Muat ulang halamannya.",
      destination: "Akun itu bukan tujuan yang dipilih untuk naskah ini. Tidak ada yang disimpan.",
      channel: "Kanal akun itu tidak ada dalam persetujuannya. Tidak ada yang disimpan.",
      publisher:
        "Belum pernah ada penerbit dengan akun itu, jadi tidak ada yang mengirim pada waktunya. Jalankan kominfo publisher di mesin kantor dengan akun itu.",
      alreadyOut:
        "Naskah ini sudah tercatat terbit di kanal itu; mungkin di akun itu juga. Tidak ada yang dijadwalkan. Lihat publikasinya di bawah.",
      redacted:
        "Isi atau foto naskah ini ada yang sudah dihapus untuk selamanya (data pribadi). Tidak ada yang dijadwalkan; setujui dahulu naskah yang sudah diperbaiki.",
      unfit: "Naskah ini tidak muat di kanal akun itu. Lihat peringatannya di kartu, lalu sunting naskahnya.",
    },
  },
  /** What has become of an attempt, by its code; other codes are errors of a machine, whose sentences are theirs. */
  failures: {
    abandoned: [
      "Komputernya berhenti sebelum mengirim; belum ada yang terkirim.",
      "Coba lagi, atau periksa apakah kominfo publisher di mesin kantor berjalan.",
    ],
    interrupted: [
      "Pengirimannya terputus di tengah jalan.",
      "Jalankan kominfo sync di komputer itu, atau coba lagi.",
    ],
    postponed: [
      "Hanya diperiksa, tidak dikirim, karena diminta terbit pada waktu lain.",
      "Jadwalkan, atau ulangi: kominfo post publish <naskah> --at <waktu>",
    ],
    "too-late": ["Komputernya tertidur sesudah ruang redaksi setuju, jadi tidak dikirim.", "Coba lagi."],
    absent: ["Sudah diperiksa di kanalnya: tidak terbit.", "Coba lagi."],
    duplicate: ["Tercatat dua kali; yang lain yang berlaku.", "Lihat publikasi lain di daftar ini."],
    bug: ["Kominfo di komputer itu gagal tak terduga.", "Perbarui kominfo di komputer itu, lalu coba lagi."],
  } as Record<string, readonly [string, ...string[]]>,
  /** Of a code that has no sentence. */
  failure: {
    unknown: (p: { code: string }) => `Kanalnya menolak, dengan kode "${p.code}".`,
    failed: "Coba lagi; bila tetap gagal, jalankan kominfo post publish di komputer yang punya akunnya.",
    unclear: "Lihat sendiri di kanalnya, lalu putuskan di bawah ini.",
  },
};
