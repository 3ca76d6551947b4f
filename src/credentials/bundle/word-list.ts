/**
 * 2,048 Indonesian words of four to six letters, 11 bits each. They are everyday words, spelled as in the KBBI, and none
 * is offensive. The list was written for kominfo and has kominfo's licence.
 */
export const wordList: readonly string[] = `
abadi abjad abon absen acak acar acara aduk agar agenda agung ahad ahli ajaib ajak ajar akad akal akar akhir
akrab aksara aksen aksi aktif aktor alam alamat alarm alas alat album algojo alir alis alun alur amal aman
amanah ambang ambil amplop ampuh anak analis anggur angin angka angkut angsa anjung antar antena antik anting
antre anyam apel apik apotek apung arah arang aren arena arsip arti artis arus asah asal asam asap asas asbak
asin asing asli asri asuh atap atas atlas atlet atom atur aula awak awal awan awas awet ayah ayam ayun azan baca
badak badan badut bagan bagasi bagi bagus bahan bahari bahasa bahu baik baja bajak baju bakar bakat baki bakso
bakti baku bakul bakung balai balap balas balik balok balon balsam balut bambu bandar bangau bangga bangku
bangun banjar bantu banyak bapak barang barat baris baru basah basis basket batang batas batik batin batu baut
bawa bawah bawang bayam bayar bazar bebas bebek becak beda bedak beduk bekal beku bela belah belang belok benah
benar benih bening bentuk benua berang berani beras beri berita berkas bersih besar besi besok betah betul biasa
biaya bibit bicara bidan bijak biji bijih bikin bilang bilik bina binar biola biro biru bisik bisnis blok bobot
bola bolak bolos bonsai bonus boreh boros botol brosur buah buana buat buaya bubuk bubur bugar buka bukit bukti
buku bulan bulat bulir bulu bumbu bumi bunga bunyi burung busa busana busur butir buyut cabai cabang cacah
cadang cadas cagar cahaya cair cakap cakar cakram calon camar camat campur canda candi cantik capung cara cari
catat catur cawan cegah cemara cendol cepat cerah cerdas cerdik cerek ceri ceria cerita cermat cetak cicil cicip
cilok cincau cincin cinta cipta ciri citra cobek cocok colok contoh corak cuaca cubit cuci cucu cuka cukup cukur
culik curah curam cuti dacin dadar dadih dadu daerah daftar dagu dahan dahi dahulu daki dakwah dalam dalang
damai damar dampar dana danau dandan dansa dapat dapur darat dari dasar dasi data datang datar daun daur dawai
dawet daya dayung debat debu decak dekan dekat delima demo denah denda dengan dengar depan deras deret dering
desa desain detak detik dewan dewasa dialog diam dian didik dinas dipan diri disko diskon dodol dokar dokter
dolan domba dorong dosen drama drum duduk duga duku dukung dulang dunia duri durian duta duyung edar edisi efek
ekor elang elok emas ember embun empal empat emping empuk enak enam encer endap energi engsel entas epik erat
esai esok etika fajar fakta faktor fase fasih fauna figur fikih film filsuf final fisik fisika flora fokus
formal foto frasa fungsi gabah gabus gagah gagak gagang gagas gajah gaji galah galang galeri gali galon gambar
ganda gandum ganjil ganti gapura garam garang garasi garis garpu gaun gaung gaya gayung gedung gelang gelap
gelar gelas geliat gema gemar gembok gerak gesek getah getar getuk giat gigi gigih gilang giling gitar gizi
golek golok gong gorden gosok grafik gratis gubuk gudang gudeg gugus gula gulai guling gulung gunung gurih guru
gurun gusi habis hadap hadiah hadir hafal hakim halia halte halus halwa handuk hanyut harap harga hari harta
harum harus hasil hasta hati haus hawa hayat hebat helai helm hemat hening henti heran heroik hewan hias hibah
hibur hidang hidup hijau hikmah hilir himpun hingga hirup hitam hitung hobi honor hormat hotel hujan hulu huma
huni huruf hutan ibarat ideal idola ijazah ijuk ikal ikan ikat iklan iklim ikrar ilham ilmu imbang imbas imbuh
impor indah induk infak info ingat ingin insan intan inti intip irama iring iris isap istana itik izin jabat
jadi jadwal jaga jagat jagung jahe jahit jajan jajar jaket jala jalan jalar jalin jalur jambu jamin jamu jamur
jangka janji jarak jarang jari jaring jarum jasa jauh jawab jaya jejak jelas jelita jemari jemur jenaka jenis
jepit jeram jerami jernih jeruk jilid jinak jitu jodoh joget joglo jual juang juara judul juga jujur jumpa
junior juri jurnal juru jurus kabar kabel kabin kabut kaca kado kafe kaget kain kaisar kait kakak kakao kakap
kakek kaki kaku kala kalah kaldu kaleng kali kalung kamar kamera kami kamus kanal kancil kantin kantor kapak
kapal kapan kapas kapsul kapuk kapur karang karcis kardus karet kargo karib karier karpet karton kartu karung
karya kasar kaset kasih kasir kasur kasut kata katak katrol katun kaum kawan kawat kaya kayu kayuh kebal kebaya
kebun kecap kedai kejar keju kejut kekal kelak kelas kelasi kelir kelola kelor keluar kemah kemas kembar kemeja
kemiri kenal kenang kencur kendi kendur kental kepada kepak kepal keping keran kerang kerap keras kering keris
kerja kesan keset ketan ketat ketel ketik ketua ketuk khas khayal khusus kian kiat kicau kilap kilas kilat kilau
kilo kimia kincir kini kios kipas kiper kirab kiri kirim kisah kisi kita kitab kitar klasik klinik klub kobar
kode kodok kohesi koki kokoh kokok kolak kolam kolom kolong koma komedi komik kompak kompas kompor konser kontak
kontan kontes koper kopi koral koran korek kosmos kosong kostum kota kotak kreasi kredit krim krisan kronik
kuali kuas kuasa kuat kubah kubis kubus kuda kuil kuis kuku kukuh kukus kulit kulkas kumis kunci kuning kunyah
kunyit kuota kupas kuping kupon kura kurang kurir kursi kurva kusir kutip kutub laba label laci lada ladang lagi
lagu laguna lahan lahap lahir lain lajang laju lajur lakon laku lalap lalu lama lambai lampau lampu lancar
landai landak landas lantai lantas lantun lapang lapis lapor laras larik laris laron laser latar lateks latih
lauk laut lawak lawan lawas layak layan layang layar layu lazim lebah lebar lebat lebih lebur lega legit lekas
lekat lekuk lemak lemari lemas lembah lembar lembur lena lengan lensa lentur lepas lereng letak letup lewat
liang libat libur lidi lihai lihat likat lilin lilit lima limas limau limpah lincah lintas lipat lipur liput
lirik lisan liter liur logam logat logika logo lokal lokasi loket lolos lomba lompat loncat loper lorek lorong
loteng lotus loyal luang luar luas lubang lubuk lucu ludes lugas lugu luhur lukis luluh lulur lulus lumas lumpia
lumpur lumut lunak lunas luncur lupa lurah lurik lurus lusin lutut luwes macam macan madani madu magang magnet
mahal mahir main maju makan makin makna maksud malam malu mampir mampu mandi mandor mangga manik manis manja
mantap mantu marga marmer masa masak masih masin massa masuk mata matang mawar mawas maya mayor mebel medali
medan media mega megah meja mekar melati melodi melon memori menang mentah menu merah merak merata mercu merdu
merek mereka meriah merica mesin meski mesra meter mewah milik mimbar mimpi minat minggu minim minta minum
minyak mirah miring mirip misal misi mistar mitra mobil modal mode model modern modul mohon molek montir moral
motif motor muara muat muda mudah mudik muka mukim mula mulia mulus muncul mundur mungil murah murai mural murid
murni musang museum musik musim mutu nabati nada nadi nafkah naga naik naluri nama namun nanas nanti napas nasi
nasib naskah naung negara negeri nenek netral niaga niat nila nilai nilam nomor nona nuansa nurani nuri nyala
nyanyi nyata nyawa nyiur nyonya obat objek obor ojek olah oleh oleng olok ombak omong ongkos opak opelet opini
optik orang oranye orbit organ orkes otak otot oven pabrik pacu pada padam padang padat padi padu pagar pagi
paham pahat pajak pakai pakan pakar paket paksa paku palang palem palka palsu palu paman pamer pamit panah panas
pancur pandan pandu panen pantai pantas pantau pantun papan parang pari parit parkir partai paru paruh parut
pasak pasang pasar pasir paspor pasta pastel pasti patih patok patri patuh patut paus pawai payah payung pecah
pecel pedal pedas pedati peduli pegang pegas pejal peka pekan pekat pekik pelan pelana pelari pelat pelita peluk
peluru pena pencak pendek peniti pentas penuh penyu pepaya pepes perahu perak peran perban percik perdu peri
periuk permai pernah peron persik pesan pesat pesona pesta peta petai petak petang peti petik petir petis petuah
piagam piala piano piatu pijak pijar pijat pikat pikir piknik pikul pilah pilar pilih pilot pimpin pinang pindah
pingit pinisi pinjam pinta pintar pintu pinus pipa pipi pipih pipit piring pisah pisang pisau pita pitam plakat
planet pojok pokok pola polah polisi polong polos pompa pondok pori porsi poster potret prima prisma profil
proses proyek pualam puas puasa pucuk pudar puding puisi puji pukul pulang pulau pulih puluh pulut punai punca
puncak pungut puntal punya pupuk pura purba puri pusat puspa putar putih putik putus puyuh rabu racik radar
radio raga ragam ragi rahang raih rajah rajin rajut rakit rakyat ramah ramai rambah rambut ramu rancak rangka
ransel rantai rantau rapat rapi rapor rasa rasio rata ratap ratna ratus raung rawa rawat rawit rawon raya rayap
rayu rebab rebana rebung rebus reda redam redup regang regu rekam rekan rekat rekor rela relief remah remaja
rembuk rempah rendah renyah reptil resap resep resmi retas rezeki riak riang rias ribu rica ridan rimba rimbun
rinai rindu ringan rintik rintis riset risik ritme robot roda rombak rompi ronda rongga rosela rotan roti royal
ruang ruas rubah rubrik rujak rujuk rukun rumah rumbai rumpun rumput rumus runtun rupa rupiah rusuk rute rutin
saat sabar sabit sabtu sabuk sabun sabut sadap sadar sadur safari saga sagu sahaja sahut sajak saji saksi sakti
saku salak salam saleh salin salju salon salut sama samar sambal sampan sampo sampul sana sandal sandar sandi
sangat santan santap santri sapa sapi sapu saput saran sarang sarat sarden sari sarung sastra satin satu saung
sawah sawi sawit sawo saya sayap sayur sebab sebar sebut sedang sedap sedia sedot segar segel segera segi sehat
sejak sejuk sekam sekat sekop sekutu sela selam selang selat selera selip seloka seluk semai semak semat sembah
semen semi sempat semua semut senam sendi sendok sendu senin senior senja sensor senter senyap senyum sepatu
sepeda serai serang serap serasi serat serbat serbuk seri serius seroja serpih serta seru serut setara setel
setia setir siang siap siar sibuk sifat sigap sikap sikat siklus siku silam silang silat simak simbol simpel
simpul sinar sindir singa sinyal siput siram sirap sirih sirip sirkus sirop sisa sisi sisik sisip sisir situ
situs skala skema soal sofa sohib sokong solo sopan sopir sorak sore sorot soto spasi spiral spons status stok
studi suara suatu subuh subur suci sudah sudi sudut suguh suhu suka sukma suku sukun sulam sulap suling suluh
sulung sulur sumber sumbu sumpit sumur sungai supel surah surai surat surau surga surut surya susu susul susun
susut sutra swasta syair syarat syukur tabah tabel tabib tabir tablet tabuh tabung tabur tadah tadi tagih tahan
tahap tahu tahun tajam tajuk takar takhta takjub taklim taksi taktik talas tali tamak taman tamat tambak tambal
tambur tampah tampil tamu tanah tanam tanda tandan tangan tangga tangki tani tanjak tanpa tante tanur tanya tapa
tapai tapak tapis taplak tari tarif tarik taring taruh tarung tata tatap taut tawa tawar tawon tayang tebak
tebal tebang tebar tebu teduh tegak tegal tegang tegap tegas teguh teguk tegur tekad tekan tekat teknik teko
teks tekun telaah telaga telat teliti teluk telur teman tembok tembus tempa tempat tempe tempel tempo tempuh
temu tenaga tenar tenda tengah tengok tenis tenor tentu tenun tenung tepat tepi tepis tepuk tepung terang terap
teras terbit teri terik terjal termos terpal terus tetap tetas tiada tiang tiba tidak tidur tiga tikar tikus
timah timang timba timbul timun timur tindak tinggi tinjau tinju tinta tirai tiram tiris titik titip tiup tokek
toko tokoh tolak toleh tolok tomat tombol tonjol tonton topang topi topik total totok tren trofi tuah tuan tuas
tubuh tuding tugas tugu tuju tujuh tukang tukar tukik tulang tular tulen tulis tulus tumbuh tumis tumpah tunai
tunas tunda tunggu tungku tuntas tuntun tupai turap turis turun turut tusuk tutor tutup tutur uang ubah uban
ubin ucap udang udara udik ufuk ujar ujung ukir ukur ulak ulam ulang ulas ulat ulet ulin uluk ulur umat umbi
umbul umpama umpan umum umur unda undak undang undi unduh unggas unggul ungkap unik unit unjuk unsur unta untai
untuk untung upah upaya urai urap urat uruk urut usaha usai usap usia usul usung utama utang utara utuh utus
vaksin valid vena versi vespa vila viola visi visual vokal volume wadah waduk wahana wajah wajan wajar wajib
wajik wakaf wakil waktu walet wali waluh wangi warga waris warna warta warung wasiat wasit watak wayang wedang
wicara wisata wisma wisuda wortel wujud wulung yakin yatim yoga yoyo zaitun zakat zaman zamrud zebra zirah
zodiak zona
`
  .trim()
  .split(/\s+/);
