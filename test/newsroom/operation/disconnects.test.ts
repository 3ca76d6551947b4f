import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../../src/files/hash.js";
import { deskOf } from "../desk/browser.js";
import { as, content, photo, startNewsroom, type TestNewsroom, uploadPhoto } from "../support/newsroom.js";

// Clients that go away in the middle. A false `error` hides the real ones from whoever reads the log.

let newsroom: TestNewsroom;
let token: string;
let admin: string;
let cookie: string;
let id: string;
/** Of a photo that does not fit into the buffers of a connection. */
let large: string;
const desk = deskOf(() => newsroom);
beforeAll(async () => {
  newsroom = await startNewsroom();
  token = await newsroom.token("operator");
  admin = await newsroom.token("admin");
  await desk.join("Edi", "editor");
  ({ cookie } = await desk.enter("Edi"));
  const raw = { width: 2600, height: 2600, channels: 3 } as const;
  const bytes = await sharp(randomBytes(raw.width * raw.height * 3), { raw })
    .jpeg({ quality: 98 })
    .toBuffer();
  large = await uploadPhoto(newsroom, token, { bytes, hash: sha256(bytes) });
  id = await as(newsroom, token).submit({ photos: [photo(large)] });
}, 60_000);
afterAll(() => newsroom.remove());

type Ending = "end" | "reset";

/** Sends the text, waits until `isReady`, and goes away without having read the rest. */
async function leave(
  text: string,
  ending: Ending,
  isReady: (received: number) => Promise<boolean> | boolean,
): Promise<void> {
  const { hostname, port } = new URL(newsroom.url);
  const socket = connect(Number(port), hostname);
  let received = 0;
  socket.on("error", () => {});
  socket.on("data", (bytes) => {
    received += bytes.length;
    socket.pause();
  });
  await new Promise((resolve) => socket.write(text, resolve));
  while (!(await isReady(received))) await pause(5);
  if (ending === "reset") socket.resetAndDestroy();
  else socket.destroy();
}

const head = (line: string, headers: Record<string, string>, login: string) =>
  `${[`${line} HTTP/1.1`, "host: a", login, ...Object.entries(headers).map(([k, v]) => `${k}: ${v}`)].join("\r\n")}\r\n\r\n`;
const bearer = (of: string) => `authorization: Bearer ${of}`;
const answerBegan = (received: number) => received > 0;

/** The log's lines from here on, a while after the client has gone: nothing marks the end of what a handler still does. */
function logFromNow() {
  const start = newsroom.log.length;
  return async (ms = 200) => {
    await pause(ms);
    return newsroom.log.slice(start).map((line) => JSON.parse(line));
  };
}

const tus = { "tus-resumable": "1.0.0", "content-type": "application/offset+octet-stream" };
const piece = randomBytes(2000);
const metadata = `sha256 ${btoa(sha256(piece))},filename ${btoa("a.jpg")},type ${btoa("image/jpeg")}`;
const json = (body: object) => JSON.stringify(body);
const halfOf = (text: string) => text.slice(0, text.length / 2);
const arrived = async () => {
  await pause(50);
  return true;
};

async function begin(): Promise<string> {
  const created = await fetch(`${newsroom.url}/api/v1/uploads`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "tus-resumable": "1.0.0",
      "upload-length": "2000",
      "upload-metadata": metadata,
    },
  });
  return created.headers.get("location")!;
}

/** A request that ends too early: its text, and when the client goes. */
interface Cut {
  text: () => string | Promise<string>;
  isReady?: (received: number) => Promise<boolean> | boolean;
}
const cuts: Record<string, Cut> = {
  "a photo": {
    text: () => head(`GET /api/v1/photos/${large}`, {}, bearer(token)),
    isReady: answerBegan,
  },
  "a range of a photo": {
    text: () => head(`GET /api/v1/photos/${large}`, { range: "bytes=10-" }, bearer(token)),
    isReady: answerBegan,
  },
  "a photo at the desk": {
    text: () => head(`GET /photos/${large}`, {}, `cookie: ${cookie}`),
    isReady: answerBegan,
  },
  "the bytes of an upload": {
    text: async () =>
      head(
        `PATCH ${await begin()}`,
        { ...tus, "upload-offset": "0", "content-length": "2000" },
        bearer(token),
      ) + piece.toString("hex").slice(0, 500),
    isReady: arrived,
  },
  "a new upload with its bytes": {
    text: () =>
      head(
        "POST /api/v1/uploads",
        { ...tus, "upload-length": "2000", "content-length": "2000", "upload-metadata": metadata },
        bearer(token),
      ) + piece.toString("hex").slice(0, 500),
    isReady: arrived,
  },
  "a submission": {
    text: () => {
      const body = json({ content: content() });
      const headers = { "content-type": "application/json", "content-length": String(body.length) };
      return head("POST /api/v1/submissions", headers, bearer(token)) + halfOf(body);
    },
    isReady: arrived,
  },
  "a submission whose answer is not awaited": {
    text: () => {
      const body = json({ content: content() });
      const headers = { "content-type": "application/json", "content-length": String(body.length) };
      return head("POST /api/v1/submissions", headers, bearer(token)) + body;
    },
    isReady: () => true,
  },
  "a redaction whose answer is not awaited": {
    text: () => {
      const body = json({ submission: id, revision: 1, reason: "a", legal_basis: "b" });
      const headers = { "content-type": "application/json", "content-length": String(body.length) };
      return head("POST /api/v1/redactions", headers, bearer(admin)) + body;
    },
    isReady: () => true,
  },
  "a form of the desk": {
    text: () => {
      const headers = { "content-type": "application/x-www-form-urlencoded", "content-length": "4000" };
      return `${head(`POST /submissions/${id}/comments`, headers, `cookie: ${cookie}`)}body=Sepenggal`;
    },
    isReady: arrived,
  },
  "a page of the desk": {
    text: () => head(`GET /submissions/${id}`, {}, `cookie: ${cookie}`),
    isReady: () => true,
  },
};

describe.each(["end", "reset"] as const)("a client that goes away (%s) in the middle of", (ending) => {
  it.each(Object.entries(cuts))("%s leaves no error in the log", async (_name, cut) => {
    const lines = logFromNow();
    await leave(await cut.text(), ending, cut.isReady ?? (() => true));
    expect((await lines()).filter(({ level }) => level !== "info")).toEqual([]);
  });

  it("the change stream, before and while changes are sent, leaves no error in the log", async () => {
    const lines = logFromNow();
    const text = head("GET /api/v1/changes", { accept: "text/event-stream" }, bearer(token));
    await leave(text, ending, answerBegan);
    await leave(text, ending, async (received) => {
      if (received === 0) return false;
      await as(newsroom, token).submit({ slug: "perubahan" });
      return true;
    });
    // Longer than the interval at which streams are served.
    expect((await lines(2300)).filter(({ level }) => level !== "info")).toEqual([]);
  });
});

it("clients that are gone before their request is looked at leave no error in the log", async () => {
  const lines = logFromNow();
  const { hostname, port } = new URL(newsroom.url);
  for (const login of [bearer(token), bearer("kominfo_tidakada"), `cookie: ${cookie}`, "x: y"])
    for (const path of ["/healthz", "/api/v1/me", "/login", "/"])
      for (let n = 0; n < 10; n += 1) {
        const socket = connect(Number(port), hostname).on("error", () => {});
        await once(socket, "connect");
        socket.write(head(`GET ${path}`, {}, login));
        socket.resetAndDestroy();
      }
  expect((await lines()).filter(({ level }) => level !== "info")).toEqual([]);
});

it("the service is well after all of this", async () => {
  expect((await as(newsroom, token).get(`/submissions/${id}`)).status).toBe(200);
});
