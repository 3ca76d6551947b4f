import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { problemDocument } from "../../../src/contract/contract.js";
import { exchange } from "../support/exchange.js";
import { as, jpeg, photo, startNewsroom, type TestNewsroom, uploadPhoto } from "../support/newsroom.js";

/*
 * HTTP to the letter: a request as it is written on the connection, the status and headers of its answer, and the clause
 * that says so. "RFC" is left out: 9110 are the semantics, 9112 is HTTP/1.1, 9457 are problem documents.
 *
 * In targets and headers stand {sub} and {photo}, what is there; {tag}, {br}, {gz}, {ptag}, their tags; {size}, the bytes of
 * the photo. "Body" is the body, and "#2" at the end of a name lets it come twice. Of the answer, a header with `undefined`
 * may not be there.
 */
type Headers = Record<string, string>;
type Expected = Record<string, string | RegExp | undefined>;
type Row = [
  clause: string,
  name: string,
  request: string,
  headers: Headers,
  status: number,
  expected?: Expected,
];

const gzip = { "Accept-Encoding": "gzip" };
const br = { "Accept-Encoding": "br" };
const inm = (value: string) => ({ "If-None-Match": value });
const im = (value: string) => ({ "If-Match": value });
const part = (value: string) => ({ Range: value });
const takes = (step: string) => ({
  "Content-Type": "application/json",
  Body: JSON.stringify({ step, reason: "Lengkapi" }),
});
const step = takes("release");
const problemType = { "content-type": "application/problem+json; charset=utf-8" };
const [SUB, PHOTO, STEPS] = [
  "/api/v1/submissions/{sub}",
  "/api/v1/photos/{photo}",
  "/api/v1/submissions/{sub}/transitions",
];

// biome-ignore format: a table has one row a line
const conditional: Row[] = [
  ["9110 8.8.3", "a submission has a strong tag of its revision and more", `GET ${SUB}`, {}, 200, { etag: /^"r1\.[\w-]+"$/ }],
  ["9110 13.1.2", "its tag", `GET ${SUB}`, inm("{tag}"), 304, { etag: "{tag}", "content-length": undefined, "content-type": undefined }],
  ["9110 13.1.2", "its tag, weak", `GET ${SUB}`, inm("W/{tag}"), 304, { etag: "{tag}" }],
  ["9110 13.1.2", "a list with it", `GET ${SUB}`, inm('"a", {tag}, "b"'), 304],
  ["9110 13.1.2", "a list with it, after a tag with a comma", `GET ${SUB}`, inm('"a,b", W/{tag}'), 304],
  ["9110 5.6.1", "a list with empty elements", `GET ${SUB}`, inm(', "a",, {tag} ,'), 304],
  ["9110 13.1.2", "a tag that merely holds it", `GET ${SUB}`, inm('"a, {sub}, b"'), 200],
  ["9110 13.1.2", "any", `GET ${SUB}`, inm("*"), 304, { etag: "{tag}" }],
  ["9110 13.1.2", "any of what is not there", "GET /api/v1/submissions/00000000-0000-4000-8000-000000000000", inm("*"), 404],
  ["9110 13.1.2", "another tag", `GET ${SUB}`, inm('"r1"'), 200, { etag: "{tag}" }],
  ["9110 13.1.2", "a tag without its quotes", `GET ${SUB}`, inm("r1"), 200],
  ["9110 8.8.3", "the weakness in lower case is none", `GET ${SUB}`, inm("w/{tag}"), 200],
  ["9110 13.1.2", "HEAD", `HEAD ${SUB}`, inm("{tag}"), 304, { etag: "{tag}", "content-length": undefined }],
  ["9110 13.1.3", "a date with a tag is not looked at", `GET ${SUB}`, { ...inm('"a"'), "If-Modified-Since": "Tue, 17 Nov 2037 03:00:00 GMT" }, 200],
  ["9110 13.1.3", "a date alone: there is no Last-Modified", `GET ${SUB}`, { "If-Modified-Since": "Tue, 17 Nov 2037 03:00:00 GMT" }, 200, { "last-modified": undefined }],
  ["9110 13.1.4", "a date that it must be unchanged since", `GET ${SUB}`, { "If-Unmodified-Since": "Tue, 17 Nov 1987 03:00:00 GMT" }, 200],
  ["9110 15.4.5", "304 says how long it may be kept, and by what it varies", `GET ${SUB}`, inm("{tag}"), 304, { "cache-control": "no-store", vary: /accept-encoding/ }],
  ["9110 13.1.1", "If-Match with the revision", `GET ${SUB}`, im('"r1"'), 200],
  ["9110 13.1.1", "If-Match with the whole tag", `GET ${SUB}`, im("{tag}"), 200],
  ["9110 13.1.1", "If-Match with any", `GET ${SUB}`, im("*"), 200],
  ["9110 13.1.1", "If-Match with a weak tag", `GET ${SUB}`, im("W/{tag}"), 412, problemType],
  ["9110 13.2.2", "If-Match is looked at before If-None-Match", `GET ${SUB}`, { ...im('"r9"'), ...inm("{tag}") }, 412],
  ["9110 13.2.2", "If-None-Match where If-Match is true", `GET ${SUB}`, { ...im("{tag}"), ...inm("{tag}") }, 304],
  ["9110 13.1.1", "a step upon a weak tag", `POST ${STEPS}`, { ...step, ...im('W/"r1"') }, 412, problemType],
  ["9110 13.1.1", "a step upon an unknown tag", `POST ${STEPS}`, { ...step, ...im('"x1"') }, 412, problemType],
  ["9110 13.1.1", "a step upon a revision that has not been", `POST ${STEPS}`, { ...step, ...im('"r7"') }, 412],
  ["6585 3", "a decision upon any revision", `POST ${STEPS}`, { ...takes("return"), ...im("*") }, 428, problemType],
  ["6585 3", "a decision upon none", `POST ${STEPS}`, takes("return"), 428],
];

// biome-ignore format: a table has one row a line
const ranges: Row[] = [
  ["9110 14.3", "a photo says that it has ranges", `GET ${PHOTO}`, {}, 200, { "accept-ranges": "bytes", "content-length": "{size}", etag: "{ptag}" }],
  ["9110 14.2", "the first bytes", `GET ${PHOTO}`, part("bytes=0-3"), 206, { "content-range": "bytes 0-3/{size}", "content-length": "4", etag: "{ptag}" }],
  ["9110 14.1.2", "from a byte on", `GET ${PHOTO}`, part("bytes=100-"), 206, { "content-range": /^bytes 100-\d+\/{size}$/ }],
  ["9110 14.1.2", "the last bytes", `GET ${PHOTO}`, part("bytes=-5"), 206, { "content-length": "5" }],
  ["9110 14.1.2", "more of the last than there are", `GET ${PHOTO}`, part("bytes=-999999"), 206, { "content-range": /^bytes 0-/, "content-length": "{size}" }],
  ["9110 14.1.2", "an end behind the last byte", `GET ${PHOTO}`, part("bytes=0-99999999999999999"), 206, { "content-length": "{size}" }],
  ["9110 14.1", "a unit in capitals", `GET ${PHOTO}`, part("Bytes=0-3"), 206],
  ["9110 14.1.2", "a start behind the last byte", `GET ${PHOTO}`, part("bytes=999999-"), 416, { "content-range": "bytes */{size}", ...problemType }],
  ["9110 14.1.2", "a start of many digits", `GET ${PHOTO}`, part("bytes=99999999999999999-"), 416, { "content-range": "bytes */{size}" }],
  ["9110 14.1.2", "none of the last bytes", `GET ${PHOTO}`, part("bytes=-0"), 416, { "content-range": "bytes */{size}" }],
  ["9110 14.2", "an end before its start", `GET ${PHOTO}`, part("bytes=5-2"), 200, { "content-range": undefined, "content-length": "{size}" }],
  ["9110 14.2", "several ranges", `GET ${PHOTO}`, part("bytes=0-3, 8-9"), 200, { "content-range": undefined }],
  ["9110 14.2", "another unit", `GET ${PHOTO}`, part("lines=0-3"), 200, { "content-range": undefined }],
  ["9110 14.2", "no range at all", `GET ${PHOTO}`, part("bytes=-"), 200],
  ["9110 14.2", "HEAD has no ranges", `HEAD ${PHOTO}`, part("bytes=0-3"), 200, { "content-length": "{size}", "content-range": undefined, "accept-ranges": "bytes" }],
  ["9110 14.2", "HEAD has no wrong ranges either", `HEAD ${PHOTO}`, part("bytes=999999-"), 200, { "content-length": "{size}" }],
  ["9110 13.1.5", "If-Range with the tag", `GET ${PHOTO}`, { ...part("bytes=0-3"), "If-Range": "{ptag}" }, 206],
  ["9110 13.1.5", "If-Range with another tag", `GET ${PHOTO}`, { ...part("bytes=0-3"), "If-Range": '"a"' }, 200, { "content-length": "{size}", "content-range": undefined }],
  ["9110 13.1.5", "If-Range with the tag, weak", `GET ${PHOTO}`, { ...part("bytes=0-3"), "If-Range": "W/{ptag}" }, 200],
  ["9110 13.1.5", "If-Range with a date", `GET ${PHOTO}`, { ...part("bytes=0-3"), "If-Range": "Tue, 17 Nov 2026 03:00:00 GMT" }, 200],
  ["9110 13.1.5", "If-Range takes one tag", `GET ${PHOTO}`, { ...part("bytes=0-3"), "If-Range": '{ptag}, "a"' }, 200],
  ["9110 13.1.5", "If-Range knows no any", `GET ${PHOTO}`, { ...part("bytes=0-3"), "If-Range": "*" }, 200],
  ["9110 13.1.5", "If-Range without a range", `GET ${PHOTO}`, { "If-Range": '"a"' }, 200],
  ["9110 13.2.2", "If-Range is false, the range behind the end", `GET ${PHOTO}`, { ...part("bytes=999999-"), "If-Range": '"a"' }, 200],
  ["9110 13.2.2", "304 before 416", `GET ${PHOTO}`, { ...part("bytes=999999-"), ...inm("{ptag}") }, 304, { "content-range": undefined }],
  ["9110 13.2.2", "304 before 206", `GET ${PHOTO}`, { ...part("bytes=0-3"), ...inm("{ptag}") }, 304],
  ["9110 13.2.2", "412 before 304", `GET ${PHOTO}`, { ...im('"a"'), ...inm("{ptag}") }, 412, { ...problemType, etag: undefined }],
  ["9110 13.1.1", "If-Match with any of a photo", `GET ${PHOTO}`, im("*"), 200],
  ["9110 13.1.1", "If-Match of a photo, weak", `GET ${PHOTO}`, im("W/{ptag}"), 412],
  ["9110 13.1.2", "HEAD of a photo that is held", `HEAD ${PHOTO}`, inm("{ptag}"), 304, { etag: "{ptag}", "content-length": undefined }],
  ["9110 14.2", "a submission has no ranges", `GET ${SUB}`, part("bytes=0-3"), 200, { "content-range": undefined }],
];

// biome-ignore format: a table has one row a line
const methods: Row[] = [
  ["9110 15.5.6", "another method of the API", "DELETE /api/v1/me", {}, 405, { allow: "GET, HEAD, OPTIONS", ...problemType }],
  ["9110 15.5.6", "another method of an item", `PATCH ${SUB}`, {}, 405, { allow: "GET, HEAD, OPTIONS, PUT" }],
  ["9110 15.5.6", "another method of the health page", "POST /healthz", { Body: "" }, 405, { allow: "GET, HEAD, OPTIONS" }],
  ["9110 15.5.6", "another method of the document", "PUT /openapi.json", { Body: "" }, 405, { allow: "GET, HEAD, OPTIONS" }],
  ["9110 15.5.6", "another method, with a body of another type", "PUT /api/v1", { "Content-Type": "text/csv", Body: "a" }, 405],
  ["9110 15.5.6", "a method that only posts", "GET /api/v1/activations", {}, 405, { allow: "OPTIONS, POST", ...problemType }],
  ["tus 1.0 Tus-Resumable", "another method of the uploads", "GET /api/v1/uploads", {}, 405, { allow: "OPTIONS, POST", "tus-resumable": "1.0.0", ...problemType }],
  ["tus 1.0 Tus-Resumable", "another method of an upload", "PUT /api/v1/uploads/00000000-0000-4000-8000-000000000000", { Body: "" }, 405, { "tus-resumable": "1.0.0", ...problemType }],
  ["9110 15.5.6", "a page of the desk that only takes forms", "GET /logout", {}, 405, { allow: "OPTIONS, POST" }],
  ["9110 15.5.6", "a method of WebDAV", "PROPFIND /login", {}, 405, { allow: "GET, HEAD, OPTIONS, POST" }],
  ["9110 9.3.8", "TRACE", "TRACE /api/v1", {}, 405],
  ["9110 15.5.5", "an address that nobody has", "DELETE /api/v1/none", {}, 404, { allow: undefined, ...problemType }],
  ["9110 15.5.5", "an address of the desk that nobody has", "POST /none", { Body: "" }, 404, { allow: undefined }],
  ["9110 9.3.7", "OPTIONS", `OPTIONS ${SUB}`, {}, 204, { allow: "GET, HEAD, OPTIONS, PUT", "content-length": undefined }],
  ["9110 9.3.7", "OPTIONS of the service", "OPTIONS *", {}, 204, { allow: /DELETE.*GET.*PUT/ }],
  ["9110 9.3.7", "OPTIONS of an address that nobody has", "OPTIONS /api/v1/none", {}, 404],
  ["9110 9.3.2", "HEAD of the health page", "HEAD /healthz", {}, 200, { "content-length": "15", "content-type": /json/ }],
  ["9110 9.3.2", "HEAD of a list", "HEAD /api/v1/submissions", {}, 200, { "content-length": /^\d{3,}$/ }],
  ["9110 9.3.2", "HEAD of a page of the desk", "HEAD /login", {}, 200, { "content-type": /html/ }],
  ["9110 9.3.2", "HEAD of the change feed opens no stream", "HEAD /api/v1/changes", { Accept: "text/event-stream" }, 200, { "content-type": /event-stream/ }],
  ["9110 9.3.2", "HEAD of what is not there", "HEAD /api/v1/none", {}, 404],
];

// biome-ignore format: a table has one row a line
const codings: Row[] = [
  ["9110 12.5.3", "the document in gzip", "GET /openapi.json", gzip, 200, { "content-encoding": "gzip", vary: /accept-encoding/, "content-length": /^\d{5}$/ }],
  ["9110 12.5.3", "the document in brotli", "GET /openapi.json", br, 200, { "content-encoding": "br" }],
  ["9110 12.5.3", "brotli of what is preferred alike", "GET /openapi.json", { "Accept-Encoding": "gzip, deflate, br" }, 200, { "content-encoding": "br" }],
  ["9110 12.4.2", "what is preferred", "GET /openapi.json", { "Accept-Encoding": "br;q=0.5, gzip;q=0.9" }, 200, { "content-encoding": "gzip" }],
  ["9110 12.4.2", "what is not acceptable", "GET /openapi.json", { "Accept-Encoding": "gzip;q=0, br;q=0.000" }, 200, { "content-encoding": undefined, vary: /accept-encoding/ }],
  ["9110 12.5.3", "rather as it is", "GET /openapi.json", { "Accept-Encoding": "identity, gzip;q=0.5" }, 200, { "content-encoding": undefined }],
  ["9110 12.5.3", "anything", "GET /openapi.json", { "Accept-Encoding": "*" }, 200, { "content-encoding": "br" }],
  ["9110 12.5.3", "anything but brotli", "GET /openapi.json", { "Accept-Encoding": "br;q=0, *" }, 200, { "content-encoding": "gzip" }],
  ["9110 8.4.1", "an old name, in capitals", "GET /openapi.json", { "Accept-Encoding": "X-GZIP" }, 200, { "content-encoding": "gzip" }],
  ["9110 12.5.3", "nothing", "GET /openapi.json", { "Accept-Encoding": "" }, 200, { "content-encoding": undefined }],
  ["9110 12.5.3", "no header", "GET /openapi.json", {}, 200, { "content-encoding": undefined, vary: /accept-encoding/ }],
  ["9110 12.5.3", "a coding that we have not", "GET /openapi.json", { "Accept-Encoding": "zstd" }, 200, { "content-encoding": undefined }],
  ["9110 9.3.2", "HEAD has the length of the compressed", "HEAD /openapi.json", gzip, 200, { "content-encoding": "gzip", "content-length": /^\d{5}$/ }],
  ["9110 12.5.3", "a page of the desk", "GET /login", br, 200, { "content-encoding": "br", vary: /accept-encoding.*accept-language|accept-language.*accept-encoding/ }],
  ["9110 12.5.3", "the stylesheet", "GET {css}", gzip, 200, { "content-encoding": "gzip" }],
  ["9110 8.4", "a short answer stays as it is", "GET /healthz", gzip, 200, { "content-encoding": undefined }],
  ["9110 8.4", "a photo stays as it is", `GET ${PHOTO}`, gzip, 200, { "content-encoding": undefined, "content-length": "{size}", etag: "{ptag}" }],
  ["9110 8.8.3.3", "a compressed submission has a tag of its own", `GET ${SUB}`, br, 200, { "content-encoding": "br", etag: "{br}" }],
  ["9110 8.8.3.3", "in gzip another", `GET ${SUB}`, gzip, 200, { etag: "{gz}" }],
  ["9110 13.1.2", "the compressed one is held", `GET ${SUB}`, { ...br, ...inm("{br}") }, 304, { etag: "{br}", "content-encoding": undefined }],
  ["9110 13.1.2", "another coding is held", `GET ${SUB}`, { ...gzip, ...inm("{br}") }, 200, { etag: "{gz}" }],
  ["9110 13.1.1", "If-Match with the tag of a compressed one", `GET ${SUB}`, im("{br}"), 200],
];

// biome-ignore format: a table has one row a line
const messages: Row[] = [
  ["9112 3.2.2", "a target with its host", "GET http://localhost/healthz", {}, 200],
  ["9112 3.2.2", "a target with its host alone", "HEAD http://localhost", { Host: "localhost" }, 303],
  ["9112 3.2.4", "OPTIONS of a host", "OPTIONS http://localhost", {}, 204, { allow: /GET/ }],
  ["9110 7.4", "a target with another host", "GET http://lain.example/healthz", {}, 421, problemType],
  ["9112 3.2", "no host", "GET /healthz", { Host: "" }, 421],
  ["9112 3.2", "two hosts", "GET /healthz", { "Host#2": "localhost" }, 400],
  ["9112 9.3", "HTTP/1.0 ends the connection", "GET /healthz HTTP/1.0", { Connection: "" }, 200, { connection: "close" }],
  ["9112 9.6", "close", "GET /healthz", { Connection: "close" }, 200, { connection: "close" }],
  ["9110 5.1", "names of headers in any case", `GET ${SUB}`, { "iF-nOnE-mAtCh": "{tag}" }, 304],
  ["9110 10.1.1", "an expectation that nobody knows", "GET /healthz", { Expect: "tamu" }, 417, { ...problemType, connection: "close" }],
  ["9110 15.5.12", "a body in chunks", "POST /api/v1/activations", { "Transfer-Encoding": "chunked" }, 411, { ...problemType, connection: "close" }],
  ["9112 6.3", "a length and chunks", "POST /api/v1/activations", { "Transfer-Encoding": "chunked", "Content-Length": "3" }, 400, problemType],
  ["9112 6.3", "a length that is no number", "POST /api/v1/activations", { "Content-Length": "x" }, 400, problemType],
  ["9112 3", "a request line that is none", "APA INI", {}, 400, { ...problemType, connection: "close", date: /GMT$/ }],
  ["9110 5.5", "a header with a control character", "GET /healthz", { "X-A": "a\u0001b" }, 400, problemType],
  ["9112 5.1", "a space before the colon", "GET /healthz", { "X-A ": "a" }, 400, problemType],
  ["9110 15.6.6", "another version", "GET /healthz HTTP/3.7", {}, 505, problemType],
  ["6585 5", "headers that are too large", "GET /healthz", { "X-A": "a".repeat(20_000) }, 431, { ...problemType, connection: "close" }],
  ["9110 15.5.2", "no token", `GET ${SUB}`, { Authorization: "" }, 401, { "www-authenticate": /^Bearer/, ...problemType }],
  ["9110 15.5.16", "a type that nobody takes", "POST /api/v1/photos/known", { "Content-Type": "text/csv", Body: "a" }, 415, problemType],
  ["9457 3", "a problem varies by language", "GET /api/v1/none", { "Accept-Language": "en" }, 404, { vary: /accept-language/, ...problemType }],
  ["9110 6.6.1", "an answer has its date", "GET /healthz", {}, 200, { date: /^\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT$/ }],
  ["9111 5.2.2.5", "an answer of the API is kept by nobody", "GET /api/v1/me", {}, 200, { "cache-control": "no-store" }],
];

let newsroom: TestNewsroom;
let token: string;
const facts: Record<string, string> = {};
beforeAll(async () => {
  newsroom = await startNewsroom({ token_per_minute: 5000, refusals_per_minute: 5000 });
  const operator = await newsroom.token("operator");
  token = await newsroom.token("editor");
  const { bytes, hash } = await jpeg(1);
  await uploadPhoto(newsroom, operator, { bytes, hash });
  const sub = await as(newsroom, operator).submit({ photos: [photo(hash)], body: "Tertib. ".repeat(300) });
  await as(newsroom, token).post(`/submissions/${sub}/transitions`, { step: "claim" });
  Object.assign(facts, { sub, photo: hash, ptag: `"${hash}"`, size: String(bytes.length) });
  const page = await exchange(newsroom, written("GET /login", {}));
  facts.css = /\/assets\/\w+\/desk\.css/.exec(page.text)![0];
  facts.tag = (await exchange(newsroom, written(`GET ${SUB}`, {}))).headers.etag!;
  facts.br = facts.tag.replace(/"$/, '-br"');
  facts.gz = facts.tag.replace(/"$/, '-gzip"');
});
afterAll(() => newsroom.remove());

const filled = (text: string) => text.replace(/\{(\w+)\}/g, (whole, name) => facts[name] ?? whole);

/** The request as it goes over the line. Headers without a value are left out, but for those that may be empty. */
function written(request: string, headers: Headers): string {
  const line = / HTTP\/[\d.]+$/.test(request) ? request : `${request} HTTP/1.1`;
  const { Body: body, ...given } = headers;
  const all: Headers = {
    Host: "localhost",
    Connection: "close",
    Authorization: `Bearer ${token}`,
    ...(body === undefined ? {} : { "Content-Length": String(body.length) }),
    ...given,
  };
  const sent = Object.entries(all).filter(([name, value]) => value !== "" || mayBeEmpty.has(name));
  const lines = sent.map(([name, value]) => `${name.replace("#2", "")}: ${value}`);
  return `${filled([line, ...lines].join("\r\n"))}\r\n\r\n${body ?? ""}`;
}
const mayBeEmpty = new Set(["Host", "Accept-Encoding"]);

test("the table has 80 rows and more", () => {
  expect([conditional, ranges, methods, codings, messages].flat().length).toBeGreaterThanOrEqual(80);
});

describe.each([
  ["conditional requests", conditional],
  ["ranges", ranges],
  ["methods", methods],
  ["codings", codings],
  ["messages", messages],
])("%s", (_, rows) => {
  test.each(rows)("%s: %s", async (_clause, _name, request, headers, status, expected = {}) => {
    const answer = await exchange(newsroom, written(request, headers));
    expect(answer.status, answer.text).toBe(status);
    for (const [name, value] of Object.entries(expected)) {
      const given = answer.headers[name];
      if (value instanceof RegExp) expect(given, name).toMatch(new RegExp(filled(value.source)));
      else expect(given, name).toBe(value === undefined ? undefined : filled(value));
    }
    const hasBody = !request.startsWith("HEAD") && status !== 204 && status !== 304;
    if (!hasBody) expect(answer.bytes).toHaveLength(0);
    else if (answer.headers["content-length"] !== undefined)
      expect(answer.bytes).toHaveLength(Number(answer.headers["content-length"]));
    if (hasBody && expected["content-type"] === problemType["content-type"])
      expect(problemDocument.parse(JSON.parse(answer.text)).status).toBe(status);
  });
});
