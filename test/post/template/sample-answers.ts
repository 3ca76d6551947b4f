/**
 * Answers for each shipped template, as an answers file (`--from`) gives them. The people and numbers are invented;
 * today is `sampleToday`. `required` holds only what has no default and must be answered.
 */

export const sampleToday = "2026-11-22";
export const sampleKecamatan = { code: "32.16.07", name: "Cibitung" };

export type RawAnswers = Record<string, unknown>;

export interface Sample {
  full: RawAnswers;
  required: RawAnswers;
}

export const sampleAnswers: Record<string, Sample> = {
  "berita-kegiatan": {
    full: {
      judul: "Camat Cibitung Buka Musrenbang Tingkat Kecamatan",
      kegiatan: "Musyawarah Perencanaan Pembangunan (Musrenbang) Tingkat Kecamatan",
      tanggal: "22/11/2026",
      lokasi: "Aula Kantor Kecamatan Cibitung",
      desa_kelurahan: "Kelurahan Wanasari",
      penyelenggara: "Pemerintah Kecamatan Cibitung",
      peserta: "150 perwakilan dari enam desa dan satu kelurahan.",
      tujuan: "Menyerap usulan warga untuk rencana kerja pemerintah daerah tahun 2028.",
      uraian:
        "Camat Cibitung Ahmad Fauzi membuka musyawarah yang menetapkan 40 usulan prioritas dari 112 usulan yang masuk. Perbaikan saluran air dan jalan lingkungan menjadi usulan terbanyak.\n\nSetiap desa dan kelurahan memaparkan tiga usulan utama selama sepuluh menit",
      kutipan: [
        {
          nama: "Ahmad Fauzi",
          jabatan: "Camat Cibitung",
          isi: "Kami ingin setiap usulan lahir dari kebutuhan warga, bukan dari meja kantor.",
        },
        {
          nama: "Siti Aminah",
          jabatan: "warga Desa Wanajaya",
          isi: '"Saluran air di lingkungan kami sudah dua tahun tersumbat. Kapan diperbaiki?"',
        },
      ],
      tindak_lanjut: "Usulan prioritas itu akan dibahas dalam Musrenbang Kabupaten Bekasi pada Maret 2027.",
      kategori: "pemerintahan",
      catatan: "Jumlah peserta dihitung dari daftar hadir.",
    },
    required: {
      judul: "Camat Cibitung Buka Musrenbang Tingkat Kecamatan",
      kegiatan: "Musyawarah Perencanaan Pembangunan (Musrenbang) Tingkat Kecamatan",
      lokasi: "Aula Kantor Kecamatan Cibitung",
    },
  },
  "siaran-pers": {
    full: {
      judul: "Kecamatan Cibitung Buka Layanan Administrasi Kependudukan Setiap Sabtu",
      pokok:
        "Pemerintah Kecamatan Cibitung membuka layanan administrasi kependudukan setiap Sabtu mulai 28 November 2026 agar warga yang bekerja pada hari kerja tetap dapat mengurus dokumen",
      tanggal: "hari ini",
      lokasi: "Kantor Kecamatan Cibitung",
      nomor: "400.14.4/215/Kec-Cbt/2026",
      uraian:
        "Layanan dibuka pukul 08.00–12.00 WIB dan meliputi perekaman KTP-el, kartu keluarga, serta akta kelahiran. Seluruh layanan tidak dipungut biaya.",
      kutipan: [
        {
          nama: "Drs. Ahmad Fauzi, M.Si.",
          jabatan: "Camat Cibitung",
          isi: "Warga yang bekerja Senin sampai Jumat tidak perlu lagi meminta izin dari pabrik.",
        },
      ],
      narahubung: {
        nama: "Rina Marlina",
        jabatan: "Kepala Seksi Pelayanan Umum Kecamatan Cibitung",
        telepon: "(021) 8990 1234",
      },
      kategori: "pemerintahan",
      embargo: "23 November 2026 10.00 WIB",
    },
    required: {
      judul: "Kecamatan Cibitung Buka Layanan Administrasi Kependudukan Setiap Sabtu",
      pokok:
        "Pemerintah Kecamatan Cibitung membuka layanan administrasi kependudukan setiap Sabtu mulai 28 November 2026.",
      narahubung: {
        nama: "Rina Marlina",
        jabatan: "Kepala Seksi Pelayanan Umum Kecamatan Cibitung",
        telepon: "(021) 8990 1234",
      },
    },
  },
  pengumuman: {
    full: {
      judul: "Pelayanan Kantor Kecamatan Cibitung Pindah Sementara ke Gedung Serbaguna",
      isi: "Pelayanan Kantor Kecamatan Cibitung dipindahkan sementara ke Gedung Serbaguna Desa Wanajaya selama perbaikan ruang pelayanan. Jam layanan tidak berubah.",
      sasaran: "seluruh warga Kecamatan Cibitung",
      berlaku_mulai: "23 November 2026",
      berlaku_sampai: "4 Desember 2026",
      nomor_surat: "000.8.3/187/Kec-Cbt/2026",
      lampiran: ["Denah Gedung Serbaguna Desa Wanajaya", "Jadwal pelayanan selama perbaikan"],
      kontak: "Seksi Pelayanan Umum, telepon (021) 8990 1234",
      kategori: "pemerintahan",
    },
    required: {
      judul: "Pelayanan Kantor Kecamatan Cibitung Pindah Sementara ke Gedung Serbaguna",
      isi: "Pelayanan Kantor Kecamatan Cibitung dipindahkan sementara ke Gedung Serbaguna Desa Wanajaya selama perbaikan ruang pelayanan.",
    },
  },
  agenda: {
    full: {
      judul: "Pelatihan Pemasaran Digital bagi Pelaku UMKM",
      tanggal: "28/11/2026",
      waktu_mulai: "09.00",
      waktu_selesai: "12.00",
      tipe: "luring",
      lokasi: "Balai Desa Wanajaya",
      desa_kelurahan: "Desa Wanajaya",
      peserta: "40 pelaku UMKM yang sudah mendaftar",
      penanggung_jawab: "Seksi Pemberdayaan Masyarakat Kecamatan Cibitung",
      tautan: "https://cibitung.example.go.id/pelatihan",
      uraian: "Peserta diminta membawa telepon pintar dan contoh produk",
      kategori: "ekonomi",
    },
    required: {
      judul: "Pelatihan Pemasaran Digital bagi Pelaku UMKM",
      tanggal: "28/11/2026",
      waktu_mulai: "09.00",
      lokasi: "Balai Desa Wanajaya",
    },
  },
  "layanan-publik": {
    full: {
      judul: "Begini Cara Mengurus Surat Keterangan Domisili Usaha di Kecamatan Cibitung",
      layanan: "surat keterangan domisili usaha",
      lokasi: "Loket Pelayanan Kantor Kecamatan Cibitung",
      persyaratan: [
        "Fotokopi KTP-el pemohon",
        "Surat pengantar dari desa atau kelurahan",
        "Fotokopi bukti kepemilikan atau sewa tempat usaha",
      ],
      prosedur: [
        "Ambil nomor antrean di loket",
        "Serahkan berkas kepada petugas untuk diperiksa.",
        "Ambil surat pada waktu yang tertera di tanda terima",
      ],
      waktu: "satu hari kerja sejak berkas lengkap",
      biaya: "Gratis",
      jam_layanan: "Senin–Kamis pukul 08.00–15.00 WIB, Jumat pukul 08.00–14.30 WIB",
      kanal_pengaduan: ["SP4N-LAPOR!, lapor.go.id", "Telepon (021) 8990 1234"],
      kategori: "pemerintahan",
    },
    required: {
      judul: "Begini Cara Mengurus Surat Keterangan Domisili Usaha di Kecamatan Cibitung",
      layanan: "surat keterangan domisili usaha",
      lokasi: "Loket Pelayanan Kantor Kecamatan Cibitung",
      persyaratan: ["Fotokopi KTP-el pemohon"],
      biaya: "Gratis",
    },
  },
  "klarifikasi-hoaks": {
    full: {
      judul: "Kantor Kecamatan Cibitung Tetap Buka, Kabar Penutupan Tidak Benar",
      klaim: "seluruh pelayanan Kantor Kecamatan Cibitung ditutup selama sepekan mulai 23 November 2026.",
      label: "HOAKS",
      fakta:
        "Pelayanan hanya berpindah sementara ke Gedung Serbaguna Desa Wanajaya selama perbaikan ruang pelayanan. Jam layanan tetap pukul 08.00–15.00 WIB.",
      rujukan: [
        "Pengumuman Kecamatan Cibitung Nomor 000.8.3/187/Kec-Cbt/2026, https://cibitung.example.go.id/pengumuman",
      ],
      kesimpulan: "Warga tetap dapat mengurus dokumen seperti biasa di Gedung Serbaguna Desa Wanajaya",
      pejabat: { nama: "Dewi Lestari Ningsih", jabatan: "Sekretaris Kecamatan Cibitung" },
      tanggal: "22 November 2026",
      kategori: "pemerintahan",
      tempat_ditemukan: "Grup WhatsApp warga Perumahan Wanajaya Asri, 21 November 2026 malam.",
    },
    required: {
      judul: "Kantor Kecamatan Cibitung Tetap Buka, Kabar Penutupan Tidak Benar",
      klaim: "seluruh pelayanan Kantor Kecamatan Cibitung ditutup selama sepekan mulai 23 November 2026",
      label: "HOAKS",
      fakta: "Pelayanan hanya berpindah sementara ke Gedung Serbaguna Desa Wanajaya.",
      rujukan: ["Pengumuman Kecamatan Cibitung Nomor 000.8.3/187/Kec-Cbt/2026"],
      pejabat: { nama: "Dewi Lestari Ningsih", jabatan: "Sekretaris Kecamatan Cibitung" },
    },
  },
  "info-darurat": {
    full: {
      judul: "Banjir Rendam Dua RW di Desa Wanajaya, 85 Jiwa Mengungsi",
      jenis_kejadian: "banjir",
      tanggal: "22 November 2026",
      waktu: "04.30",
      lokasi: "RW 05 dan RW 06 Perumahan Wanajaya Asri",
      desa_kelurahan: "Desa Wanajaya",
      korban: { meninggal: "0", hilang: "0", luka_berat: "0", luka_ringan: "3" },
      kerusakan: ["120 rumah terendam setinggi 40–70 sentimeter", "satu jembatan lingkungan putus"],
      kk_terdampak: "120",
      jiwa_terdampak: "1430",
      pengungsi: "85",
      penanganan:
        "Petugas BPBD Kabupaten Bekasi mengevakuasi warga dengan dua perahu karet ke Balai Desa Wanajaya. Dapur umum dibuka sejak pukul 07.00 WIB",
      kebutuhan_mendesak: ["selimut", "makanan siap saji", "popok bayi"],
      kontak_darurat: ["Layanan darurat 112", "Posko Desa Wanajaya, telepon (021) 8990 1234"],
      data_tanggal: "22/11/2026",
      data_pukul: "09.30",
      sumber: "BPBD Kabupaten Bekasi dan Pemerintah Desa Wanajaya",
      kategori: "kebencanaan",
      catatan: "Dilaporkan petugas piket desa; angka jiwa terdampak masih dapat berubah.",
    },
    required: {
      judul: "Banjir Rendam Dua RW di Desa Wanajaya",
      jenis_kejadian: "banjir",
      waktu: "04.30",
      lokasi: "RW 05 dan RW 06 Perumahan Wanajaya Asri",
      kontak_darurat: ["Layanan darurat 112"],
      data_pukul: "09.30",
      sumber: "Pemerintah Desa Wanajaya",
    },
  },
  pembangunan: {
    full: {
      judul: "Perbaikan Jalan Raya Kertamukti Capai 62,5 Persen",
      paket: "Rekonstruksi Jalan Raya Kertamukti",
      lokasi: "Kampung Utan",
      desa_kelurahan: "Desa Kertamukti",
      progres: "62,5",
      tanggal: "hari ini",
      opd: "Dinas Sumber Daya Air, Bina Marga, dan Bina Konstruksi Kabupaten Bekasi",
      nilai: "1250000000",
      sumber_dana: "APBD Kabupaten Bekasi Tahun Anggaran 2026",
      pelaksana: "CV Karya Wanajaya",
      mulai: "1 September 2026",
      target: "15 Desember 2026",
      uraian:
        "Jalan sepanjang 800 meter itu menghubungkan Desa Kertamukti dan Desa Muktiwari. Selama pekerjaan, kendaraan roda empat dialihkan melalui jalan desa",
      kategori: "pembangunan",
    },
    required: {
      judul: "Perbaikan Jalan Raya Kertamukti Dimulai",
      paket: "Rekonstruksi Jalan Raya Kertamukti",
      lokasi: "Kampung Utan",
      progres: "0",
      opd: "Dinas Sumber Daya Air, Bina Marga, dan Bina Konstruksi Kabupaten Bekasi",
    },
  },
  ppid: {
    full: {
      judul: "Laporan Kinerja Kecamatan Cibitung Tahun 2025",
      ringkasan: "Capaian kinerja dan realisasi anggaran Kecamatan Cibitung selama tahun 2025",
      klasifikasi: "berkala",
      penguasa_informasi: "Subbagian Perencanaan dan Keuangan Kecamatan Cibitung",
      penanggung_jawab: "Sekretaris Kecamatan Cibitung",
      waktu_pembuatan: "27 Februari 2026",
      tempat_pembuatan: "Kantor Kecamatan Cibitung",
      format: ["salinan cetak", "salinan digital (PDF)"],
      retensi: "lima tahun",
      kategori: "pemerintahan",
    },
    required: {
      judul: "Laporan Kinerja Kecamatan Cibitung Tahun 2025",
      ringkasan: "Capaian kinerja dan realisasi anggaran Kecamatan Cibitung selama tahun 2025",
      klasifikasi: "setiap-saat",
      penguasa_informasi: "Subbagian Perencanaan dan Keuangan Kecamatan Cibitung",
      penanggung_jawab: "Sekretaris Kecamatan Cibitung",
      waktu_pembuatan: "27 Februari 2026",
      format: ["salinan digital (PDF)"],
      retensi: "lima tahun",
    },
  },
  ucapan: {
    full: {
      judul: "Selamat Hari Guru Nasional 2026",
      hari_besar: "Hari Guru Nasional",
      tanggal: "25 November 2026",
      teks: "Terima kasih kepada para guru yang mendidik anak-anak Cibitung.",
      kategori: "pendidikan",
    },
    required: {
      judul: "Selamat Hari Guru Nasional 2026",
      hari_besar: "Hari Guru Nasional",
      tanggal: "25 November 2026",
    },
  },
};
