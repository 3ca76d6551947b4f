import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { PassThrough } from "node:stream";
import {
  DefaultHttpStack,
  DetailedError,
  type HttpStack,
  Upload,
  type UploadOptions,
  type UrlStorage,
} from "tus-js-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { apiPath } from "../../../src/contract/contract.js";
import { sha256 } from "../../../src/files/hash.js";
import { jpeg, startNewsroom, type TestNewsroom } from "../support/newsroom.js";

// What tus-js-client tests of itself (test/spec of tus/tus-js-client, MIT), against this service. Each test names its case.

let newsroom: TestNewsroom;
let token: string;
let folder: string;
let seed = 820;
beforeAll(async () => {
  newsroom = await startNewsroom();
  token = await newsroom.token("operator");
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-tus-"));
});
afterAll(async () => {
  await newsroom.remove();
  await rm(folder, { recursive: true, force: true });
});

const endpoint = () => `${newsroom.url}${apiPath}/uploads`;

/** A request that fails instead of being answered, or once it was. */
interface Fault {
  method: string;
  /** Answered instead of the service; undefined where the service is asked and its answer is lost. */
  status?: number;
}

interface Sent {
  method: string;
  status: number | undefined;
  header(name: string): string | undefined;
}

/** Sends requests as the client does, with these faults, each once and in this order, and notes all. */
function stackWith(faults: Fault[] = []) {
  const own = new DefaultHttpStack({});
  const sent: Sent[] = [];
  const stack: HttpStack = {
    getName: () => "with faults",
    createRequest(method, url) {
      const request = own.createRequest(method, url);
      const send = request.send.bind(request);
      request.send = async (body) => {
        const note = (status: number | undefined) =>
          void sent.push({ method, status, header: (name) => request.getHeader(name) });
        const fault = faults[0]?.method === method ? faults.shift() : undefined;
        if (fault?.status !== undefined) {
          const { status } = fault;
          note(status);
          return {
            getStatus: () => status,
            getHeader: () => undefined,
            getBody: () => "",
            getUnderlyingObject: () => null,
          };
        }
        const response = await send(body);
        note(fault ? undefined : response.getStatus());
        if (fault) throw new Error("the answer is lost");
        return response;
      };
      return request;
    },
  };
  return { stack, sent, methods: () => sent.map(({ method, status }) => `${method} ${status ?? "lost"}`) };
}

type Photo = Awaited<ReturnType<typeof jpeg>>;

interface Outcome {
  upload: Upload;
  /** Of the answer by which it failed; undefined where it succeeded, or failed without one. */
  status?: number | undefined;
  error?: Error;
  methods: string[];
  sent: Sent[];
}

/** Lets the client upload; how it ends. */
function run(
  input: ConstructorParameters<typeof Upload>[0],
  { hash }: { hash: string },
  options: UploadOptions & { faults?: Fault[]; configure?: (upload: Upload) => Promise<void> | void } = {},
): Promise<Outcome> {
  const { faults, configure, ...rest } = options;
  const { stack, sent, methods } = stackWith(faults);
  return new Promise((resolve, reject) => {
    const upload: Upload = new Upload(input, {
      endpoint: endpoint(),
      metadata: { sha256: hash, filename: "słońce.jpg", type: "image/jpeg" },
      httpStack: stack,
      retryDelays: [],
      ...rest,
      headers: { authorization: `Bearer ${token}`, ...rest.headers },
      onSuccess: () => resolve({ upload, methods: methods(), sent }),
      onError: (error) => {
        const response = error instanceof DetailedError ? error.originalResponse : undefined;
        resolve({ upload, status: response?.getStatus(), error, methods: methods(), sent });
      },
    });
    Promise.resolve(configure?.(upload)).then(() => upload.start(), reject);
  });
}

async function bytesOf({ hash }: { hash: string }): Promise<Buffer | undefined> {
  const response = await fetch(`${newsroom.url}${apiPath}/photos/${hash}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return response.status === 200 ? Buffer.from(await response.arrayBuffer()) : undefined;
}

/** Expects that the photo has arrived, byte for byte. */
async function expectKept(photo: Photo, { error }: Outcome): Promise<void> {
  expect(error).toBeUndefined();
  expect((await bytesOf(photo))?.equals(photo.bytes)).toBe(true);
}

function head(url: string): Promise<Response> {
  return fetch(url, {
    method: "HEAD",
    headers: { authorization: `Bearer ${token}`, "tus-resumable": "1.0.0" },
  });
}

const newPhoto = () => jpeg(seed++, 600);
const partsOf = (bytes: Buffer, chunkSize: number) => Math.ceil(bytes.length / chunkSize);

describe("test-end-to-end", () => {
  test("should upload to a real tus server, and be gone after abort(true)", async () => {
    const photo = await newPhoto();
    const done = await run(photo.bytes, photo);
    await expectKept(photo, done);
    expect(done.methods).toEqual(["POST 201", "PATCH 204"]);
    const { status, headers } = await head(done.upload.url!);
    expect(status).toBe(200);
    expect(headers.get("upload-offset")).toBe(String(photo.bytes.length));
    expect(headers.get("upload-length")).toBe(String(photo.bytes.length));
    expect(headers.get("upload-metadata")?.split(",").sort()).toEqual([
      `sha256 ${btoa(photo.hash)}`,
      `type ${btoa("image/jpeg")}`,
    ]);
    await done.upload.abort(true);
    expect((await head(done.upload.url!)).status).toBe(404);
    // The photo is no upload any more, and stays.
    await expectKept(photo, done);
  });

  test("should upload to a real tus server with creation-with-upload", async () => {
    const photo = await newPhoto();
    const done = await run(photo.bytes, photo, { uploadDataDuringCreation: true });
    await expectKept(photo, done);
    expect(done.methods).toEqual(["POST 201"]);
  });
});

describe("test-common", () => {
  test("should upload in chunks, the first with the creation", async () => {
    const photo = await newPhoto();
    const chunkSize = Math.ceil(photo.bytes.length / 3);
    const done = await run(photo.bytes, photo, { uploadDataDuringCreation: true, chunkSize });
    await expectKept(photo, done);
    expect(done.methods).toEqual(["POST 201", "PATCH 204", "PATCH 204"]);
  });

  test("should override the PATCH method", async () => {
    const photo = await newPhoto();
    const chunkSize = Math.ceil(photo.bytes.length / 2);
    const done = await run(photo.bytes, photo, { overridePatchMethod: true, chunkSize });
    await expectKept(photo, done);
    expect(done.methods).toEqual(["POST 201", "POST 204", "POST 204"]);
  });

  test("should resume an upload from its address", async () => {
    const photo = await newPhoto();
    const uploadUrl = await abandoned(photo);
    const done = await run(photo.bytes, photo, { uploadUrl });
    await expectKept(photo, done);
    expect(done.methods).toEqual(["HEAD 200", "PATCH 204"]);
    expect(done.upload.url).toBe(uploadUrl);
  });

  test("should not send anything if the upload is already complete", async () => {
    const photo = await newPhoto();
    const first = await run(photo.bytes, photo);
    const done = await run(photo.bytes, photo, { uploadUrl: first.upload.url });
    await expectKept(photo, done);
    expect(done.methods).toEqual(["HEAD 200"]);
  });

  test("should create an upload if resuming fails", async () => {
    const photo = await newPhoto();
    const uploadUrl = await abandoned(photo);
    await Upload.terminate(uploadUrl, { headers: { authorization: `Bearer ${token}` } });
    const done = await run(photo.bytes, photo, { uploadUrl });
    await expectKept(photo, done);
    expect(done.methods).toEqual(["HEAD 404", "POST 201", "PATCH 204"]);
    expect(done.upload.url).not.toBe(uploadUrl);
  });

  test("should resume after it was aborted and started again", async () => {
    const photo = await newPhoto();
    const chunkSize = Math.ceil(photo.bytes.length / 3);
    let isAborted = false;
    const done = await run(photo.bytes, photo, {
      chunkSize,
      configure(upload) {
        upload.options.onChunkComplete = () => {
          if (isAborted) return;
          isAborted = true;
          void upload.abort().then(() => upload.start());
        };
      },
    });
    await expectKept(photo, done);
    expect(done.methods).toEqual(["POST 201", "PATCH 204", "HEAD 200", "PATCH 204", "PATCH 204"]);
  });

  test.each([409, 423, 500, 503])("should retry the upload: %d", async (status) => {
    const photo = await newPhoto();
    const faults = [
      { method: "POST", status },
      { method: "PATCH", status },
    ];
    const done = await run(photo.bytes, photo, { faults, retryDelays: [0, 0, 0] });
    await expectKept(photo, done);
    expect(done.methods).toEqual([`POST ${status}`, "POST 201", `PATCH ${status}`, "HEAD 200", "PATCH 204"]);
  });

  test("should retry a locked HEAD instead of beginning anew", async () => {
    const photo = await newPhoto();
    const uploadUrl = await abandoned(photo);
    const faults = [{ method: "HEAD", status: 423 }];
    const done = await run(photo.bytes, photo, { uploadUrl, faults, retryDelays: [0] });
    await expectKept(photo, done);
    expect(done.methods).toEqual(["HEAD 423", "HEAD 200", "PATCH 204"]);
  });

  test("should finish when the answer to the last bytes is lost", async () => {
    const photo = await newPhoto();
    const done = await run(photo.bytes, photo, { faults: [{ method: "PATCH" }], retryDelays: [0] });
    await expectKept(photo, done);
    expect(done.methods).toEqual(["POST 201", "PATCH lost", "HEAD 200"]);
  });

  test("should not retry an error that is the client's, and call onShouldRetry for each", async () => {
    const photo = await newPhoto();
    const asked: number[] = [];
    const done = await run(photo.bytes, photo, {
      metadata: { sha256: "none", filename: "a.jpg", type: "image/jpeg" },
      retryDelays: [0, 0],
      onShouldRetry: (error, attempt) => {
        asked.push(attempt);
        return error.originalResponse?.getStatus() !== 422;
      },
    });
    expect([done.status, done.methods, asked]).toEqual([422, ["POST 422"], [0]]);
  });

  test("should send custom headers, and an id of each request", async () => {
    const photo = await newPhoto();
    const done = await run(photo.bytes, photo, { headers: { "accept-language": "en" }, addRequestId: true });
    await expectKept(photo, done);
    for (const { header } of done.sent) {
      expect(header("accept-language")).toBe("en");
      expect(header("X-Request-ID")).toMatch(/^[0-9a-f-]{36}$/);
    }
    const refused = await run(photo.bytes, photo, { headers: { authorization: "Bearer none" } });
    expect(refused.status).toBe(401);
  });

  test("should fail for an empty file: a photo has bytes", async () => {
    const done = await run(Buffer.alloc(0), { hash: (await newPhoto()).hash });
    expect([done.status, done.methods]).toEqual([400, ["POST 400"]]);
  });

  /** An upload of which the first third has arrived; its address. */
  async function abandoned(photo: Photo): Promise<string> {
    const chunkSize = Math.ceil(photo.bytes.length / 3);
    const faults = [{ method: "PATCH" }];
    const { upload, methods } = await run(photo.bytes, photo, { chunkSize, faults });
    expect(methods).toEqual(["POST 201", "PATCH lost"]);
    return upload.url!;
  }
});

describe("test-parallel-uploads", () => {
  test("should split a file into parts: is refused, as there is no concatenation", async () => {
    const photo = await newPhoto();
    const done = await run(photo.bytes, photo, { parallelUploads: 2 });
    expect(done.status).toBe(501);
    expect(new Set(done.methods)).toEqual(new Set(["POST 501"]));
    expect(done.error).toMatchObject({ message: expect.stringContaining("upload-concat") });
  });
});

describe("test-node-specific", () => {
  test("should accept Buffers", async () => {
    const photo = await newPhoto();
    const chunkSize = 100;
    const done = await run(photo.bytes, photo, { chunkSize });
    await expectKept(photo, done);
    expect(done.methods).toHaveLength(1 + partsOf(photo.bytes, chunkSize));
  });

  test("should accept Readable streams", async () => {
    const photo = await newPhoto();
    const input = new PassThrough();
    input.end(photo.bytes);
    await expectKept(photo, await run(input, photo, { chunkSize: 100, uploadSize: photo.bytes.length }));
  });

  test("should accept fs.ReadStream", async () => {
    const photo = await newPhoto();
    const file = path.join(folder, "photo.jpg");
    await writeFile(file, photo.bytes);
    await expectKept(photo, await run(createReadStream(file), photo, { chunkSize: 100 }));
  });

  test("should accept Readable streams with deferred size: is refused, as a photo's length is announced", async () => {
    const photo = await newPhoto();
    const input = new PassThrough();
    input.end(photo.bytes);
    const done = await run(input, photo, { chunkSize: 100, uploadLengthDeferred: true });
    expect([done.status, done.methods]).toEqual([400, ["POST 400"]]);
    expect(done.error).toMatchObject({ message: expect.stringContaining("upload-defer-length") });
  });

  test("should throw an error if the source provides less data than uploadSize, and go on with the rest", async () => {
    const photo = await newPhoto();
    const half = Math.floor(photo.bytes.length / 2);
    const input = new PassThrough();
    input.end(photo.bytes.subarray(0, half));
    const cut = await run(input, photo, { chunkSize: 100, uploadSize: photo.bytes.length });
    expect(cut.error).toMatchObject({ message: expect.stringContaining("the source is done after") });
    const done = await run(photo.bytes, photo, { uploadUrl: cut.upload.url });
    await expectKept(photo, done);
    expect(done.methods).toEqual(["HEAD 200", "PATCH 204"]);
  });

  test("should resume an upload from a stored url, and not that of another file", async () => {
    const [photo, other] = [await newPhoto(), await newPhoto()];
    const urlStorage = memoryOfUrls();
    const fingerprint = async (input: unknown) => sha256(input as Buffer);
    const stored = { urlStorage, fingerprint, storeFingerprintForResuming: true };
    const faults = [{ method: "PATCH" }];
    const chunkSize = Math.ceil(photo.bytes.length / 2);
    const cut = await run(photo.bytes, photo, { ...stored, chunkSize, faults });
    expect(cut.error).toBeDefined();
    const found: number[] = [];
    const resume = async (upload: Upload) => {
      const previous = await upload.findPreviousUploads();
      found.push(previous.length);
      if (previous[0]) upload.resumeFromPreviousUpload(previous[0]);
    };
    const another = await run(other.bytes, other, { ...stored, configure: resume });
    await expectKept(other, another);
    const done = await run(photo.bytes, photo, {
      ...stored,
      removeFingerprintOnSuccess: true,
      configure: resume,
    });
    await expectKept(photo, done);
    expect(found).toEqual([0, 1]);
    expect(done.upload.url).toBe(cut.upload.url);
    expect(done.methods).toEqual(["HEAD 200", "PATCH 204"]);
  });
});

/** What a browser keeps of the addresses of uploads, by fingerprint. */
function memoryOfUrls(): UrlStorage {
  const urls = new Map<string, Awaited<ReturnType<UrlStorage["findAllUploads"]>>[number]>();
  return {
    findAllUploads: async () => [...urls.values()],
    findUploadsByFingerprint: async (fingerprint) =>
      [...urls].filter(([key]) => key.startsWith(fingerprint)).map(([, upload]) => upload),
    removeUpload: async (key) => void urls.delete(key),
    async addUpload(fingerprint, upload) {
      const urlStorageKey = `${fingerprint} ${urls.size}`;
      urls.set(urlStorageKey, { ...upload, urlStorageKey });
      return urlStorageKey;
    },
  };
}

describe("test-terminate", () => {
  test("should terminate upload when abort is called with true", async () => {
    const photo = await newPhoto();
    const { stack, methods } = stackWith();
    const url = await new Promise<string>((resolve, reject) => {
      const upload: Upload = new Upload(photo.bytes, {
        endpoint: endpoint(),
        metadata: { sha256: photo.hash, filename: "a.jpg", type: "image/jpeg" },
        headers: { authorization: `Bearer ${token}` },
        httpStack: stack,
        chunkSize: 100,
        onChunkComplete: () => void upload.abort(true).then(() => resolve(upload.url!), reject),
        onError: reject,
      });
      upload.start();
    });
    expect(methods()).toEqual(["POST 201", "PATCH 204", "DELETE 204"]);
    expect((await head(url)).status).toBe(404);
    expect(await bytesOf(photo)).toBeUndefined();
  });

  test("should retry terminate when an error is returned on first try", async () => {
    const { stack, methods } = stackWith([
      { method: "DELETE", status: 423 },
      { method: "DELETE", status: 500 },
    ]);
    const url = await announce();
    await Upload.terminate(url, {
      headers: { authorization: `Bearer ${token}` },
      httpStack: stack,
      retryDelays: [0, 0],
    });
    expect(methods()).toEqual(["DELETE 423", "DELETE 500", "DELETE 204"]);
    expect((await head(url)).status).toBe(404);
  });

  test("should stop retrying when all delays are used up, and the upload is still there", async () => {
    const { stack } = stackWith([
      { method: "DELETE", status: 500 },
      { method: "DELETE", status: 500 },
    ]);
    const url = await announce();
    const headers = { authorization: `Bearer ${token}` };
    await expect(Upload.terminate(url, { headers, httpStack: stack, retryDelays: [0] })).rejects.toThrow(
      "unexpected response while terminating upload",
    );
    expect((await head(url)).headers.get("upload-offset")).toBe("0");
  });

  async function announce(): Promise<string> {
    const photo = await newPhoto();
    const { upload } = await run(photo.bytes, photo, { faults: [{ method: "PATCH", status: 400 }] });
    return upload.url!;
  }
});

test("none of it is a failure of the service", () => {
  expect(newsroom.log.filter((line) => /"level":"error"/.test(line))).toEqual([]);
});
