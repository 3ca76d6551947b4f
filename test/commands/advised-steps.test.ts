import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { as, startNewsroom, type TestNewsroom } from "../newsroom/support/newsroom.js";
import { type Laptop, openLaptop } from "../support/laptop.js";

/** What is advised in a state is typed there: none of it is refused, but where an account of a channel is missing. */

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

const run = (role: keyof typeof tokens, argv: string[], language = "id") =>
  laptop.run(["--lang", language, ...argv], {
    env: { KOMINFO_NEWSROOM_TOKEN: tokens[role] },
    now: () => newsroom.clock.now,
  });

interface Post {
  slug: string;
  id: string;
  link: string;
}
let made = 0;
async function submitted(): Promise<Post> {
  const n = ++made;
  const answers = {
    judul: `Musrenbang Cibitung ke-${n}`,
    ...{ kegiatan: "Musrenbang", lokasi: "Aula", uraian: "Ada 40 usulan.", tanggal: "16/11/2026" },
  };
  const set = Object.entries(answers).flatMap(([key, value]) => ["--set", `${key}=${value}`]);
  const created = await run("operator", ["post", "new", "berita-kegiatan", ...set, "--json"]);
  const { slug } = JSON.parse(created.stdout).post;
  const { submission } = JSON.parse((await run("operator", ["post", "submit", slug, "--json"])).stdout);
  return { slug, id: submission.id, link: `https://www.instagram.com/p/C${n}/` };
}

type Act = (post: Post) => Promise<unknown>;
const review =
  (...argv: string[]): Act =>
  async ({ id, link }) => {
    const [verb = "", ...more] = argv.map((word) => (word === "LINK" ? link : word));
    const ended = await run("editor", ["review", verb, id, ...more]);
    expect(ended.code, ended.stderr).toBe(0);
  };
const api =
  (role: keyof typeof tokens, step: string): Act =>
  ({ id }) =>
    as(newsroom, tokens[role]).post(`/submissions/${id}/transitions`, { step, reason: "Fotonya keliru." });
const why = ["--reason", "Fotonya keliru."];
const approve: Act[] = [
  review("claim"),
  review(
    "approve",
    "--revision",
    "1",
    "--destination",
    "kabupaten",
    "--destination",
    "kecamatan",
    "--channel",
    "instagram",
  ),
];
const published = [...approve, review("record", "LINK")];
const askedDown = [...published, review("unpublish", ...why)];
const takenDown = [...askedDown, review("record", "LINK", "--taken-down", ...why)];
/** A correction of what is out, as its sender sends it. */
const corrected: Act = async ({ id }) => {
  const operator = as(newsroom, tokens.operator);
  const { content } = (await operator.get(`/submissions/${id}`)).body;
  const revision = { content: { ...content, body: "Ada 41 usulan.", correction_note: "Jumlahnya 41." } };
  const sent = await operator.put(`/submissions/${id}`, revision, { "if-match": '"r1"' });
  expect(sent.status).toBe(200);
};
const states: [string, Act[]][] = [
  ["submitted", []],
  ["approved", approve],
  ["withdrawal asked for", [...approve, api("operator", "ask_withdrawal")]],
  ["rejected", [review("claim"), review("reject", ...why)]],
  ["recorded by hand", published],
  ["take-down asked for by its sender", [...published, api("operator", "ask_unpublish")]],
  ["to be taken down", askedDown],
  ["taken down", takenDown],
  [
    "taken down at its sender's request",
    [...published, api("operator", "ask_unpublish"), ...askedDown.slice(-1), ...takenDown.slice(-1)],
  ],
  ["correction in review", [...published, corrected, review("claim")]],
  [
    "correction in review, taken down",
    [...published, corrected, review("unpublish", ...why), review("record", "LINK", "--taken-down", ...why)],
  ],
];

/** The printed commands of this group, as a person would type them. */
function commandsIn(text: string, group: string): string[][] {
  const lines = text.match(new RegExp(`kominfo ${group} [^\\n]*`, "g")) ?? [];
  return lines.map((line) =>
    [...line.replace(/[.,;)]+$/, "").matchAll(/"([^"]*)"|(\S+)/g)]
      .slice(1)
      .map(([, quoted, bare]) => quoted ?? bare ?? ""),
  );
}

describe.each(["id", "en"])("in %s, a post that is", (language) => {
  it.each(states)("%s", async (_name, acts) => {
    const post = await submitted();
    for (const act of acts) await act(post);
    const status = await run("operator", ["post", "status", post.slug], language);
    expect(status.code, status.stderr).toBe(0);
    const shown = await run("editor", ["review", "show", post.id], language);
    expect(shown.code, shown.stderr).toBe(0);
    const bySender = commandsIn(status.stdout, "post");
    for (const [, verb = "", ...rest] of bySender) {
      // These open an editor or a page in the browser.
      if (verb === "edit" || verb === "preview") continue;
      const more = verb === "withdraw" ? why : verb === "delete" || verb === "publish" ? ["--yes"] : [];
      const words = verb === "status" ? [post.slug] : rest;
      const ended = await run("operator", ["post", verb, ...words, ...more], language);
      const isLackingAccount = verb === "publish" && /auth login instagram/.test(ended.stderr);
      expect({ verb, words, stderr: ended.stderr, ok: ended.code === 0 || isLackingAccount }).toEqual({
        verb,
        words,
        stderr: ended.stderr,
        ok: true,
      });
    }
    // One of the editor's: each would change what the others are about.
    const [step] = commandsIn(shown.stdout, "review").filter(
      ([, verb]) => verb !== "approve" && verb !== "merge",
    );
    const isAlone = bySender.some(([, verb]) => verb === "withdraw" || verb === "delete");
    if (!step || isAlone) return;
    const ended = await run(
      "editor",
      step.map((word) => (word === "…" ? "Fotonya keliru." : word)),
      language,
    );
    expect({ step, stderr: ended.stderr, code: ended.code }).toMatchObject({ code: 0 });
  });
});

describe("a correction that is in review", () => {
  it("stands in the list and the status beside what is out, with its link", async () => {
    const post = await submitted();
    for (const act of [...published, corrected, review("claim")]) await act(post);
    const one = await run("operator", ["post", "status", post.slug]);
    expect(one.stdout).toContain("terbit, ralat sedang ditinjau");
    expect(one.stdout).toContain(post.link);
    for (const argv of [
      ["post", "list"],
      ["post", "status"],
    ]) {
      const { stdout } = await run("operator", argv);
      expect(stdout).toContain("terbit, ralat sedang ditinjau");
      expect(stdout).toContain(post.link);
    }
  });
});
