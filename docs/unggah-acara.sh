#!/bin/sh
# Mengunggah semua foto satu acara ke album di ruang redaksi. Boleh dijalankan berulang kali, juga dari cron:
# yang sudah sampai tidak dikirim dua kali, dan yang tertinggal dilanjutkan.
#
#   sh unggah-acara.sh <ruang-kerja> <folder-foto> <nama-kegiatan>
set -u

ruang_kerja=$1
folder_foto=$2
kegiatan=$3
catatan="$ruang_kerja/unggah-acara.log"

# Bila ada daftar keterangan di folder foto (takarir.csv), kominfo membacanya sendiri.
find "$folder_foto" -type f \( -iname '*.jpg' -o -iname '*.jpeg' -o -iname '*.heic' \) -print0 |
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
