#!/bin/sh
# Mengunggah semua foto satu acara ke album di ruang redaksi. Boleh dijalankan berulang kali, juga dari cron:
# yang sudah sampai tidak dikirim dua kali, dan yang tertinggal dilanjutkan.
#
#   sh unggah-acara.sh <ruang-kerja> <folder-foto> <nama-kegiatan>
set -u

if [ $# -ne 3 ]; then
  echo "Cara memakai: sh unggah-acara.sh <ruang-kerja> <folder-foto> <nama-kegiatan>" >&2
  exit 2
fi
ruang_kerja=$1
folder_foto=$2
kegiatan=$3
catatan="$ruang_kerja/unggah-acara.log"

foto() {
  find "$folder_foto" -type f \( -iname '*.jpg' -o -iname '*.jpeg' -o -iname '*.heic' \) "$1"
}

if [ ! -d "$folder_foto" ]; then
  echo "Folder \"$folder_foto\" tidak ada; tidak ada yang dikirim." >&2
  exit 2
fi
if [ -z "$(foto -print | head -n 1)" ]; then
  echo "Tidak ada foto (JPEG atau HEIC) di \"$folder_foto\"; tidak ada yang dikirim." >&2
  exit 2
fi

# Bila ada daftar keterangan di folder foto (takarir.csv), kominfo membacanya sendiri.
foto -print0 |
  kominfo photo upload - --workspace "$ruang_kerja" --event "$kegiatan" --json --no-input > "$catatan"
kode=$?

case $kode in
  0) echo "Semua foto \"$kegiatan\" sudah ada di ruang redaksi." ;;
  3) echo "Sebagian foto gagal; daftarnya di $catatan." ;;
  4) echo "Perlu masuk lagi: kominfo auth login newsroom" ;;
  5) echo "Sambungan terputus. Jalankan lagi nanti, atau: kominfo sync" ;;
  *) echo "Gagal (kode $kode)." ;;
esac
exit $kode
