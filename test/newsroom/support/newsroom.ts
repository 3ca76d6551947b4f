import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import type { Content } from "../../../src/contract/contract.js";
import type { Role } from "../../../src/contract/lifecycle.js";
import { sha256 } from "../../../src/files/hash.js";
import { openObjects } from "../../../src/newsroom/blobs/objects.js";
import { addPerson } from "../../../src/newsroom/local-people.js";
import type { Rates } from "../../../src/newsroom/options.js";
import { type RunningNewsroom, type ServeOptions, serve } from "../../../src/newsroom/serve.js";
import { openStore, type Store, type StoreLocation } from "../../../src/newsroom/store/database/open.js";
import { issueToken } from "../../../src/newsroom/store/people/tokens.js";
import { openStorage, type Storage } from "../../../src/newsroom/uploads/storage.js";
import { createSharpEngine } from "../../../src/photo/engine/sharp-engine.js";
import { expectNoneOpen, expectQuietLog } from "./quiet.js";
import { ownStores, type Stores } from "./stores.js";

export const cibitung = "32.16.07";
export const setu = "32.16.18";

/** The one that also makes the renditions. */
export const images = createSharpEngine();

/** The service's threads as they are built (npm run build): Node runs no TypeScript. */
const built = (file: string) => path.resolve(import.meta.dirname, "../../../dist/newsroom", file);
export const textsFile = built("texts/texts-thread.js");
export const checkpointThread = built("store/database/checkpoint-thread.js");

/** A newsroom that really listens, in a folder of its own, on a clock that can be moved. */
export interface TestNewsroom extends RunningNewsroom {
  folder: string;
  /** Where its rows are. */
  place: StoreLocation;
  /** The stores beside its folder, if any. */
  kept: Stores;
  clock: { now: Date };
  /** What the service has logged, one line of JSON each. */
  log: string[];
  /** The same folder and clock, in a new service. */
  restart(): Promise<void>;
  token(role: Role, kecamatan?: string): Promise<string>;
  /** Another token of this person, as from another laptop. */
  anotherToken(userId: string): Promise<string>;
  /** Opens its stores beside the service. */
  stores<T>(work: (stores: Storage & { store: Store }) => Promise<T>): Promise<T>;
  /** Names of what lies about of uploads, in the folder and in the bucket. */
  unfinished(): Promise<string[]>;
  /** Of warnings and errors in the log that the suite brings about; all others fail it, see `remove`. */
  expectLogged(...lines: RegExp[]): void;
  /** Stops the service and removes the folder. Fails if the log or the gauges tell of anything unexpected. */
  remove(): Promise<void>;
}

export async function startNewsroom(
  rates?: Partial<Rates>,
  freeSpace?: () => Promise<number>,
  connections?: ServeOptions["connections"],
  door: Pick<ServeOptions, "allowedOrigins" | "behindProxy" | "publicUrl" | "texts"> = {},
): Promise<TestNewsroom> {
  const parent = await mkdtemp(path.join(tmpdir(), "kominfo-newsroom-"));
  const folder = path.join(parent, "data");
  const clock = { now: new Date("2026-11-17T03:00:00.000Z") };
  const stores = await ownStores();
  const log: string[] = [];
  const expected: RegExp[] = [];
  const place = stores.database ?? folder;
  const start = () =>
    serve({
      host: "127.0.0.1",
      port: 0,
      data: folder,
      ...stores,
      images,
      version: "0.1.0",
      now: () => clock.now,
      log: { level: "info", stream: { write: (line) => void log.push(line) } },
      texts: { file: textsFile },
      checkpointThread,
      ...door,
      ...(rates ? { rates } : {}),
      ...(freeSpace ? { freeSpace } : {}),
      connections: { refusalMs: 0, ...connections },
    });
  const newsroom: TestNewsroom = {
    ...(await start()),
    folder,
    place,
    kept: stores,
    clock,
    log,
    async restart() {
      await newsroom.close();
      Object.assign(newsroom, await start());
    },
    async token(role, kecamatan = cibitung) {
      const of = role === "operator" ? { kecamatan } : {};
      const name = `${role} ${randomUUID().slice(0, 8)}`;
      const added = await addPerson(place, { name, role, token: true, ...of }, clock.now);
      return added.token!;
    },
    async anotherToken(userId) {
      const issued = { user_id: userId, label: "token", expires_at: null, issued_by: null };
      return newsroom.stores(async ({ store }) => (await issueToken(store, issued, clock.now)).token);
    },
    async stores(work) {
      const store = await openStore(place, clock.now);
      try {
        const storage = await openStorage({ data: folder, ...stores }, store);
        // @tus/file-store makes its folder in the background, and throws into the void when a test has removed it meanwhile.
        await readdir(path.join(folder, "uploads"));
        return await work({ store, ...storage });
      } finally {
        await store.destroy();
      }
    },
    async unfinished() {
      const files = await readdir(path.join(folder, "uploads"));
      if (stores.blobs)
        for await (const key of (await openObjects(stores.blobs)).list("uploads/")) files.push(key);
      return files;
    },
    expectLogged(...lines) {
      expected.push(...lines);
    },
    async remove() {
      try {
        if (!isClosed(log)) await expectNoneOpen(newsroom);
      } finally {
        await newsroom.close();
        await rm(parent, { recursive: true, force: true });
      }
      expectQuietLog({ log, expected });
    },
  };
  return newsroom;
}

/** Whether the suite has stopped the service itself. */
function isClosed(log: readonly string[]): boolean {
  return /"event":"stopp(ing|ed)"/.test(
    log.findLast((line) => /"event":"(listening|stopp)/.test(line)) ?? "",
  );
}

export interface Answered {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
  body: any;
}

/** A client of one person. */
export function as(newsroom: { url: string }, token?: string) {
  const call = async (
    method: string,
    address: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answered> => {
    const response = await fetch(`${newsroom.url}/api/v1${address}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get("content-type") ?? "");
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  return {
    delete: (address: string) => call("DELETE", address),
    get: (address: string, headers?: Record<string, string>) => call("GET", address, undefined, headers),
    post: (address: string, body: unknown, headers?: Record<string, string>) =>
      call("POST", address, body, headers),
    put: (address: string, body: unknown, headers?: Record<string, string>) =>
      call("PUT", address, body, headers),
    /** A new submission; its id. */
    async submit(changes: Partial<Content> = {}): Promise<string> {
      const body = { content: content(changes) };
      const answer = await call("POST", "/submissions", body, { "idempotency-key": randomUUID() });
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
      return answer.body.id;
    },
  };
}

export function content(changes: Partial<Content> = {}): Content {
  return {
    kind: "berita-kegiatan",
    slug: "posyandu-balita",
    title: "Posyandu Balita Digelar di Desa Wanajaya",
    place: "Balai Desa Wanajaya",
    event_date: "2026-11-16",
    category: "kesehatan",
    priority: "normal",
    tags: ["posyandu"],
    channel_texts: { facebook: "Posyandu balita." },
    photos: [],
    answers: { peserta: "120" },
    internal: { telepon: "0812" },
    body: "Kegiatan berlangsung tertib.",
    ...changes,
  };
}

export function photo(hash: string): Content["photos"][number] {
  return {
    sha256: hash,
    filename: "posyandu.jpg",
    caption: "Kader menimbang balita.",
    alt: "Seorang kader menimbang balita",
    credit: "Kecamatan Cibitung",
    source: "own",
    children: "consented",
    lead: true,
  };
}

/** A JPEG of its own colour. */
export async function jpeg(seed: number, width = 64, height = 48): Promise<{ bytes: Buffer; hash: string }> {
  const background = { r: seed % 256, g: (seed * 7) % 256, b: (seed * 31) % 256 };
  const bytes = await sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer();
  return { bytes, hash: sha256(bytes) };
}

/** Sends a photo in one request of tus (creation-with-upload); its hash. */
export async function uploadPhoto(
  newsroom: { url: string },
  token: string,
  { bytes, hash }: { bytes: Buffer; hash: string },
): Promise<string> {
  const metadata = { sha256: hash, filename: "posyandu.jpg", type: "image/jpeg" };
  const encoded = Object.entries(metadata).map(([key, value]) => `${key} ${btoa(value)}`);
  const response = await fetch(`${newsroom.url}/api/v1/uploads`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "tus-resumable": "1.0.0",
      "content-type": "application/offset+octet-stream",
      "upload-length": String(bytes.length),
      "upload-metadata": encoded.join(","),
    },
    body: new Uint8Array(bytes),
  });
  if (response.status !== 201) throw new Error(await response.text());
  return hash;
}
