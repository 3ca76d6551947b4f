import { createHash } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import sharp from "sharp";
import type {
  ChannelPublishing,
  Job,
  JournalValue,
  Outcome,
  Session,
} from "../../../src/channels/publishing.js";
import type { LookupKeys, RenderedPhoto, Rendering } from "../../../src/contract/contract.js";
import { KominfoError } from "../../../src/errors/errors.js";
import { createHttp } from "../../../src/http/client.js";
import { type StandIn, startStandIn } from "../stand-ins/control-client.js";

export const start = new Date("2026-11-30T00:00:00Z");
const minuteMs = 60_000;

/** What readers of the stand-in see. */
export interface Visible {
  id: string;
  photos: { id: string; alt: string; sha256: string }[];
}

/** The stand-in for Meta with its clock, and an office's website that holds the pictures. */
export interface MetaWorld {
  meta: StandIn;
  site: Site;
  clock: { now: Date };
  advance(ms: number): Promise<void>;
  reset(): Promise<void>;
  visible(): Promise<{
    facebook: (Visible & { message: string })[];
    instagram: (Visible & { caption: string })[];
  }>;
  stop(): Promise<void>;
}

export async function startMeta(): Promise<MetaWorld> {
  const meta = await startStandIn("meta/serve.mjs");
  const site = await startSite();
  const clock = { now: start };
  const set = () => meta.control("PUT", "/clock", { now: clock.now.toISOString() });
  return {
    ...{ meta, site, clock },
    async advance(ms) {
      clock.now = new Date(clock.now.getTime() + ms);
      await set();
    },
    async reset() {
      clock.now = start;
      site.reset();
      await meta.reset();
      await set();
    },
    visible: () => meta.control("GET", "/visible"),
    async stop() {
      await meta.stop();
      await site.stop();
    },
  };
}

/** A website that serves pictures at /<hash>.jpg. */
export interface Site {
  origin: string;
  /** Served by their path. */
  files: Map<string, { status?: number; type?: string; body: Buffer | string; location?: string }>;
  /** User agents that asked, by path. */
  asked: { path: string; agent: string }[];
  reset(): void;
  stop(): Promise<void>;
}

async function startSite(): Promise<Site> {
  const files: Site["files"] = new Map();
  const asked: Site["asked"] = [];
  const server = http.createServer((request, response) => {
    const path = request.url ?? "/";
    asked.push({ path, agent: String(request.headers["user-agent"]) });
    const { status = 200, type = "image/jpeg", body, location } = files.get(path) ?? missing;
    response.writeHead(status, {
      "content-type": type,
      "content-length": Buffer.byteLength(body),
      ...(location !== undefined && { location }),
    });
    response.end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files,
    asked,
    reset() {
      files.clear();
      asked.length = 0;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
const missing = { status: 404, type: "text/html", body: "<p>404", location: undefined };

export interface TestPhoto extends RenderedPhoto {
  bytes: Buffer;
}

/** A real JPEG; each `shade` gives other bytes. */
export async function testPhoto(shade: number, width = 640, height = 480): Promise<TestPhoto> {
  const background = { r: (shade * 37) % 256, g: (shade * 11) % 256, b: 90 };
  const bytes = await sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer();
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const alt = `Warga "RT ${shade}" & relawan – mengangkat karung`;
  return { bytes, sha256, alt, lead: shade === 1, caption: "", credit: "", crop: null, width, height };
}

export function renderingOf(
  channel: "facebook" | "instagram",
  text: string,
  photos: readonly TestPhoto[],
): Rendering {
  return {
    ...{ channel, text: [text], link: null, length: text.length, limit: null, left_out: [] },
    ...{ photos: photos.map(({ bytes: _, ...photo }) => photo), article: null, warnings: [] },
  };
}

/** A machine: its journal is lost when there is another one. */
export interface Machine {
  journal: Map<string, JournalValue>;
}

export interface Seat {
  session: Session;
  job: Job;
}

export function seatOf(
  { meta, site, clock, advance }: MetaWorld,
  machine: Machine,
  rendering: Rendering,
  photos: readonly TestPhoto[],
  more: Partial<Job> & { timeoutMs?: number; graphVersion?: string; token?: string } = {},
): Seat {
  const { timeoutMs = 20_000, graphVersion, token, ...job } = more;
  const ready = meta.ready as { page_id: string; account_id: string; tokens: string[] };
  const options = { headers: { "user-agent": "kominfo/0" }, signal: new AbortController().signal, timeoutMs };
  const bytesOf = (photo: RenderedPhoto) => photos.find(({ sha256 }) => sha256 === photo.sha256)!.bytes;
  return {
    session: {
      http: createHttp({ ...options, origin: meta.origin }),
      origin: meta.origin,
      now: clock.now,
      ...(graphVersion !== undefined && { graphVersion }),
      secret: {
        page_id: ready.page_id,
        account_id: ready.account_id,
        token: token ?? ready.tokens[0]!,
      },
      newsroomNow: () => clock.now,
      httpAt: (origin) => createHttp({ ...options, origin }),
      wait: advance,
    },
    job: {
      publication: "0199f000-0000-7000-8000-000000000001",
      rendering,
      link: null,
      corrects: null,
      earlier: null,
      photo: async (photo) => bytesOf(photo),
      async pictureAddress(photo) {
        const path = `/${photo.sha256}.jpg`;
        if (!site.files.has(path)) site.files.set(path, { body: bytesOf(photo) });
        return site.origin + path;
      },
      async once<T extends JournalValue>(key: string, effect: () => Promise<T>) {
        if (!machine.journal.has(key)) machine.journal.set(key, await effect());
        return machine.journal.get(key) as T;
      },
      ...job,
    },
  };
}

/** What the newsroom remembers of a publication. */
export interface Record {
  intent: LookupKeys | undefined;
  intentAt: Date | undefined;
  outcome: Outcome | undefined;
}

/**
 * One run as `sendPublication` does it (src/publish/send.ts): what was announced is looked up; what is absent is prepared and sent
 * again, by a channel that is told what was announced. Returns a failure that it threw.
 */
export async function runOnce(
  publishing: ChannelPublishing,
  { session, job }: Seat,
  record: Record,
  advance: MetaWorld["advance"],
): Promise<KominfoError | undefined> {
  if (record.outcome?.state === "published") return undefined;
  try {
    const mayBeOut = record.intent && (!record.outcome || record.outcome.state === "unclear");
    if (mayBeOut) {
      const since = () => session.newsroomNow().getTime() - record.intentAt!.getTime();
      const again = record.outcome?.state === "unclear" ? record.outcome.again_ms : undefined;
      await advance(Math.max(0, Math.max(2 * minuteMs, again ?? 0) - since()));
      record.outcome = await publishing.lookup(session, record.intent!, since());
      if (record.outcome.state !== "absent") return undefined;
    }
    const intent = await publishing.prepare(session, { ...job, earlier: record.intent ?? null });
    Object.assign(record, { intent, intentAt: session.newsroomNow(), outcome: undefined });
    record.outcome = await publishing.commit(session, job, intent);
    return undefined;
  } catch (error) {
    if (error instanceof KominfoError) return error;
    throw error;
  }
}

/** Runs until it is out, or only a person can go on. */
export async function bringOut(
  publishing: ChannelPublishing,
  seatFor: () => Seat,
  record: Record,
  world: MetaWorld,
): Promise<Outcome | undefined> {
  for (let run = 0; run < 12; run++) {
    await runOnce(publishing, seatFor(), record, world.advance);
    const { outcome } = record;
    if (outcome?.state === "published") return outcome;
    if (outcome?.state === "unclear" && outcome.again_ms === undefined) return outcome;
  }
  return record.outcome;
}
