import { randomUUID } from "node:crypto";
import { cp, rm } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import type { Session } from "../../../src/channels/publishing.js";
import * as publishing from "../../../src/channels/x/publish.js";
import type { RenderedPhoto, Rendering } from "../../../src/contract/contract.js";
import { sha256 } from "../../../src/files/hash.js";
import { createHttp } from "../../../src/http/client.js";
import { createNewsroomClock } from "../../../src/publish/clock.js";
import { type SendDeps, type Sent, sendPublication } from "../../../src/publish/send.js";
import { fakeNewsroom, type Killer, killAt, request, testTime } from "../../publish/place.js";
import type { StandIn } from "../stand-ins/control-client.js";
import { office } from "../stand-ins/x/accounts.mjs";

export interface VisiblePost {
  id: string;
  author: string;
  text: string;
  quotes: string | null;
  media: { id: string; key: string; sha256: string; alt: string | null }[];
}

const shades = ["#a33", "#3a3", "#33a", "#aa3"];

/** Photos of one colour each, and what a rendering says of them. */
export async function samplePhotos(alts: readonly string[]) {
  const bytes = await Promise.all(
    alts.map((_, index) =>
      sharp({ create: { width: 320, height: 240, channels: 3, background: shades[index]! } })
        .jpeg()
        .toBuffer(),
    ),
  );
  const photos = alts.map(
    (alt, index): RenderedPhoto => ({
      ...{ sha256: sha256(bytes[index]!), lead: index === 0, alt, caption: "", credit: "", crop: null },
      ...{ width: 320, height: 240 },
    }),
  );
  const read = async ({ sha256: wanted }: RenderedPhoto) =>
    new Uint8Array(bytes[photos.findIndex((photo) => photo.sha256 === wanted)]!);
  return { photos, read };
}

export function renderingOf(text: string, photos: RenderedPhoto[] = []): Rendering {
  return {
    ...{ channel: "x", text: [text], length: text.length, limit: 280, photos },
    link: { when: "asked", at: text.length, before: "\n\n" },
    ...{ left_out: [], article: null, warnings: [] },
  };
}

export interface SceneOptions {
  folder: string;
  rendering: Rendering;
  read?: (photo: RenderedPhoto) => Promise<Uint8Array>;
  link?: string;
  corrects?: { remote_id: string | null; url: string | null };
  secret?: Session["secret"];
}

/** One publication on X: a newsroom, machines that send it, and people who decide. The newsroom's clock moves X's along. */
export function scene(x: StandIn, options: SceneOptions) {
  const { rendering, corrects = null, link = null, read, secret = office.keys } = options;
  const begun = Date.now();
  const time = testTime(new Date(begun).toISOString());
  const newsroom = fakeNewsroom(time);
  const { grantAttempt, updateAttempt } = newsroom.client;
  newsroom.client.grantAttempt = async (...given) =>
    Object.assign(await grantAttempt(...given), { rendering, corrects });

  /** @param signal ends what waits for X, as a person's Ctrl-C does */
  function run(
    machine: string,
    { killer = killAt(0, "before"), signal = new AbortController().signal } = {},
  ): Promise<Sent> {
    const clock = createNewsroomClock(time);
    const { client } = newsroom;
    const deps: SendDeps = {
      newsroom: {
        origin: client.origin,
        grantAttempt: (...given) => killer.step(() => client.grantAttempt(...given)),
        updateAttempt: (...given) => killer.step(() => client.updateAttempt(...given)),
      },
      publishing,
      session: {
        http: killable(createHttp({ origin: x.origin, headers: {}, signal }), killer),
        ...{ origin: x.origin, now: time.now(), secret, newsroomNow: clock.now, wait: async () => {} },
      },
      folder: path.join(options.folder, machine),
      ...{ clock, local: time, newKey: randomUUID },
      photo: read ?? (async () => new Uint8Array()),
    };
    return sendPublication(deps, { ...request, link, linkAgreed: link !== null });
  }

  return {
    newsroom,
    run,
    /** A run that ends with a failure is as good as one that was never made. */
    attempt: (machine: string, more?: Parameters<typeof run>[1]) =>
      run(machine, more).then(
        (sent) => sent,
        (error: { code?: string }) => error.code,
      ),
    async advance(ms: number) {
      time.advance(ms);
      await x.control("PUT", "/clock", { offset_ms: time.now().getTime() - Date.now() });
    },
    /** A person has looked, and says that nothing is there. */
    async decideAbsent() {
      const { number, fence } = newsroom.attempts.at(-1)!;
      const outcome = { state: "failed" as const, code: "decided", reason: "not there" };
      await updateAttempt({ submission: request.submission, publication: request.publication.id }, number, {
        fence,
        outcome,
      });
    },
    /** What a killed process leaves: its journal, without its lock. */
    async survive(machine: string, heir: string) {
      const [from, to] = [path.join(options.folder, machine), path.join(options.folder, heir)];
      await cp(from, to, { recursive: true, filter: (file) => !file.endsWith(".lock") }).catch(() => {});
      await rm(from, { recursive: true, force: true });
    },
  };
}

/** Requests to X are steps at which a process may be killed. */
function killable(http: ReturnType<typeof createHttp>, killer: Killer): typeof http {
  return (asked) => killer.step(() => http(asked));
}

export const visiblePosts = (x: StandIn) => x.control<VisiblePost[]>("GET", "/posts");
export const billedThousandths = async (x: StandIn) =>
  (await x.control<{ total: number }>("GET", "/billing")).total;
