import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { as, startNewsroom, type TestNewsroom } from "../newsroom/support/newsroom.js";
import type { HostOptions } from "../support/host.js";
import { type Laptop, openLaptop } from "../support/laptop.js";

let newsroom: TestNewsroom;
let laptop: Laptop;
let tokens: Record<"operator" | "editor", string>;

beforeAll(async () => {
  newsroom = await startNewsroom();
  laptop = await openLaptop(newsroom.url);
  tokens = { operator: await newsroom.token("operator"), editor: await newsroom.token("editor") };
});
afterAll(async () => {
  await newsroom.remove();
  await laptop.remove();
});

const run = (role: keyof typeof tokens, argv: string[], options: Partial<HostOptions> = {}) =>
  laptop.run(argv, {
    env: { KOMINFO_NEWSROOM_TOKEN: tokens[role] },
    now: () => newsroom.clock.now,
    ...options,
  });
const post = (...argv: string[]) => run("operator", ["post", ...argv]);
const review = (...argv: string[]) => run("editor", ["review", ...argv]);

const instagram = "https://www.instagram.com/p/Cx1/";
let made = 0;

/** A post of its own that was submitted: its slug and its number at the newsroom. */
async function submitted(): Promise<{ slug: string; id: string }> {
  const answers = {
    judul: `Musrenbang Cibitung ke-${++made}`,
    kegiatan: "Musrenbang",
    lokasi: "Aula",
    uraian: "Ada 40 usulan.",
    tanggal: "16/11/2026",
  };
  const set = Object.entries(answers).flatMap(([key, value]) => ["--set", `${key}=${value}`]);
  const { slug } = JSON.parse((await post("new", "berita-kegiatan", ...set, "--json")).stdout).post;
  const { submission } = JSON.parse((await post("submit", slug, "--json")).stdout);
  return { slug, id: submission.id };
}

async function approved(...channels: string[]) {
  const one = await submitted();
  await review("claim", one.id);
  const chosen = channels.flatMap((channel) => ["--channel", channel]);
  await review("approve", one.id, "--revision", "1", "--destination", "kabupaten", ...chosen);
  return one;
}

const submission = async (id: string) =>
  (await as(newsroom, tokens.editor).get(`/submissions/${id}`)).body as {
    state: string;
    shown: string;
    asked: string | null;
    publications: { channel: string; url: string; by: { name: string } }[];
  };

describe("post record", () => {
  it("tells the newsroom where an approved post is out, once however often it is told", async () => {
    const { slug, id } = await approved("instagram");
    const first = await post("record", slug, "--url", instagram);
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toMatch(
      /Tercatat: Instagram · terbit · .* · https:\/\/www\.instagram\.com\/p\/Cx1\//,
    );
    const again = await post("record", slug, "--url", "https://WWW.instagram.com/p/Cx1/", "--json");
    expect(JSON.parse(again.stdout)).toMatchObject({
      publication: { channel: "instagram", state: "published", url: instagram },
      submission: { id, revision: 1, state: "approved" },
    });
    expect((await review("record", id, instagram)).code).toBe(0);
    const seen = await submission(id);
    expect(seen).toMatchObject({ shown: "published", publications: [{ url: instagram }] });
    const week = await as(newsroom, tokens.operator).get("/reports/weekly?week=2026-W47");
    expect(week.body.channels).toContainEqual({ channel: "instagram", published: 1 });
    expect((await review("show", id)).stdout).toMatch(/Tayangan\n {2}Instagram · terbit · /);
  });

  it("takes a submission's number, on a computer that has no such post, as post status does", async () => {
    const { slug, id } = await approved("instagram");
    const other = await openLaptop(newsroom.url);
    const elsewhere = async (...argv: string[]) => {
      const ended = await other.run(["post", ...argv, "--json"], {
        env: { KOMINFO_NEWSROOM_TOKEN: tokens.operator },
        now: () => newsroom.clock.now,
      });
      expect(ended).toMatchObject({ code: 0, stderr: "" });
      return JSON.parse(ended.stdout);
    };
    expect((await elsewhere("status", id)).next).toContain(`kominfo post publish ${id}`);
    expect(await elsewhere("record", id, "--url", instagram)).toMatchObject({ submission: { id } });
    const there = await elsewhere("status", `${newsroom.url}/submissions/${id}`);
    expect(there).toMatchObject({ post: null, submission: { id }, publications: [{ url: instagram }] });
    // What is published is mended where the post lies: it has to be fetched first.
    expect(there.next).toEqual([`kominfo post pull ${id}`]);
    await other.remove();
    // Where the post is, its number names it too.
    const here = await post("status", id, "--json");
    expect(JSON.parse(here.stdout)).toMatchObject({ post: { slug }, submission: { id } });
  });

  it("takes the channel of a link that tells none from --channel, and asks for it at a terminal", async () => {
    const { slug, id } = await approved("web");
    const link = "https://cibitung.example/musrenbang";
    const untold = await post("record", slug, "--url", link);
    expect([untold.code, untold.stderr]).toEqual([2, expect.stringContaining("--channel")]);
    const asked = await run("operator", ["post", "record", slug], {
      typed: [
        ["Alamat tayangan", `${link}\r`],
        ["Di kanal mana?", "\r"],
      ],
    });
    expect(asked.code).toBe(0);
    expect((await post("record", slug, "--url", link, "--channel", "web")).code).toBe(0);
    expect((await submission(id)).publications).toHaveLength(1);
  });

  it("takes a record-only channel whatever was approved, and no other that was not", async () => {
    const { slug, id } = await approved("web");
    const video = "https://www.tiktok.com/@kecamatancibitung/video/1";
    expect((await post("record", slug, "--url", video)).stdout).toContain("Tercatat: TikTok · terbit");
    const refused = await post("record", slug, "--url", "https://x.com/kominfo/status/1", "--json");
    expect(JSON.parse(refused.stderr).error.code).toBe("channel-not-approved");
    expect((await submission(id)).publications).toMatchObject([{ channel: "tiktok", url: video }]);
    const over = { channel: "x", url: "https://x.com/kominfo/status/1", state: "published" };
    const direct = await as(newsroom, tokens.editor).post(`/submissions/${id}/publications`, over);
    expect([direct.status, direct.body.errors?.[0]?.pointer]).toEqual([422, "/channel"]);
    const week = await as(newsroom, tokens.operator).get("/reports/weekly?week=2026-W47");
    expect(week.body.channels).toContainEqual({ channel: "tiktok", published: 1 });
  });

  it("says what is wrong with a link, and records nothing", async () => {
    const { slug, id } = await approved("instagram");
    const cases: [string[], number, string][] = [
      [["--url", "http://www.instagram.com/p/Cx1/"], 2, "https://"],
      [["--url", instagram, "--channel", "web"], 2, "Alamat itu di Instagram, bukan Web."],
      [["--url", "https://x.com/kominfo/status/1"], 1, "tidak disetujui untuk X"],
      [["--url", "https://www.instagram.com/kec.cibitung/"], 2, "bukan kirimannya"],
      [["--url", "https://evil.example/x", "--channel", "instagram"], 2, "bukan alamat Instagram"],
      [[], 2, "--url"],
    ];
    for (const [flags, code, words] of cases) {
      const ran = await post("record", slug, ...flags);
      expect([ran.code, ran.stderr]).toEqual([code, expect.stringContaining(words)]);
    }
    expect((await submission(id)).publications).toEqual([]);
  });

  it("waits for the approval and for the embargo", async () => {
    const { slug, id } = await submitted();
    const early = await post("record", slug, "--url", instagram);
    expect([early.code, early.stderr]).toEqual([1, expect.stringContaining("menunggu ditinjau")]);
    await review("claim", id);
    const approval = {
      destinations: ["kabupaten"],
      channels: ["instagram"],
      not_before: "2026-11-30T02:00:00Z",
    };
    const step = { step: "approve", approval };
    await as(newsroom, tokens.editor).post(`/submissions/${id}/transitions`, step, { "if-match": '"r1"' });
    const embargoed = await post("record", slug, "--url", instagram);
    expect([embargoed.code, embargoed.stderr]).toEqual([1, expect.stringContaining("09.00 WIB")]);
  });
});

describe("what a sender asks for", () => {
  it("is confirmed by an editor: the approved submission is withdrawn", async () => {
    const { slug, id } = await approved("web");
    expect((await review("confirm-withdrawal", id)).code).toBe(1);
    expect((await post("withdraw", slug, "--reason", "Ditunda")).stdout).toContain("editor diminta");
    const shown = await review("show", id);
    expect(shown.stdout).toContain("pengirim minta dibatalkan");
    expect(shown.stdout).toContain(`kominfo review confirm-withdrawal ${id}`);
    expect((await review("confirm-withdrawal", id)).stdout).toContain("dibatalkan pengirim");
    expect(await submission(id)).toMatchObject({ state: "withdrawn", asked: null });
  });

  it("is declined with a reason, and what is out stays out", async () => {
    const { slug, id } = await approved("instagram");
    await post("record", slug, "--url", instagram);
    const asked = await post("withdraw", slug, "--reason", "Salah foto");
    expect(asked.stdout).toContain("editor diminta menurunkannya");
    expect((await submission(id)).asked).toBe("unpublish");
    expect((await review("decline", id)).stderr).toContain("--reason");
    expect((await review("decline", id, "--reason", "Fotonya benar")).code).toBe(0);
    expect(await submission(id)).toMatchObject({ asked: null, shown: "published" });
  });
});

describe("post edit of what is out", () => {
  it("asks for the sentence that tells readers what is corrected, without which the correction cannot be sent", async () => {
    const { slug } = await approved("instagram");
    await post("record", slug, "--url", instagram);
    const index = path.join(laptop.workspace, "posts", slug, "index.md");
    await writeFile(
      index,
      (await readFile(index, "utf8")).replace(/^judul: .*$/m, 'judul: "Judul yang Benar"'),
    );
    const ran = await run("operator", ["post", "edit", slug], {
      typed: [
        [/\? Jawaban mana/, "\r"],
        [/\? Buka isi/, "t\r"],
        [/\? Ralat: satu kalimat/, "Usulannya 41, bukan 40.\r"],
      ],
    });
    expect(ran.code).toBe(0);
    expect(await readFile(index, "utf8")).toContain('ralat: "Usulannya 41, bukan 40."');
    const again = await run("operator", ["post", "edit", slug], {
      typed: [
        [/\? Jawaban mana/, "\r"],
        [/\? Buka isi/, "t\r"],
        [/Ralat: satu kalimat[\s\S]*bukan 40\./, " Maaf.\r"],
      ],
    });
    expect(again.code).toBe(0);
    expect(await readFile(index, "utf8")).toContain('ralat: "Usulannya 41, bukan 40. Maaf."');
    expect((await post("submit", slug)).code).toBe(0);
  });
});

describe("a correction on Instagram", () => {
  it("is shown by post status as not made yet, with the text to paste, until its link is recorded", async () => {
    const { slug, id } = await approved("instagram");
    await post("record", slug, "--url", instagram);
    const [operator, editor] = [as(newsroom, tokens.operator), as(newsroom, tokens.editor)];
    const { content } = (await operator.get(`/submissions/${id}`)).body;
    const corrected = { content: { ...content, correction_note: "Usulannya 41, bukan 40." } };
    await operator.put(`/submissions/${id}`, corrected, { "if-match": '"r1"' });
    await review("claim", id);
    const approval = { destinations: ["kabupaten"], channels: ["instagram"] };
    const step = { step: "approve", approval };
    const done = await editor.post(`/submissions/${id}/transitions`, step, { "if-match": '"r2"' });
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    const { stdout } = await post("status", slug);
    expect(stdout).toContain("Instagram · belum diralat");
    expect(stdout).toContain("Usulannya 41, bukan 40.");
    const { uncorrected } = JSON.parse((await post("status", slug, "--json")).stdout);
    expect(uncorrected).toMatchObject([{ channel: "instagram", url: instagram }]);
    expect((await post("record", slug, "--url", instagram)).code).toBe(0);
    expect((await post("status", slug)).stdout).not.toContain("belum diralat");
  });
});

describe("a correction of a link that was recorded by hand", () => {
  const link = "https://cibitung.example/berita/ralat";
  const recorded = ["--url", link, "--channel", "web"];

  it("is left to whoever put it there: shown, never published again, until its link is recorded anew", async () => {
    const { slug, id } = await submitted();
    await review("claim", id);
    await review("approve", id, "--revision", "1", "--destination", "kecamatan", "--channel", "web");
    await post("record", slug, ...recorded);
    const all = await post("publish", slug);
    expect(all).toMatchObject({ code: 0, stdout: expect.stringContaining("Web: sudah terbit") });
    expect(all.stdout + all.stderr).toContain("tidak ada yang dikirim");
    expect(all.stderr).not.toContain("auth login");
    const dry = JSON.parse((await post("publish", slug, "--dry-run", "--json")).stdout);
    expect(dry).toEqual({ plan: [], cost_usd: 0, bytes: 0 });

    const [operator, editor] = [as(newsroom, tokens.operator), as(newsroom, tokens.editor)];
    const { content } = (await operator.get(`/submissions/${id}`)).body;
    const corrected = { content: { ...content, correction_note: "Usulannya 41, bukan 40." } };
    await operator.put(`/submissions/${id}`, corrected, { "if-match": '"r1"' });
    await review("claim", id);
    const approval = { destinations: ["kecamatan"], channels: ["web", "facebook"] };
    const step = { step: "approve", approval };
    await editor.post(`/submissions/${id}/transitions`, step, { "if-match": '"r2"' });

    const again = `kominfo post record ${slug} --url ${link}`;
    const { stdout } = await post("status", slug);
    expect(stdout).toContain("Web · belum diralat");
    expect(stdout).toContain("Usulannya 41, bukan 40.");
    expect(stdout).not.toContain("<p>");
    expect(stdout).toContain("Facebook · belum terbit");
    expect(stdout).toContain(again);
    const published = await post("publish", slug, "--to", "web");
    expect(published).toMatchObject({ code: 3, stdout: expect.stringContaining("Web: belum diralat") });
    expect(published.stderr).toContain("jangan terbitkan sekali lagi");
    const rest = await post("publish", slug);
    expect([rest.code, rest.stderr]).toEqual([4, expect.stringContaining("disetujui: facebook.")]);

    expect((await post("record", slug, ...recorded)).code).toBe(0);
    const after = (await post("status", slug)).stdout;
    expect(after).not.toContain("belum diralat");
    // Of one address there is one line.
    expect(after.split(link)).toHaveLength(2);
  });
});

describe("post unpublish of a link that was recorded by hand", () => {
  it("asks what it can do, names the address once, and notes the request for the editors", async () => {
    const { slug, id } = await submitted();
    await review("claim", id);
    await review("approve", id, "--revision", "1", "--destination", "kecamatan", "--channel", "instagram");
    await post("record", slug, "--url", instagram);
    const asked = await run("operator", ["post", "unpublish", slug], {
      typed: [
        ["Mengapa harus diturunkan?", "\r"],
        ["Jelaskan singkat", "orang tuanya meminta\r"],
        ["Catat permintaan ini untuk editor?", "y\r"],
      ],
    });
    expect(asked.code).toBe(3);
    expect(asked.stdout).toContain("Permintaannya sudah dicatat untuk editor.");
    expect(asked.stdout.split(instagram)).toHaveLength(2);
    expect(asked.stderr).not.toContain("terbitan sekarang");
    const { next } = JSON.parse((await post("status", slug, "--json")).stdout);
    expect(next.join()).toContain(instagram);
    expect(next.join()).not.toContain("kominfo sync");
  });
});

describe("review record --taken-down", () => {
  const gone = (id: string, link: string, ...more: string[]) =>
    review("record", id, link, "--taken-down", "--reason", "Foto keliru", ...more);
  /** Out at a link that a person has recorded, with a request to take it down. */
  async function wantedDown() {
    const made = await approved("instagram");
    await post("record", made.slug, "--url", instagram);
    const asked = await review("unpublish", made.id, "--reason", "Foto keliru");
    return { ...made, asked };
  }

  it("is what review unpublish and review show name for a link that was recorded by hand, and ends it", async () => {
    const { id, asked } = await wantedDown();
    const command = `kominfo review record ${id} ${instagram} --taken-down --reason "…"`;
    expect(asked.stdout).toContain("diminta diturunkan");
    expect(asked.stdout).toContain("harus dihapus di tempatnya, lalu catat:");
    expect(asked.stdout).toContain(command);
    const before = (await review("show", id)).stdout;
    expect(before).toContain(command);
    expect(before).not.toContain("kominfo review unpublish");
    expect(before).toContain("memutuskan terbitannya diturunkan (revisi 1): Foto keliru");
    const ended = await gone(id, "https://WWW.instagram.com/p/Cx1/", "--json");
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({
      publication: { state: "unpublished", url: instagram, take_down: null },
      submission: { id, revision: 1, state: "approved" },
    });
    const after = (await review("show", id)).stdout;
    expect(after).not.toMatch(/--taken-down|review unpublish/);
    expect(await submission(id)).toMatchObject({ shown: "unpublished" });
    // Once more changes nothing.
    expect((await gone(id, instagram)).code).toBe(0);
  });

  it("names what is recorded where the link is another one, and changes nothing", async () => {
    const { id } = await wantedDown();
    const other = await gone(id, "https://www.instagram.com/p/Cx2/");
    expect(other).toMatchObject({ code: 1, stdout: "" });
    expect(other.stderr).toContain(`Yang tercatat terbit: ${instagram}`);
    expect(await submission(id)).toMatchObject({ shown: "published" });
  });

  it("needs a reason, and takes one for nothing else", async () => {
    const { id } = await wantedDown();
    const silent = await review("record", id, instagram, "--taken-down");
    expect(silent).toMatchObject({ code: 2, stderr: expect.stringContaining("--reason") });
    const alone = await review("record", id, instagram, "--reason", "Foto keliru");
    expect(alone).toMatchObject({ code: 2, stderr: expect.stringContaining("--taken-down") });
    expect(await submission(id)).toMatchObject({ shown: "published" });
  });
});
