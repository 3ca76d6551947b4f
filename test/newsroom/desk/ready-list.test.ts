import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ChannelName } from "../../../src/channels/registry.js";
import type { PublicationState } from "../../../src/contract/lifecycle.js";
import { publicationStates } from "../../../src/contract/lifecycle.js";
import { leadingState } from "../../../src/newsroom/services/publishing/ready-list.js";
import { type Scene, setScene } from "../publishing/scene.js";
import { deskOf } from "./browser.js";

/* An operator with two hundred approved posts finds the one: by its title, its channel, and what is not out yet. */

interface Post {
  title: string;
  channels: ChannelName[];
  publications: { channel: ChannelName; state: PublicationState; reason: string | null }[];
}

const all: ChannelName[] = ["web", "facebook", "instagram", "x"];
let scene: Scene;
let siti: Awaited<ReturnType<ReturnType<typeof deskOf>["enter"]>>;
const posts: Post[] = [];
const { join, enter } = deskOf(() => scene.newsroom);

/** Numbers below `end`, the same ones each time. */
let seed = 7;
function next(end: number): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
  return Math.floor((seed / 2 ** 31) * end);
}

/** What one channel may have seen, and whether somebody still has to bring it there. */
const histories: [Post["publications"][number]["state"][], "open" | "out"][] = [
  [[], "open"],
  [["planned"], "open"],
  [["scheduled"], "open"],
  [["publishing"], "open"],
  [["unclear"], "open"],
  [["handed_over"], "open"],
  [["failed"], "open"],
  [["published"], "out"],
  [["failed", "published"], "out"],
  [["published", "unpublished"], "out"],
  [["unpublished"], "out"],
  [["unpublished", "scheduled"], "open"],
  [["unpublished", "failed"], "open"],
];

beforeAll(async () => {
  scene = await setScene();
  await join("Siti", "operator");
  const post = async (channels: ChannelName[], publications: Post["publications"]) => {
    const n = posts.length + 1;
    const title = `${n % 3 === 0 ? "Posyandu" : "Panen"} nomor ${n}.`;
    const id = await scene.approved({ title }, { destinations: ["kecamatan"], channels });
    for (const one of publications) await record(id, one, 1);
    posts.unshift({ title, channels, publications });
    return id;
  };
  for (const [states] of histories)
    await post(
      ["x"],
      states.map((state) => ({ channel: "x", state, reason: null })),
    );
  // Taken down, and a plan since that an editor has cancelled.
  await post(
    ["x"],
    [
      { channel: "x", state: "unpublished", reason: null },
      { channel: "x", state: "failed", reason: "cancelled" },
    ],
  );
  // An earlier revision's does not count.
  await record(await post(["x"], []), { channel: "x", state: "published", reason: null }, 0);
  // Neither does an earlier approval.
  const again = await post(["web"], [{ channel: "web", state: "published", reason: null }]);
  await scene.newsroom.stores(({ store }) =>
    store
      .insertInto("approvals")
      .columns(["id", "submission_id", "revision", "destinations", "channels", "by_id", "at", "own_revision"])
      .expression(
        store
          .selectFrom("approvals")
          .select((of) => of.val("00000000-0000-7000-8000-000000000000").as("id"))
          .select(["submission_id", "revision", "destinations"])
          .select((of) => of.val('["web","x"]').as("channels"))
          .select(["by_id", "at", "own_revision"])
          .where("submission_id", "=", again),
      )
      .execute(),
  );
  for (let n = 0; n < 13; n++) {
    const chosen = all.filter(() => next(2) === 0);
    const channels: ChannelName[] = chosen.length > 0 ? chosen : ["x"];
    const publications = Array.from({ length: next(6) }, () => ({
      channel: channels[next(channels.length)]!,
      // Most are out, so that some posts are out everywhere.
      state: next(2) === 0 ? "published" : publicationStates[next(publicationStates.length)]!,
      reason: null,
    }));
    await post(channels, publications);
  }
  siti = await enter("Siti");
}, 60_000);
afterAll(() => scene.remove());

async function record(id: string, one: Post["publications"][number], revision: number): Promise<void> {
  await scene.newsroom.stores(async ({ store }) => {
    const { by_id } = await store.selectFrom("approvals").select("by_id").executeTakeFirstOrThrow();
    const nothing = { scheduled_for: null, published_at: null, unpublished_at: null, url: null, slot: null };
    const row = { ...nothing, submission_id: id, revision, account: "", by_id, correction: 0, ...one };
    const made = { id: randomUUID(), created_at: "2026-11-17T00:00:00Z", remote_id: null };
    await store
      .insertInto("publications")
      .values({ ...row, ...made })
      .execute();
  });
}

const titlesOn = (page: string) => page.match(/(?<=<h3><a [^>]*>)[^<]+/g) ?? [];
const isDone = ({ publications }: Post, channel: ChannelName) =>
  ["published", "unpublished"].includes(
    leadingState(publications.filter((one) => one.channel === channel && one.reason === null)) ?? "",
  );

describe("the views and the channel", () => {
  it.each(histories)("of one channel with %j say %s", async (states, view) => {
    const n = histories.findIndex(([other]) => other === states) + 1;
    const titles = titlesOn((await siti.get(`/ready?view=${view}&q=nomor ${n}.`)).text);
    expect(titles).toContain(posts.at(-n)!.title);
  });

  it.each(["" as const, ...all])("list what is open, out, or either, on channel “%s”", async (channel) => {
    const ofChannel = posts.filter(({ channels }) => channel === "" || channels.includes(channel));
    const isOut = (post: Post) =>
      post.channels.every((one) => (channel !== "" && one !== channel) || isDone(post, one));
    const expected: Record<string, string[]> = {
      open: ofChannel.filter((post) => !isOut(post)).map(({ title }) => title),
      out: ofChannel.filter(isOut).map(({ title }) => title),
      all: ofChannel.map(({ title }) => title),
    };
    for (const [view, titles] of Object.entries(expected)) {
      const { text } = await siti.get(`/ready?view=${view}&channel=${channel}`);
      expect(titles.length, view).toBeGreaterThan(0);
      expect(titlesOn(text), view).toEqual(titles);
    }
    expect(titlesOn((await siti.get(`/ready?channel=${channel}`)).text)).toEqual(expected.open);
  });
});

describe("what was asked to be taken down", () => {
  it("is open on no channel, whether or not it was out, until an editor plans it again", async () => {
    const id = await scene.approved(
      { title: "Dihentikan sebelum tayang" },
      { destinations: ["kecamatan"], channels: ["web", "x"] },
    );
    const address = await scene.planned(id);
    const view = async (name: string) => {
      const { text } = await siti.get(`/ready?view=${name}&q=dihentikan sebelum`);
      return titlesOn(text);
    };
    const title = "Dihentikan sebelum tayang";
    expect([await view("open"), await view("out")]).toEqual([[title], []]);
    const asked = { cause: "child", reason: "Orang tua meminta." };
    expect((await scene.operator.post(`${address}/take-down`, asked)).body.state).toBe("failed");
    expect([await view("open"), await view("out")]).toEqual([[], [title]]);
    const { text } = await siti.get("/ready?view=out&q=dihentikan sebelum");
    expect(text.match(/tag-stopped">[^<]*dihentikan/g)).toHaveLength(2);
    expect(text).not.toContain("belum di");

    expect((await scene.editor.put(address, { state: "planned" })).status).toBe(200);
    expect([await view("open"), await view("out")]).toEqual([[title], []]);
  });
});

describe("the search", () => {
  it("finds a part of the title in any case, within the view, and says what it looks for", async () => {
    const { text } = await siti.get("/ready?q=pOSYANDU&view=all");
    expect(titlesOn(text)).toEqual(
      posts.map(({ title }) => title).filter((title) => title.includes("Posyandu")),
    );
    expect(text).toContain('value="pOSYANDU"');
    expect(text).toContain('<input type="hidden" name="view" value="all">');
    expect(text).toContain('<a href="/ready?view=all">Hapus saringan</a>');
    // A view keeps the filters.
    expect(text).toContain('href="/ready?view=out&amp;q=pOSYANDU"');
    const { text: none } = await siti.get("/ready?q=nirwana");
    expect(none).toContain("Tidak ada naskah yang cocok dengan saringan ini.");
  });

  it("takes what is odd for text or for nothing", async () => {
    const open = titlesOn((await siti.get("/ready")).text);
    for (const odd of ["?view=x", "?view=all&view=out", "?channel=nirwana", "?channel=%25", "?q=%00", "?q="])
      expect(titlesOn((await siti.get(`/ready${odd}`)).text), odd).toEqual(open);
    for (const odd of ["?q=%25", "?q=' or 1=1 --", "?q=%ED%A0%80", `?q=${"a".repeat(2000)}`])
      expect(titlesOn((await siti.get(`/ready${odd}`)).text), odd).toEqual([]);
    const { text } = await siti.get('/ready?q="><script>alert(1)</script>');
    expect(text).not.toContain("<script>alert");
  });
});
