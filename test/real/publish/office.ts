import { appendFile } from "node:fs/promises";
import path from "node:path";
import type { Content } from "../../../src/contract/contract.js";
import {
  as,
  content,
  jpeg,
  photo,
  startNewsroom,
  type TestNewsroom,
  uploadPhoto,
} from "../../newsroom/support/newsroom.js";
import { type Computer, openComputer } from "../../support/kominfo.js";
import { startWordPress, type WordPress } from "../servers/wordpress.js";
import { type StandIn, startStandIn } from "../stand-ins/control-client.js";
import { instagramId, pageId, tokens } from "../stand-ins/meta/world.mjs";
import { office as xOffice } from "../stand-ins/x/accounts.mjs";

export type Channel = "web" | "facebook" | "instagram" | "x";

/** A newsroom on a clock that only the test moves, a real WordPress, and the stand-ins of Meta and X, each with its faults. */
export interface Office {
  newsroom: TestNewsroom;
  site: Omit<WordPress, "folder">;
  /** Where the requests of each channel go through. */
  lines: Readonly<Record<Channel, StandIn>>;
  /** Tokens of people at the newsroom. */
  operator: string;
  colleague: string;
  editor: string;
  /** Moves the clocks of the newsroom and of the stand-ins. */
  advance(ms: number): Promise<void>;
  /** Submits, claims and approves a post with photos; its id. */
  approve(
    channels: readonly Channel[],
    changes?: Partial<Content>,
    photos?: number,
    destinations?: readonly string[],
  ): Promise<string>;
  /** Claims and approves what was submitted. */
  approveSubmitted(id: string, channels: readonly Channel[], destinations?: readonly string[]): Promise<void>;
  /** A laptop with the accounts of the office; removed with it. */
  laptop(token: string, more?: Readonly<Record<string, string>>): Promise<Computer>;
  /** Titles, texts or captions of what readers see now. */
  visible(channel: Channel): Promise<string[]>;
  publications(id: string): Promise<{ channel: Channel; state: string; url: string | null }[]>;
  close(): Promise<void>;
}

/** The built program, whose channels are the stand-ins. */
const program = path.join(import.meta.dirname, "kominfo.mjs");

/** The stand-in for WordPress, where a test is about sentences: it is there on every machine. */
async function startSiteStandIn(): Promise<Omit<WordPress, "folder">> {
  const { origin: url, ready, stop } = await startStandIn("wordpress/serve.mjs");
  return { url, users: ready.users as WordPress["users"], stop };
}

/** @param website real, or what stands for it */
export async function openOffice(website: "WordPress" | "stand-in" = "WordPress"): Promise<Office> {
  const newsroom = await startNewsroom();
  const [site, meta, x] = await Promise.all([
    website === "WordPress" ? startWordPress("6.5") : startSiteStandIn(),
    startStandIn("meta/serve.mjs"),
    startStandIn("x/serve.mjs"),
  ]);
  const web = await startStandIn("forward/serve.mjs", [site.url]);
  const lines = { web, facebook: meta, instagram: meta, x };
  const [operator, colleague, editor] = await Promise.all([
    newsroom.token("operator"),
    newsroom.token("operator"),
    newsroom.token("editor"),
  ]);
  const siteUser = site.users.redaktur!;
  const origins = JSON.stringify({ facebook: meta.origin, instagram: meta.origin, x: x.origin });
  const [token = ""] = tokens;
  const accounts = {
    KOMINFO_TEST_ORIGINS: origins,
    KOMINFO_WEB_USER: "redaktur",
    KOMINFO_WEB_APP_PASSWORD: siteUser.app_password.replaceAll(" ", ""),
    KOMINFO_FACEBOOK_PAGE_ID: pageId,
    KOMINFO_FACEBOOK_TOKEN: token,
    KOMINFO_INSTAGRAM_ACCOUNT_ID: instagramId,
    KOMINFO_INSTAGRAM_TOKEN: token,
    KOMINFO_X_API_KEY: xOffice.keys.api_key,
    KOMINFO_X_API_SECRET: xOffice.keys.api_secret,
    KOMINFO_X_ACCESS_TOKEN: xOffice.keys.access_token,
    KOMINFO_X_ACCESS_SECRET: xOffice.keys.access_secret,
  };
  const setClocks = async () => {
    const now = newsroom.clock.now;
    await x.control("PUT", "/clock", { offset_ms: now.getTime() - Date.now() });
    await meta.control("PUT", "/clock", { now: now.toISOString() });
  };
  const approveSubmitted: Office["approveSubmitted"] = async (id, channels, destinations = ["kecamatan"]) => {
    const desk = as(newsroom, editor);
    await desk.post(`/submissions/${id}/transitions`, { step: "claim" });
    const step = { step: "approve", approval: { destinations, channels } };
    const approved = await desk.post(`/submissions/${id}/transitions`, step, { "if-match": '"r1"' });
    if (approved.status !== 200) throw new Error(JSON.stringify(approved.body));
  };
  let serial = 0;
  const laptops: Computer[] = [];
  await setClocks();
  return {
    ...{ newsroom, site, lines, operator, colleague, editor, approveSubmitted },
    async advance(ms) {
      newsroom.clock.now = new Date(newsroom.clock.now.getTime() + ms);
      await setClocks();
    },
    async approve(channels, changes = {}, photos = 2, destinations = ["kecamatan"]) {
      serial += 1;
      const hashes = [];
      for (let n = 0; n < photos; n += 1) {
        hashes.push(await uploadPhoto(newsroom, operator, await jpeg(serial * 10 + n, 640, 480)));
      }
      const id = await as(newsroom, operator).submit(
        content({
          slug: `posyandu-${serial}`,
          title: `Posyandu Balita ke-${serial} Digelar di Wanajaya`,
          channel_texts: {},
          photos: hashes.map((hash, n) => ({
            ...photo(hash),
            ...{ children: "none", lead: n === 0, alt: `Kader menimbang balita, foto ${n + 1}` },
          })),
          ...changes,
        }),
      );
      await approveSubmitted(id, channels, destinations);
      return id;
    },
    async laptop(of, more = {}) {
      const computer = await openComputer({ origin: newsroom.url, token: of });
      laptops.push(computer);
      await appendFile(path.join(computer.workspace, "kominfo.yaml"), `web: { url: "${web.origin}" }\n`);
      const env = { ...accounts, ...more };
      const start: Computer["start"] = (argv, given = {}) =>
        computer.start(argv, { ...given, program, env: { ...env, ...given.env } });
      const run: Computer["run"] = (argv, given) => start(argv, given).ended;
      return { ...computer, start, run };
    },
    async visible(channel) {
      if (channel === "web") {
        const posts = await fetch(`${site.url}/wp-json/wp/v2/posts?per_page=100`).then((it) => it.json());
        return (posts as { title: { rendered: string } }[]).map(({ title }) => title.rendered);
      }
      if (channel === "x") {
        const posts = await x.control<{ text: string }[]>("GET", "/posts");
        return posts.map(({ text }) => text);
      }
      const seen = await meta.control<{
        facebook: { message: string }[];
        instagram: { caption: string }[];
      }>("GET", "/visible");
      return channel === "facebook"
        ? seen.facebook.map(({ message }) => message)
        : seen.instagram.map(({ caption }) => caption);
    },
    async publications(id) {
      return (await as(newsroom, editor).get(`/submissions/${id}`)).body.publications;
    },
    async close() {
      await Promise.all(laptops.map((laptop) => laptop.remove()));
      await Promise.all([web.stop(), meta.stop(), x.stop()]);
      await site.stop();
      await newsroom.remove();
    },
  };
}
