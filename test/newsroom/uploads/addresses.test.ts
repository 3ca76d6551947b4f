import { randomBytes } from "node:crypto";
import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { problemDocument } from "../../../src/contract/contract.js";
import { sha256 } from "../../../src/files/hash.js";
import { sampleOf } from "../support/attacks.js";
import { setu, startNewsroom, type TestNewsroom } from "../support/newsroom.js";

let newsroom: TestNewsroom;
let token: string;
let victimToken: string;
beforeAll(async () => {
  newsroom = await startNewsroom();
  token = await newsroom.token("operator");
  victimToken = await newsroom.token("operator", setu);
});
afterAll(() => newsroom.remove());

const bytes = randomBytes(64);
const metadata = [`sha256 ${btoa(sha256(bytes))}`, `filename ${btoa("a.jpg")}`, `type ${btoa("image/jpeg")}`];

interface Answer {
  status: number | undefined;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** One request with its target exactly as given; `fetch` would tidy it up. */
function send(
  method: string,
  target: string,
  headers: Record<string, string> = {},
  body?: Buffer,
  login = token,
): Promise<Answer> {
  const { hostname, port } = new URL(newsroom.url);
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      ...{ hostname, port, method, path: target },
      headers: { authorization: `Bearer ${login}`, "tus-resumable": "1.0.0", ...headers },
    });
    request.on("error", reject);
    request.on("response", async (response) => {
      const parts: Buffer[] = [];
      for await (const part of response) parts.push(part);
      const text = Buffer.concat(parts).toString();
      resolve({ status: response.statusCode, headers: response.headers, body: text });
    });
    request.end(body);
  });
}

async function begin(login: string, headers: Record<string, string> = {}): Promise<string> {
  const created = await send(
    "POST",
    "/api/v1/uploads",
    { "upload-length": String(bytes.length), "upload-metadata": metadata.join(","), ...headers },
    undefined,
    login,
  );
  expect(created.status).toBe(201);
  return String(created.headers.location).split("/").at(-1)!;
}

async function offsetOf(id: string, login: string): Promise<string | undefined> {
  const answer = await send("HEAD", `/api/v1/uploads/${id}`, {}, undefined, login);
  return answer.status === 200 ? String(answer.headers["upload-offset"]) : undefined;
}

/** Addresses that some reader of addresses could take for the victim's upload, though the route finds the caller's. */
const targets: Record<string, (mine: string, victim: string) => string> = {
  query: (mine, victim) => `${mine}?${victim}`,
  "query with a path": (mine, victim) => `${mine}?/${victim}`,
  "query of a name": (mine, victim) => `${mine}?id=/${victim}`,
  fragment: (mine, victim) => `${mine}#/${victim}`,
  semicolon: (mine, victim) => `${mine};/${victim}`,
  "encoded slash": (mine, victim) => `${mine}%2F${victim}`,
  "encoded question mark": (mine, victim) => `${mine}%3F/${victim}`,
  "encoded fragment": (mine, victim) => `${mine}%23/${victim}`,
  "double slash": (mine, victim) => `${mine}//${victim}`,
  slash: (mine, victim) => `${mine}/${victim}`,
  backslash: (mine, victim) => `${mine}\\${victim}`,
  "dot segments": (mine, victim) => `${mine}/../${victim}`,
  "encoded dot segments": (mine, victim) => `${mine}/%2e%2e/${victim}`,
  "double encoding": (mine, victim) => `${mine}%252F${victim}`,
  "trailing slash": (mine, victim) => `${mine}/?${victim}/`,
  "upper case": (mine, victim) => `${mine.toUpperCase()}?/${victim.toUpperCase()}`,
};
const forms: Record<string, (path: string) => string> = {
  "origin form": (path) => `/api/v1/uploads/${path}`,
  "absolute form": (path) => `${newsroom.url}/api/v1/uploads/${path}`,
  "absolute form of another host": (path) => `http://lain.invalid/api/v1/uploads/${path}`,
  "doubled slashes": (path) => `//api//v1//uploads//${path}`,
};
const verbs = ["HEAD", "PATCH", "DELETE", "POST", "OPTIONS", "GET"] as const;
const withBytes = { "content-type": "application/offset+octet-stream", "upload-offset": "0" };

describe.each(verbs)("%s of an address that names two uploads", (verb) => {
  const cases = Object.entries(forms).flatMap(([form, formed]) =>
    Object.entries(targets).map(([target, of]) => ({ name: `${form}, ${target}`, formed, of })),
  );
  test.each(sampleOf(cases, verbs.indexOf(verb)))(
    "never reaches the other's: $name",
    async ({ formed, of }) => {
      const [mine, victim] = [await begin(token), await begin(victimToken)];
      const hasBody = verb === "PATCH" || verb === "POST";
      const answer = await send(
        verb,
        formed(of(mine, victim)),
        hasBody ? withBytes : {},
        hasBody ? bytes.subarray(0, 16) : undefined,
      );
      expect(answer.status, answer.body).toBeLessThan(500);
      expect(await offsetOf(victim, victimToken)).toBe("0");
      expect(await send("DELETE", `/api/v1/uploads/${victim}`, {}, undefined, victimToken)).toMatchObject({
        status: 204,
      });
      await send("DELETE", `/api/v1/uploads/${mine}`);
    },
  );
});

test("an id in a header of the client counts for nothing", async () => {
  const [mine, victim] = [await begin(token), await begin(victimToken)];
  const headers = { ...withBytes, "x-kominfo-upload-id": victim };
  const answer = await send("PATCH", `/api/v1/uploads/${mine}`, headers, bytes.subarray(0, 16));
  expect(answer.status).toBe(204);
  expect([await offsetOf(mine, token), await offsetOf(victim, victimToken)]).toEqual(["16", "0"]);
});

describe("a header of an extension of tus", () => {
  const extensions = [
    ["upload-concat", "partial", 501],
    ["upload-concat", "final;/api/v1/uploads/a /api/v1/uploads/b", 501],
    ["upload-concat", "", 501],
    ["upload-concat", "nonsense", 501],
    ["upload-defer-length", "1", 400],
    ["upload-defer-length", "0", 400],
    ["upload-checksum", "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", undefined],
    ["upload-checksum", "nonsense", undefined],
    ["upload-expires", "Wed, 25 Jun 2014 16:00:00 GMT", undefined],
    ["x-http-method-override", "TRACE", 400],
    ["x-http-method-override", "delete", 400],
    ["x-http-method-override", "", 400],
    ["x-http-method", "PUT", undefined],
    ["x-forwarded-proto", "gopher", undefined],
    ["tus-version", "0.1", undefined],
    ["tus-extension", "concatenation", undefined],
    ["forwarded", "host=lain.invalid;proto=javascript", undefined],
    ["origin", "https://lain.invalid", undefined],
  ] as const;
  test.each(extensions)("%s: %s is refused or ignored, and is no failure", async (name, value, status) => {
    const failed = newsroom.log.filter((line) => /"level":"error"/.test(line)).length;
    const id = await begin(token);
    const requests = [
      () =>
        send("POST", "/api/v1/uploads", {
          "upload-length": String(bytes.length),
          "upload-metadata": metadata.join(","),
          [name]: value,
        }),
      () => send("HEAD", `/api/v1/uploads/${id}`, { [name]: value }),
      () => send("PATCH", `/api/v1/uploads/${id}`, { ...withBytes, [name]: value }, bytes.subarray(0, 16)),
      () => send("DELETE", `/api/v1/uploads/${id}`, { [name]: value }),
      () => send("OPTIONS", "/api/v1/uploads", { [name]: value }),
    ];
    for (const request of requests) {
      const answer = await request();
      if (status === undefined) expect(answer.status, answer.body).toBeLessThan(300);
      else expect(answer.status).toBe(status);
      if (status !== undefined && answer.body) {
        const document = problemDocument.parse(JSON.parse(answer.body));
        expect(document).toMatchObject({ type: "urn:kominfo:problem:invalid", detail: name });
      }
      expect(String(answer.headers.location ?? "")).not.toContain("lain.invalid");
    }
    expect(newsroom.log.filter((line) => /"level":"error"/.test(line))).toHaveLength(failed);
  });

  test("and no length at all, are refused as any other request without one", async () => {
    const answer = await send("POST", "/api/v1/uploads", { "upload-metadata": metadata.join(",") });
    expect(answer.status).toBe(400);
  });
});

describe("X-HTTP-Method-Override lets nobody do what the named method would not", () => {
  const named = (method: string, headers: Record<string, string> = {}) => ({
    ...headers,
    "x-http-method-override": method,
  });

  test.each(["PATCH", "HEAD", "DELETE"])("%s of another person's upload is not found", async (method) => {
    const id = await begin(victimToken);
    const headers = { ...withBytes, authorization: `Bearer ${token}` };
    const answer = await send("POST", `/api/v1/uploads/${id}`, named(method, headers), bytes.subarray(0, 16));
    expect(answer.status).toBe(404);
    expect(await offsetOf(id, victimToken)).toBe("0");
  });

  test("nor without a login, nor of anything but an upload", async () => {
    const id = await begin(token);
    const stranger = { ...withBytes, authorization: "Bearer kominfo_nobody" };
    const refused = await send("POST", `/api/v1/uploads/${id}`, named("DELETE", stranger));
    expect(refused.status).toBe(401);
    expect(await offsetOf(id, token)).toBe("0");
    // Elsewhere the header is not followed: this would end the login.
    const elsewhere = await send(
      "POST",
      "/api/v1/me/token",
      named("DELETE", { authorization: `Bearer ${token}` }),
    );
    expect(elsewhere.status).toBe(405);
    expect(await offsetOf(id, token)).toBe("0");
  });

  test("a page of another origin is told nothing more", async () => {
    const headers = { origin: "https://lain.invalid", "access-control-request-method": "PATCH" };
    const answer = await send("POST", "/api/v1/uploads", named("OPTIONS", headers));
    expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
  });
});
