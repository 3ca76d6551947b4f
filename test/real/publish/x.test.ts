import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { channelCards } from "../../../src/channels/cards/cards.js";
import { costOf, removalCostOf } from "../../../src/channels/cost.js";
import { channelOf } from "../../../src/channels/link.js";
import { keepTitles } from "../../../src/channels/x/links.js";
import { signature } from "../../../src/channels/x/login.js";
import * as publishing from "../../../src/channels/x/publish.js";
import { sha256 } from "../../../src/files/hash.js";
import { createHttp } from "../../../src/http/client.js";
import { loadMessages } from "../../../src/language/index.js";
import { type StandIn, startStandIn } from "../stand-ins/control-client.js";
import { office, readOnlyBearer } from "../stand-ins/x/accounts.mjs";
import { startPrism } from "../stand-ins/x/prism.js";
import { billedThousandths, renderingOf, samplePhotos, scene, visiblePosts } from "./x-place.js";

const minute = 60_000;
const text = "Musrenbang Cibitung & <warga> bahas jalan.\n\nCamat hadir.";
const alts = ["Camat berdiri di depan warga", "Warga duduk di kursi"];

let x: StandIn;
let prism: Awaited<ReturnType<typeof startPrism>>;
let photos: Awaited<ReturnType<typeof samplePhotos>>;
let folder: string;
beforeAll(async () => {
  x = await startStandIn("x/serve.mjs");
  prism = await startPrism(x);
  photos = await samplePhotos(alts);
});
beforeEach(async () => {
  await x.reset();
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-x-"));
});
afterEach(async () => {
  expect(await x.control("GET", "/violations")).toEqual([]);
  await rm(folder, { recursive: true, force: true });
});
afterAll(async () => {
  await prism?.stop();
  await x?.stop();
});

const withPhotos = () => scene(x, { folder, rendering: renderingOf(text, photos.photos), read: photos.read });
const lines = async () => (await x.log()).map(({ method, path: address }) => `${method} ${address}`);
const session = (secret: Record<string, string> = office.keys) => ({
  http: createHttp({ origin: x.origin, headers: {}, signal: new AbortController().signal }),
  ...{ origin: x.origin, now: new Date(), secret, newsroomNow: () => new Date(), wait: async () => {} },
});

describe("publishing on X", () => {
  it("uploads each photo with its alt text, then sends the approved text once", async () => {
    const { run, newsroom } = withPhotos();
    const sent = await run("laptop");
    const [post, ...others] = await visiblePosts(x);
    expect(others).toEqual([]);
    expect(post).toMatchObject({ author: office.id, text, media: alts.map((alt) => ({ alt })) });
    expect(post?.media.map(({ sha256: hash }) => hash)).toEqual(photos.photos.map((photo) => photo.sha256));
    expect(sent.outcome).toEqual({
      state: "published",
      remote_id: post?.id,
      url: `https://x.com/i/status/${post?.id}`,
    });
    expect(channelOf(new URL(`https://x.com/i/status/${post?.id}`))).toBe("x");
    expect(newsroom.state).toBe("published");
    const sequence = await lines();
    expect(sequence.at(-1)).toBe("POST /2/tweets");
    // The photos go at the same time.
    expect(sequence.slice(0, -1).sort()).toEqual([
      "POST /2/media/metadata",
      "POST /2/media/metadata",
      "POST /2/media/upload",
      "POST /2/media/upload",
    ]);
  });

  it("has its alt texts read back as readers get them", async () => {
    await withPhotos().run("laptop");
    const address = `/2/users/${office.id}/tweets?expansions=attachments.media_keys&media.fields=alt_text`;
    const url = x.origin + address;
    const authorization = signature({ method: "GET", url, secret: office.keys, now: new Date() });
    const answer = await fetch(url, { headers: { authorization } });
    const { includes } = (await answer.json()) as { includes: { media: { alt_text: string }[] } };
    expect(includes.media.map(({ alt_text }) => alt_text)).toEqual(alts);
  });

  it.each<[string, () => Parameters<typeof scene>[1]]>([
    ["text alone", () => ({ folder, rendering: renderingOf(text) })],
    ["two photos", () => ({ folder, rendering: renderingOf(text, photos.photos), read: photos.read })],
    [
      "a link",
      () => ({ folder, rendering: renderingOf(text), link: "https://bekasikab.go.id/musrenbang-2026" }),
    ],
    [
      "a title that looks like a domain",
      () => ({ folder, rendering: renderingOf(keepTitles("Camat Siti, M.Si, hadir.").text) }),
    ],
  ])("is billed what was shown before, for %s", async (_, options) => {
    const chosen = options();
    await scene(x, chosen).run("laptop");
    expect(await billedThousandths(x)).toBe(costOf(chosen.rendering, { link: chosen.link !== undefined }));
  });

  it("is billed what was shown before, for a correction that quotes the first post", async () => {
    await scene(x, { folder, rendering: renderingOf(text) }).run("laptop");
    const before = await billedThousandths(x);
    const [{ id } = { id: "" }] = await visiblePosts(x);
    const rendering = renderingOf("RALAT: jam 08.00", photos.photos);
    const corrects = { remote_id: id, url: null };
    await scene(x, { folder: path.join(folder, "r"), rendering, read: photos.read, corrects }).run("laptop");
    const billed = (await billedThousandths(x)) - before;
    expect(billed).toBe(costOf(rendering, { link: false, corrects: true }));
    expect(billed).not.toBe(costOf(rendering, { link: false }));
    const words = await loadMessages("id");
    const card = channelCards({
      ...{ renderings: [rendering], pictures: new Map(), name: "Kecamatan Cibitung", quoting: ["x"] },
      ...{ messages: words.preview, language: "id", heading: 3, warningText: () => "" },
    }).html;
    expect(card).toContain(`US$${(billed / 1000).toFixed(3)}`);
  });

  it("puts the article's address where the rendering has its place", async () => {
    const link = "https://bekasikab.go.id/musrenbang-2026";
    await scene(x, { folder, rendering: renderingOf(text), link }).run("laptop");
    expect((await visiblePosts(x))[0]?.text).toBe(`${text}\n\n${link}`);
  });

  it("works with a login in the browser, and asks who it is only when nothing tells", async () => {
    const bearer = { client_id: "clientClient", access_token: office.bearer };
    const rendering = renderingOf(text);
    await scene(x, { folder, rendering, secret: { ...bearer, user_id: office.id } }).run("laptop");
    expect(await lines()).not.toContain("GET /2/users/me");
    await scene(x, { folder, rendering: renderingOf("lain"), secret: bearer }).run("another");
    expect((await lines()).filter((line) => line === "GET /2/users/me")).toHaveLength(1);
    expect(await visiblePosts(x)).toHaveLength(2);
  });

  it("quotes the post that it corrects, also one of which only the link is known", async () => {
    const first = scene(x, { folder, rendering: renderingOf(text) });
    const { outcome } = await first.run("laptop");
    const [{ id } = { id: "" }] = await visiblePosts(x);
    const url = `https://x.com/kec_cibitung/status/${id}`;
    for (const [name, corrects] of Object.entries({
      a: { remote_id: id, url: null },
      b: { remote_id: null, url },
    })) {
      await scene(x, {
        folder: path.join(folder, name),
        rendering: renderingOf(`RALAT ${name}`),
        corrects,
      }).run("a");
    }
    expect(outcome.state).toBe("published");
    expect((await visiblePosts(x)).map(({ quotes }) => quotes)).toEqual([null, id, id]);
  });

  it("corrects without a quote when the first post is not there any more", async () => {
    const corrects = { remote_id: "1583012345678900000", url: null };
    await scene(x, { folder, rendering: renderingOf("RALAT"), corrects }).run("laptop");
    expect(await visiblePosts(x)).toMatchObject([{ text: "RALAT", quotes: null }]);
  });

  it("uploads a photo again that X has forgotten", async () => {
    const { attempt, advance } = withPhotos();
    await x.faults({ at: 5, do: "refuse" });
    await attempt("laptop");
    await x.faults();
    await advance(24 * 60 * minute);
    await attempt("laptop");
    expect(await visiblePosts(x)).toHaveLength(1);
    expect((await lines()).filter((line) => line === "POST /2/media/upload")).toHaveLength(4);
  });
});

describe("what ends an attempt on X before its intent", () => {
  const failure = async (options: Partial<Parameters<typeof scene>[1]> = {}) => {
    const { run, newsroom } = scene(x, { folder, rendering: renderingOf(text), ...options });
    const error = await run("laptop").then(
      () => undefined,
      (found: unknown) => found,
    );
    expect(newsroom.attempts[0]).toMatchObject({ intent: null, outcome: "failed" });
    expect(await visiblePosts(x)).toEqual([]);
    return error;
  };
  const both = () => [{}, { rendering: renderingOf(text, photos.photos), read: photos.read }];

  it("is a token that was withdrawn, with photos and without", async () => {
    await x.control("POST", "/revoke", { token: office.keys.access_token });
    for (const options of both()) {
      expect(await failure(options)).toMatchObject({ code: "channel-refused", exit: 4 });
    }
  });

  it("are spent credits", async () => {
    await x.control("PUT", "/credits", { thousandths: 0 });
    for (const options of both()) {
      expect(await failure(options)).toMatchObject({ code: "x-credits-spent", exit: 1 });
    }
  });

  it("is an app that may only read", async () => {
    const secret = { client_id: "clientClient", access_token: readOnlyBearer, user_id: office.id };
    const [, options] = both();
    expect(await failure({ ...options, secret })).toMatchObject({ code: "channel-forbidden", exit: 4 });
  });

  it("is a limit that is reached, with the seconds until it is lifted", async () => {
    await x.control("PUT", "/limits", { "POST /2/media/upload": 1 });
    const [, options] = both();
    const error = await failure(options);
    expect(error).toMatchObject({ code: "server-busy", exit: 5 });
    const { wait } = (error as { params: { wait: string } }).params;
    expect(Number(wait)).toBeGreaterThan(800);
    expect(Number(wait)).toBeLessThanOrEqual(901);
  });

  it("is what does not fit", async () => {
    const link = "https://bekasikab.go.id/musrenbang-2026";
    expect(await failure({ rendering: renderingOf("a".repeat(260)), link })).toMatchObject({
      code: "x-text-too-long",
      exit: 2,
    });
    const [photo] = photos.photos;
    const long = renderingOf(text, [{ ...photo!, alt: "a".repeat(1001) }]);
    expect(await failure({ rendering: long, read: photos.read })).toMatchObject({
      code: "x-alt-too-long",
      exit: 2,
    });
    const large = async () => new Uint8Array(5 * 1024 * 1024 + 1);
    expect(await failure({ rendering: renderingOf(text, [photo!]), read: large })).toMatchObject({
      code: "x-photo-too-large",
      exit: 2,
    });
    expect(await lines()).toEqual([]);
  });

  it("is what X does not take for a photo", async () => {
    const [photo] = photos.photos;
    const read = async () => new Uint8Array(Buffer.from("no photo"));
    expect(await failure({ rendering: renderingOf(text, [photo!]), read })).toMatchObject({
      code: "x-refuses",
      exit: 1,
      params: { status: 400, reason: "Media file is not valid: unrecognized media format." },
    });
  });
});

describe("taking down from X", () => {
  async function published() {
    await withPhotos().run("laptop");
    return (await visiblePosts(x))[0]!.id;
  }

  it("deletes the post, and reads that it is gone", async () => {
    const id = await published();
    const before = await billedThousandths(x);
    await publishing.takeDown(session(), id);
    expect(await visiblePosts(x)).toEqual([]);
    expect((await billedThousandths(x)) - before, "as shown before").toBe(removalCostOf("x"));
    expect((await lines()).slice(-2)).toEqual([`DELETE /2/tweets/${id}`, `GET /2/tweets/${id}`]);
  });

  it("is done when an earlier deletion's answer was lost", async () => {
    const id = await published();
    await x.faults({ method: "DELETE", path: "/2/tweets/*", do: "cut-after" });
    await expect(publishing.takeDown(session(), id)).rejects.toMatchObject({ code: "server-unreachable" });
    await publishing.takeDown(session(), id);
    expect(await visiblePosts(x)).toEqual([]);
  });

  it("is not done while the post can be read", async () => {
    const id = await published();
    const body = { data: { deleted: true } };
    await x.faults({ method: "DELETE", path: "/2/tweets/*", do: "answer-before", status: 200, body });
    await expect(publishing.takeDown(session(), id)).rejects.toMatchObject({
      code: "x-still-there",
      exit: 5,
      params: { url: `https://x.com/i/status/${id}` },
    });
  });

  it("is refused for somebody else's post, and says that it is the login", async () => {
    const id = await published();
    const other = {
      client_id: "c",
      access_token: (await import("../stand-ins/x/accounts.mjs")).other.bearer,
    };
    await expect(publishing.takeDown(session(other), id)).rejects.toMatchObject({
      code: "channel-forbidden",
    });
    expect(await visiblePosts(x)).toHaveLength(1);
  });
});

describe("a read of X that is cut after it was answered", () => {
  it("is repeated with a signature of its own, because X takes each once", async () => {
    await x.faults({ at: 1, do: "cut-after" });
    const { account } = await publishing.account(session());
    expect(account).toBe(office.id);
    await scene(x, { folder, rendering: renderingOf(text) }).run("laptop");
    expect(await lines()).toEqual([
      `GET /2/users/${office.id}/tweets`,
      `GET /2/users/${office.id}/tweets`,
      "POST /2/tweets",
    ]);
    expect(sha256((await visiblePosts(x))[0]!.text)).toBe(sha256(text));
  });
});
