import { randomUUID } from "node:crypto";
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { problemDocument, service, settings } from "../../../src/contract/contract.js";
import { addPerson, listPeople } from "../../../src/newsroom/local-people.js";
import { serve } from "../../../src/newsroom/serve.js";
import { openStore } from "../../../src/newsroom/store/database/open.js";
import { newestMigration } from "../../../src/newsroom/store/migrations/migrations.js";
import { as, content, images, startNewsroom, type TestNewsroom } from "../support/newsroom.js";

let newsroom: TestNewsroom;
let token: string;
let operator: ReturnType<typeof as>;
beforeAll(async () => {
  newsroom = await startNewsroom();
  token = await newsroom.token("operator");
  operator = as(newsroom, token);
});
afterAll(() => newsroom.remove());

const now = new Date("2026-11-17T03:00:00.000Z");
const key = () => ({ "idempotency-key": randomUUID() });

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "kominfo-data-"));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe("the service", () => {
  test("tells anyone what it is, its limits and its categories", async () => {
    const anyone = as(newsroom);
    const described = service.parse((await anyone.get("/")).body);
    expect(described).toMatchObject({ version: "0.1.0", time: newsroom.clock.now.toISOString() });
    expect(described.limits.photo_bytes).toBe(20 * 1024 * 1024);
    expect(service.parse((await anyone.get("")).body)).toEqual(described);
    expect(settings.parse((await anyone.get("/settings")).body).categories).toContain("kesehatan");
    expect((await fetch(`${newsroom.url}/healthz`)).status).toBe(200);
  });

  test.each([
    ["an unknown address", "GET", "/tidak-ada", undefined, 404, "not-found"],
    ["an unknown verb", "DELETE", "/submissions", undefined, 405, "method-not-allowed"],
    ["an id that is none", "GET", "/submissions/%00", undefined, 404, "not-found"],
    ["an address that cannot be decoded", "GET", "/submissions/%zz", undefined, 400, "invalid"],
    ["malformed JSON", "POST", "/submissions", '{"content":', 400, "invalid"],
    ["no JSON", "POST", "/submissions", "", 400, "invalid"],
    ["a JSON list", "POST", "/submissions", "[]", 422, "invalid"],
    ["a polluting key", "POST", "/submissions", '{"__proto__":{"a":1}}', 400, "invalid"],
    ["a huge body", "POST", "/submissions", `"${"a".repeat(1024 * 1024)}"`, 413, "too-large"],
  ])("answers %s with a problem", async (_what, method, address, body, status, name) => {
    const response = await fetch(`${newsroom.url}/api/v1${address}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...key(),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body }),
    });
    expect(response.headers.get("content-type")).toMatch("application/problem+json");
    const problem = problemDocument.parse(await response.json());
    expect([response.status, problem.status, problem.type]).toEqual([
      status,
      status,
      `urn:kominfo:problem:${name}`,
    ]);
    expect(JSON.stringify(problem)).not.toMatch(/node_modules|\bat \/|\.ts\b|\.js\b/);
  });

  test("does not read other media types", async () => {
    const type = { ...key(), "content-type": "text/plain" };
    expect((await operator.post("/submissions", "halo", type)).status).toBe(415);
  });

  test("speaks Indonesian, and English to who prefers it", async () => {
    expect((await operator.get("/x")).body.title).toBe("Tidak ditemukan.");
    expect((await operator.get("/x", { "accept-language": "en-GB,id;q=0.5" })).body.title).toBe("Not found.");
  });

  test("tells an older kominfo to update, and knows none to be too new", async () => {
    const asked = async (version: string) =>
      (await operator.get("/me", { "kominfo-client": version })).status;
    expect(await asked("0.0.9")).toBe(426);
    expect(await asked("kominfo/0.0.9")).toBe(426);
    expect(await asked("0.1.0")).toBe(200);
    expect(await asked("0.10.0")).toBe(200);
    expect(await asked("curl")).toBe(200);
  });

  test("answers its own faults without a word of why, and logs them without a secret", async () => {
    await withFolder(async (folder) => {
      const lines: string[] = [];
      const log = { level: "warn" as const, stream: { write: (line: string) => void lines.push(line) } };
      const faulty = {
        render: async () => [],
        verify: async () => {
          throw new Error("the decoder fell over");
        },
      };
      const options = { host: "127.0.0.1", port: 0, data: folder, version: "0.1.0", now: () => now };
      const running = await serve({ ...options, images: faulty, log });
      const added = await addPerson(folder, { name: "Rahasia", role: "editor", token: true }, now);
      const hash = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";
      const metadata = { sha256: hash, filename: "a.jpg", type: "image/jpeg" };
      const response = await fetch(`${running.url}/api/v1/uploads?q=Rahasia`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${added.token}`,
          "tus-resumable": "1.0.0",
          "upload-length": "1",
          "upload-metadata": Object.entries(metadata)
            .map(([name, value]) => `${name} ${Buffer.from(value).toString("base64")}`)
            .join(","),
          "content-type": "application/offset+octet-stream",
        },
        body: "a",
      });
      const problem = problemDocument.parse(await response.json());
      await running.close();
      expect(problem).toMatchObject({ status: 500, type: "urn:kominfo:problem:internal" });
      expect(Object.keys(problem).sort()).toEqual(["request_id", "status", "title", "type"]);
      expect(lines.join("")).toContain("unexpected failure");
      expect(lines.join("")).toContain(problem.request_id);
      expect(lines.join("")).not.toContain(added.token);
      expect(lines.join("")).not.toMatch(/Rahasia|127\.0\.0\.1/);
    });
  });
});

describe("the data folder", () => {
  test("keeps everything over a restart", async () => {
    const id = await operator.submit();
    await operator.post(`/submissions/${id}/comments`, { body: "Mohon dimuat." });
    const before = (await operator.get(`/submissions/${id}`)).body;
    const repeated = key();
    const first = await operator.post("/submissions", { content: content() }, repeated);
    await newsroom.restart();
    expect((await operator.get(`/submissions/${id}`)).body).toEqual(before);
    expect((await operator.get(`/submissions/${id}/comments`)).body.items).toHaveLength(1);
    expect((await operator.post("/submissions", { content: content() }, repeated)).body).toEqual(first.body);
  });

  test.skipIf(process.platform === "win32")("is made for its owner only", async () => {
    expect((await stat(newsroom.folder)).mode & 0o777).toBe(0o700);
  });

  test("is opened by several processes at once, each migration once", async () => {
    await withFolder(async (folder) => {
      const stores = await Promise.all([1, 2, 3].map(() => openStore(folder, now)));
      const rows = await stores[0]?.selectFrom("migrations").selectAll().execute();
      expect(rows?.map((row) => row.number)).toEqual(
        Array.from({ length: newestMigration }, (_, i) => i + 1),
      );
      await Promise.all(stores.map((store) => store.destroy()));
    });
  });

  test("of a newer kominfo is left alone", async () => {
    await withFolder(async (folder) => {
      const store = await openStore(folder, now);
      await store.insertInto("migrations").values({ number: 99, applied_at: now.toISOString() }).execute();
      await store.destroy();
      await expect(openStore(folder, now)).rejects.toMatchObject({ code: "newsroom-newer" });
    });
  });

  test("is not made of a folder with other things in it", async () => {
    await withFolder(async (folder) => {
      await writeFile(path.join(folder, "skripsi.docx"), "x");
      await chmod(folder, 0o755);
      await expect(openStore(folder, now)).rejects.toMatchObject({ code: "newsroom-folder-foreign" });
      expect(await readdir(folder)).toEqual(["skripsi.docx"]);
      if (process.platform !== "win32") expect((await stat(folder)).mode & 0o777).toBe(0o755);
    });
  });

  test("that is not there has no people to list", async () => {
    await withFolder(async (folder) => {
      const missing = path.join(folder, "salah");
      await expect(listPeople(missing, now)).rejects.toMatchObject({ code: "newsroom-folder-missing" });
      await expect(stat(missing)).rejects.toThrow("ENOENT");
    });
  });

  test("with a damaged database is refused in so many words", async () => {
    await withFolder(async (folder) => {
      await writeFile(path.join(folder, "newsroom.db"), "bukan basis data ".repeat(500));
      await expect(openStore(folder, now)).rejects.toMatchObject({ code: "newsroom-folder-unusable" });
    });
  });

  test.skipIf(process.getuid?.() === 0)("that cannot be written is refused", async () => {
    await withFolder(async (folder) => {
      const inner = path.join(folder, "data");
      await mkdir(inner);
      await chmod(inner, 0o500);
      await expect(openStore(inner, now)).rejects.toMatchObject({ code: "newsroom-folder-unusable" });
    });
  });
});

describe("the database", () => {
  test.each([[true], ["a\u0000b"], ["\ud800"], [Number.NaN], [undefined], [{}]])(
    "refuses %j, which libsql would not survive or keep",
    async (value) => {
      await withFolder(async (folder) => {
        const store = await openStore(folder, now);
        const row = { number: 2, applied_at: value as string };
        if (value !== undefined) {
          await expect(store.insertInto("migrations").values(row).execute()).rejects.toThrow(TypeError);
        }
        const where = store
          .selectFrom("migrations")
          .selectAll()
          .where("applied_at", "=", value as string);
        await expect(where.execute()).rejects.toThrow();
        await store.destroy();
      });
    },
  );

  test("forgets a transaction that failed, whole", async () => {
    await withFolder(async (folder) => {
      const store = await openStore(folder, now);
      const work = store.transaction().execute(async (transaction) => {
        await transaction
          .insertInto("migrations")
          .values({ number: newestMigration + 1, applied_at: "" })
          .execute();
        throw new Error("halfway");
      });
      await expect(work).rejects.toThrow("halfway");
      expect(await store.selectFrom("migrations").selectAll().execute()).toHaveLength(newestMigration);
      await store.destroy();
    });
  });
});

describe("serving", () => {
  const options = { port: 0, images, version: "0.1.0", now: () => now };

  test.each(["0.0.0.0", "192.168.1.2", "redaksi.go.id"])(
    "%s is refused: it is not this machine",
    async (host) => {
      await withFolder(async (folder) => {
        const data = path.join(folder, "data");
        await expect(serve({ ...options, host, data })).rejects.toMatchObject({
          code: "newsroom-host-public",
        });
        await expect(stat(data)).rejects.toThrow("ENOENT");
      });
    },
  );

  test("on a port that is taken says so and leaves the data as it was", async () => {
    await withFolder(async (folder) => {
      const port = Number(new URL(newsroom.url).port);
      await expect(serve({ ...options, host: "127.0.0.1", port, data: folder })).rejects.toMatchObject({
        code: "newsroom-port-unusable",
        params: { reason: "EADDRINUSE" },
      });
      // A mistyped folder is not left behind.
      const data = path.join(folder, "salah");
      await expect(serve({ ...options, host: "127.0.0.1", port, data })).rejects.toMatchObject({
        code: "newsroom-port-unusable",
      });
      await expect(stat(data)).rejects.toThrow("ENOENT");
    });
  });

  test("ends when the signal is aborted", async () => {
    await withFolder(async (folder) => {
      const stop = new AbortController();
      const urls: string[] = [];
      const running = await serve({
        ...options,
        host: "127.0.0.1",
        data: folder,
        signal: stop.signal,
        onListening: (url) => urls.push(url),
      });
      expect(urls).toEqual([running.url]);
      stop.abort();
      await running.closed;
      await expect(fetch(`${running.url}/healthz`)).rejects.toThrow();
      await running.close();
    });
  });
});
