import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  as,
  jpeg,
  photo,
  startNewsroom,
  type TestNewsroom,
  uploadPhoto,
} from "../newsroom/support/newsroom.js";
import type { HostOptions } from "../support/host.js";
import { type Laptop, openLaptop } from "../support/laptop.js";

let newsroom: TestNewsroom;
let laptop: Laptop;
let operator: ReturnType<typeof as>;
let operatorToken: string;
let editorToken: string;
let id: string;

beforeAll(async () => {
  newsroom = await startNewsroom();
  laptop = await openLaptop(newsroom.url);
  operatorToken = await newsroom.token("operator");
  operator = as(newsroom, operatorToken);
  editorToken = await newsroom.token("editor");
});
afterAll(async () => {
  await newsroom.remove();
  await laptop.remove();
});
beforeEach(async () => {
  id = await operator.submit();
});

const review = (argv: string[], options: Partial<HostOptions> = {}) =>
  laptop.run(["review", ...argv], {
    env: { KOMINFO_NEWSROOM_TOKEN: editorToken },
    now: () => newsroom.clock.now,
    ...options,
  });
const approval = ["--destination", "kabupaten", "--channel", "web,instagram", "--channel", "x"];

describe("review list", () => {
  it("shows whole ids, the state in words, the kecamatan and how long each has waited", async () => {
    const ran = await review(["list"], { now: () => new Date(newsroom.clock.now.getTime() + 3 * 3_600_000) });
    expect(ran.code).toBe(0);
    const line = ran.stdout.split("\n").find((text) => text.startsWith(id));
    expect(line).toMatch(/menunggu ditinjau\s+3 jam\s+Cibitung\s+berita-kegiatan\s+Posyandu/);
  });

  it.each(["in_review", "sedang ditinjau"])("finds those in a state named %s", async (state) => {
    await review(["claim", id]);
    const { stdout } = await review(["list", "--state", state, "--json"]);
    const items: { id: string; state: string }[] = JSON.parse(stdout).items;
    expect(items.map((item) => item.id)).toContain(id);
    expect(new Set(items.map((item) => item.state))).toEqual(new Set(["in_review"]));
  });

  it("refuses unknown states and kecamatan with the nearest", async () => {
    const state = await review(["list", "--state", "disetujuii"]);
    expect(state.code).toBe(2);
    expect(state.stderr).toContain("Mungkin maksud Anda: disetujui");
    const kecamatan = await review(["list", "--kecamatan", "Stu"]);
    expect(kecamatan).toMatchObject({ code: 2 });
    expect((await review(["list", "--kecamatan", "Setu"])).stdout).toContain("Tidak ada naskah");
  });

  it("goes on after a page with --cursor", async () => {
    for (let n = 0; n < 51; n++) await operator.submit();
    const first = JSON.parse((await review(["list", "--json"])).stdout);
    expect(first.items).toHaveLength(50);
    const next = await review(["list", "--json", "--cursor", first.next_cursor]);
    expect(JSON.parse(next.stdout).items.length).toBeGreaterThan(0);
    expect((await review(["list"])).stderr).toContain(`--cursor ${first.next_cursor}`);
  });
});

describe("review list of what somebody asks for", () => {
  const editor = () => as(newsroom, editorToken);
  /** A submission that is out at a link; the path of its publication. */
  async function published() {
    const one = await operator.submit();
    await review(["claim", one]);
    await review(["approve", one, "--revision", "1", ...approval]);
    const link = { channel: "web", state: "published", url: `https://cibitung.example.go.id/${one}` };
    const { body } = await editor().post(`/submissions/${one}/publications`, link);
    return { one, publication: `/submissions/${one}/publications/${body.id}` };
  }

  it("marks it, puts what cannot wait on top, and shows no wait of what is over", async () => {
    const child = await published();
    const asked = await published();
    const over = await published();
    const correction = await published();
    const { content } = (await editor().get(`/submissions/${correction.one}`)).body;
    const changed = { content: { ...content, body: "Isi yang benar.", correction_note: "Jumlah keliru." } };
    await operator.put(`/submissions/${correction.one}`, changed, { "if-match": '"r1"' });
    await operator.post(`/submissions/${asked.one}/transitions`, { step: "ask_unpublish", reason: "Keliru" });
    await operator.post(`${child.publication}/take-down`, { cause: "child", reason: "orang tuanya meminta" });
    await operator.submit();
    const { stdout } = await review(["list"], {
      now: () => new Date(newsroom.clock.now.getTime() + 3 * 3_600_000),
    });
    const lines = stdout.split("\n");
    const lineOf = ({ one }: { one: string }) => lines.find((line) => line.startsWith(one));
    expect(lines.slice(1, 4).map((line) => line.slice(0, 36))).toEqual([
      child.one,
      asked.one,
      correction.one,
    ]);
    expect(lineOf(child)).toMatch(/diminta diturunkan \(anak\) · terbit\s+3 jam\s+Cibitung/);
    expect(lineOf(asked)).toMatch(/pengirim minta diturunkan · terbit\s+3 jam\s+Cibitung/);
    expect(lineOf(correction)).toMatch(/terbit, ralat menunggu ditinjau\s+3 jam\s+Cibitung/);
    expect(lineOf(over)).toMatch(/ terbit\s+Cibitung/);
    const { items } = JSON.parse((await review(["list", "--json"])).stdout);
    const item = items.find(({ id }: { id: string }) => id === child.one);
    expect(item.take_down).toMatchObject({ cause: "child" });
  });
});

describe("review show", () => {
  it("shows the article, its notes for the newsroom marked as such, the thread, and the steps as commands", async () => {
    await review(["claim", id]);
    await review(["comment", id, "--message", "Siapa narasumbernya?"]);
    const { stdout, code } = await review(["show", id]);
    expect(code).toBe(0);
    for (const words of [
      "Posyandu Balita Digelar di Desa Wanajaya",
      "Kegiatan berlangsung tertib.",
      "Siapa narasumbernya?",
      `kominfo review approve ${id} --revision 1`,
      `kominfo review return ${id} --reason`,
    ]) {
      expect(stdout).toContain(words);
    }
    expect(stdout).toMatch(/Hanya untuk redaksi.*\n {2}telepon: 0812/);
    expect(stdout).toMatch(
      /Riwayat\n.* mengirim naskah \(revisi 1\)\n.* mengambil naskah untuk ditinjau \(revisi 1\)/,
    );
  });

  it("shows nothing that moves the cursor or turns the text", async () => {
    const hostile = await operator.submit({
      title: "Judul \u001b[31mmerah\u202e",
      body: "Isi\u001b]8;;x\u0007 .\n",
    });
    const { stdout } = await review(["show", hostile]);
    expect(stdout).not.toMatch(/[\u001b\u202e\u0007]/);
    expect(stdout).toContain("Judul merah");
  });

  it("shows every revision in the history: the sender's while it waits with its message, and the editor's own", async () => {
    const { content } = (await as(newsroom, editorToken).get(`/submissions/${id}`)).body;
    const send = (who: ReturnType<typeof as>, n: number, body: string, message: string) =>
      who.put(`/submissions/${id}`, { content: { ...content, body }, message }, { "if-match": `"r${n}"` });
    const pass = () => {
      newsroom.clock.now = new Date(newsroom.clock.now.getTime() + 60_000);
    };
    pass();
    expect((await send(operator, 1, "Isi kedua.\n", "Jumlah ditambahkan")).status).toBe(200);
    pass();
    await review(["claim", id]);
    pass();
    expect((await send(as(newsroom, editorToken), 2, "Isi ketiga.\n", "Judul dipendekkan")).status).toBe(200);
    const { stdout } = await review(["show", id]);
    expect(stdout).toMatch(
      /Riwayat\n.* mengirim naskah \(revisi 1\)\n.* menyunting \(revisi 2\): Jumlah ditambahkan\n.* mengambil naskah untuk ditinjau \(revisi 2\)\n.* menyunting \(revisi 3\): Judul dipendekkan/,
    );
    const { revisions } = JSON.parse((await review(["show", id, "--json"])).stdout);
    expect(revisions).toMatchObject([
      { number: 1, message: null },
      { number: 2, message: "Jumlah ditambahkan" },
      { number: 3, message: "Judul dipendekkan" },
    ]);
  });

  it("offers a merge only into another report of the same event, which it names", async () => {
    const title = `Lomba Perahu Naga Situ Gede ${id.slice(-4)}`;
    const alone = await operator.submit({ title });
    expect((await review(["show", alone])).stdout).not.toContain("review merge");
    const twin = await operator.submit({ title: `${title} Meriah` });
    expect((await review(["show", alone])).stdout).toContain(`review merge ${alone} --into ${twin} --reason`);
  });

  it("shows who took what away, why and on what basis, in place of the words", async () => {
    const said = await as(newsroom, editorToken).post(`/submissions/${id}/comments`, { body: "KTP 3216" });
    const asked = { submission: id, comment: said.body.id, reason: "Diminta", legal_basis: "Pasal 8" };
    await as(newsroom, await newsroom.token("admin")).post("/redactions", asked);
    const { stdout } = await review(["show", id]);
    expect(stdout).not.toContain("3216");
    expect(stdout).toMatch(/Data yang dihapus\n {2}Sebuah catatan dihapus admin .*: Diminta \(Pasal 8\)/);
  });

  it("of a submission that is not there says so", async () => {
    const ran = await review(["show", "0199"]);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain("0199");
  });
});

describe("a step", () => {
  it("prints the submission as it is then", async () => {
    const { stdout } = await review(["claim", id, "--json"]);
    expect(JSON.parse(stdout)).toEqual({
      submission: { id, revision: 1, state: "in_review", url: `${newsroom.url}/api/v1/submissions/${id}` },
    });
  });

  it("to claim what one has already changes nothing, and is no entry of the history", async () => {
    await review(["claim", id]);
    const again = await review(["claim", id]);
    expect(again).toMatchObject({ code: 0, stderr: "" });
    expect(again.stdout).toContain("sudah Anda pegang (revisi 1)");
    const history = (await operator.get(`/submissions/${id}/transitions`)).body.items;
    expect(history.map(({ step }: { step: string }) => step)).toEqual(["submit", "claim"]);
    const colleague = { KOMINFO_NEWSROOM_TOKEN: await newsroom.token("editor") };
    expect((await review(["claim", id], { env: colleague })).stdout).toContain("sedang ditinjau");
  });

  it("returns with a reason, and the operator gets to read it", async () => {
    await review(["claim", id]);
    const ran = await review(["return", id, "--reason", "Lengkapi jabatan"]);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toContain("perlu perbaikan");
    const history = (await operator.get(`/submissions/${id}/transitions`)).body.items;
    expect(history.at(-1)).toMatchObject({ step: "return", reason: "Lengkapi jabatan" });
  });

  it("approves the revision that was read, for destinations and channels", async () => {
    await review(["claim", id]);
    const ran = await review(["approve", id, "--revision", "1", ...approval, "--message", "Bagus"]);
    expect(ran).toMatchObject({ code: 0 });
    const { approval: kept } = (await operator.get(`/submissions/${id}`)).body;
    expect(kept).toMatchObject({
      revision: 1,
      destinations: ["kabupaten"],
      channels: ["web", "instagram", "x"],
    });
    expect(kept.note).toBe("Bagus");
  });

  it("rejects", async () => {
    await review(["claim", id]);
    expect((await review(["reject", id, "--reason", "Sudah dimuat"])).stdout).toContain("tidak dimuat");
  });

  it("on another revision than the newest is stale", async () => {
    await review(["claim", id]);
    const editor = as(newsroom, editorToken);
    const { content } = (await editor.get(`/submissions/${id}`)).body;
    await editor.put(
      `/submissions/${id}`,
      { content: { ...content, body: "Lain." } },
      { "if-match": '"r1"' },
    );
    for (const argv of [
      ["approve", id, "--revision", "1", ...approval],
      ["return", id, "--revision", "1", "--reason", "x"],
    ]) {
      const ran = await review(argv);
      expect(ran.code).toBe(1);
      expect(ran.stderr).toContain("revisi 2");
    }
  });

  it("that the state does not allow names what is possible, and claiming never undoes a decision", async () => {
    expect((await review(["return", id, "--reason", "x"])).stderr).toContain("claim");
    await review(["claim", id]);
    await review(["approve", id, "--revision", "1", ...approval]);
    const ran = await review(["claim", id]);
    expect(ran.code).toBe(1);
    expect((await operator.get(`/submissions/${id}`)).body.state).toBe("approved");
  });

  it("of an operator is not allowed", async () => {
    const ran = await review(["claim", id], { env: { KOMINFO_NEWSROOM_TOKEN: operatorToken } });
    expect(ran.code).toBe(4);
  });

  it.each([
    [["return"], "--reason"],
    [["reject"], "--reason"],
    [["comment"], "--message"],
    [["approve", ...approval], "--revision"],
    [["approve", "--revision", "1", "--channel", "web"], "--destination"],
    [["approve", "--revision", "1", "--destination", "kabupaten"], "--channel"],
    [["approve", "--revision", "nol", ...approval], "--revision"],
    [["approve", "--revision", "1", "--destination", "kabupaten", "--channel", "tiktok"], "--channel"],
  ])("%j without a person to ask names the flag %s", async ([verb = "", ...flags], flag) => {
    const ran = await review([verb, id, ...flags]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(flag);
  });

  it("at a terminal asks for what is missing, and approves nothing that was not read", async () => {
    await review(["claim", id]);
    const unread = await review(["approve", id], { typed: [["Sudah Anda baca?", "\r"]] });
    expect(unread.code).toBe(130);
    const ran = await review(["approve", id], {
      typed: [
        ["Sudah Anda baca?", "y\r"],
        ["Tujuan", "\r"],
        ["Kanal", "web, x\r"],
      ],
    });
    expect(ran.code).toBe(0);
    const { approval: kept } = (await operator.get(`/submissions/${id}`)).body;
    expect(kept).toMatchObject({ revision: 1, destinations: ["kabupaten"], channels: ["web", "x"] });
  });
});

describe("approving photos that nobody has looked at", () => {
  let hashes: string[];
  let seed = 300;
  beforeEach(async () => {
    hashes = [];
    for (let n = 0; n < 3; n++) hashes.push(await uploadPhoto(newsroom, operatorToken, await jpeg(seed++)));
    const [first = "", second = "", third = ""] = hashes;
    id = await operator.submit({
      photos: [
        { ...photo(first), children: "none" },
        {
          ...photo(second),
          children: "unchecked",
          filename: "panen.jpg",
          alt: "Anak-anak\u001b[31m memanen",
        },
        { ...photo(third), children: "unchecked", filename: "senam.jpg" },
      ],
    });
    await review(["claim", id]);
  });
  const where = ["--revision", "1", "--destination", "kecamatan", "--channel", "web"];
  const approvalNow = async () => (await operator.get(`/submissions/${id}`)).body.approval;

  it("without a person to ask needs an answer for each, and sends nothing before", async () => {
    const ran = await review(["approve", id, ...where]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/Foto 2 \(panen\.jpg\), 3 \(senam\.jpg\) belum.*--photo/);
    expect(ran.stderr).toContain(`kominfo review show ${id}`);
    expect(ran.stderr).toContain("--photo 2=tidak-ada --photo 3=tidak-ada");
    const one = await review(["approve", id, ...where, "--photo", "2=tidak-ada"]);
    expect(one.code).toBe(2);
    expect(one.stderr).toContain("Foto 3 (senam.jpg)");
    expect(await approvalNow()).toBeNull();
  });

  it("takes answers by number and by hash, with who consented, when and for what", async () => {
    const consent = "2=ada-berizin:Ibu Ratna, S.Pd.,22 November 2026,laman, dan Instagram";
    const answers = ["--photo", consent, "--photo", `${hashes[2]!.slice(0, 8)}=ada-tak-dikenali`];
    const overrides = ["--override", "kalimat.panjang=Kutipan = langsung", "--override", "nama=Sudah dicek"];
    const ran = await review(["approve", id, ...where, ...answers, ...overrides]);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(await approvalNow()).toMatchObject({
      photos: [
        {
          sha256: hashes[1],
          children: "consented",
          consent: { by: "Ibu Ratna, S.Pd.", date: "2026-11-22", scope: "laman, dan Instagram" },
        },
        { sha256: hashes[2], children: "unrecognisable" },
      ],
      overrides: [
        { rule: "kalimat.panjang", key: "", reason: "Kutipan = langsung" },
        { rule: "nama", key: "", reason: "Sudah dicek" },
      ],
    });
    const { stdout } = await review(["show", id]);
    expect(stdout).toMatch(
      /panen\.jpg: ada, dengan izin orang tua; Ibu Ratna, S\.Pd\., 22 November 2026, untuk laman/,
    );
    expect(stdout).toContain("kalimat.panjang: Kutipan = langsung");
  });

  it("after a revoke offers what was chosen, and keeps what was seen in the same photos", async () => {
    const answers = ["--photo", "2=tidak-ada", "--photo", "3=ada-disamarkan"];
    await review(["approve", id, ...where.slice(0, 4), "--channel", "web,facebook", ...answers]);
    expect((await review(["revoke", id, "--reason", "Salah ejaan"])).code).toBe(0);
    const { stdout } = await review(["show", id]);
    expect(stdout).toContain(
      `review approve ${id} --revision 1 --destination kecamatan --channel web,facebook\n`,
    );
    expect(stdout).toMatch(
      /Yang dilihat editor di foto\n {2}panen\.jpg: tidak ada\n {2}senam\.jpg: ada, disamarkan/,
    );
    const ran = await review(["approve", id], {
      typed: [
        ["Sudah Anda baca?", "y\r"],
        ["Tujuan", "\r"],
        ["Kanal", "\r"],
      ],
    });
    expect(ran.code, ran.stderr).toBe(0);
    expect(await approvalNow()).toMatchObject({
      destinations: ["kecamatan"],
      channels: ["web", "facebook"],
      photos: [
        { sha256: hashes[1], children: "none" },
        { sha256: hashes[2], children: "masked" },
      ],
    });
    expect((await operator.get(`/submissions/${id}`)).body.last_approval).toBeNull();
  });

  it.each([
    ["--photo", "2"],
    ["--photo", "4=tidak-ada"],
    ["--photo", "0=tidak-ada"],
    ["--photo", "2=ya"],
    ["--photo", "2=belum-diperiksa"],
    ["--photo", "2=tidak-ada:Ibu Ratna,2026-11-22,laman"],
    ["--photo", "2=ada-berizin"],
    ["--photo", "2=ada-berizin:Ibu Ratna,laman"],
    ["--photo", "2=ada-berizin:Ibu Ratna,hari ini,laman"],
    ["--photo", "2=ada-berizin:,2026-11-22,laman"],
    ["--photo", "abcdef=tidak-ada"],
    ["--override", "kalimat.panjang"],
    ["--override", "=alasan"],
    ["--override", "kalimat.panjang= "],
  ])("%s %j is refused (exit 2) with a form that is right", async (flag, value) => {
    const ran = await review(["approve", id, ...where, "--photo", "3=tidak-ada", flag, value]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(`${flag} "`);
    expect(await approvalNow()).toBeNull();
  });

  it("at a terminal asks for each that no flag answers, beside its name, caption and alt text", async () => {
    const down = "\u001b[B";
    const ran = await review(["approve", id, ...where.slice(0, 4), "--photo", "3=ada-disamarkan"], {
      typed: [
        ["Ada anak di foto ini?", `${down}${down}\r`],
        ["Izin dari siapa?", "Ibu Ratna\r"],
        ["Kapan izinnya diberikan?", "22 November 2026\r"],
        ["Untuk apa izinnya?", "laman\r"],
        ["Kanal", "\r"],
      ],
    });
    expect(ran.code, ran.stderr).toBe(0);
    const shown = ran.stdout + ran.stderr;
    for (const words of [
      `Lihat di meja redaksi: ${newsroom.url}/submissions/${id}`,
      "Foto 2 dari 3: panen.jpg",
      "Kader menimbang balita.",
      "Anak-anak memanen",
    ])
      expect(shown).toContain(words);
    expect(shown).not.toContain("senam.jpg");
    expect(shown).not.toContain("Anak-anak\u001b[31m");
    expect((await approvalNow()).photos).toEqual([
      { sha256: hashes[2], children: "masked" },
      {
        sha256: hashes[1],
        children: "consented",
        consent: { by: "Ibu Ratna", date: "2026-11-22", scope: "laman" },
      },
    ]);
  });
});

describe("approving at a terminal with a photo that was not seen", () => {
  it("approves nothing by Enter alone, and names the photo", async () => {
    const hash = await uploadPhoto(newsroom, operatorToken, await jpeg(399));
    const one = await operator.submit({
      photos: [{ ...photo(hash), children: "unchecked", filename: "panen.jpg" }],
    });
    await review(["claim", one]);
    const ran = await review(["approve", one, "--revision", "1", ...approval], {
      typed: [["Ada anak di foto ini?", "\r"]],
    });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("Foto 1 (panen.jpg) belum diperiksa");
    expect((await operator.get(`/submissions/${one}`)).body.approval).toBeNull();
  });
});

describe("review of what is not there or not whole", () => {
  it("says of the beginning of an id that it is one, and where the whole one is shown", async () => {
    const ran = await review(["claim", id.slice(0, 8)]);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain(`"${id.slice(0, 8)}" bukan nomor naskah yang lengkap`);
    expect(ran.stderr).toContain("kominfo review list");
    expect(ran.stderr).toContain("Atau pilih dari daftar: kominfo review show");
    const absent = await review(["claim", "0199aaaa-0000-7000-8000-000000000000"]);
    expect(absent.stderr).not.toMatch(/lengkap|kecamatan/);
    expect(absent.stderr).toContain("kominfo review list");
  });
});
