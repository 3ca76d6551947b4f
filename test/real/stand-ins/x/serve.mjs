/**
 * X on loopback: node test/real/stand-ins/x/serve.mjs [<its public address, where it is reached through something else>].
 * See ../control.mjs for its ready line and faults.
 *
 * It can be asked through a checker of X's own document, which runs beside it:
 *
 *   client -> `origin`: faults, log -> checker (PUT /through {url}) -> `inner`: X
 *
 *   PUT /through {url}   from now on through this address, whose upstream is `inner`; {url: null} straight again
 *   GET /violations      [{n, method, path, status, body}]: what the checker said no to, of requests and of answers
 *
 * The checker sees every request and every answer. Refusals reach the client as X writes them: X's document describes
 * only some of those that X really sends ("about:blank").
 */
import http from "node:http";
import { announce, startControlled } from "../control.mjs";
import { createX } from "./service.mjs";

/** @typedef {import("../control.mjs").Answer} Answer */

const x = createX();
/** @type {string | null} */
let through = null;
/** @type {unknown[]} */
const violations = [];
/** What X itself answered to request n, while the checker looks at it. @type {Map<string, Answer>} */
const answered = new Map();
const numberHeader = "x-stand-in-request";
let origin = "";

const inner = http.createServer(async (request, response) => {
  request.resume();
  const number = String(request.headers[numberHeader]);
  const passed = asking.get(number);
  if (!passed) return void response.writeHead(500).end();
  // The client's own bytes and login: Prism passes a body on as text, which breaks a picture.
  const answer = await x.answer({ ...passed.asked, url: passed.url });
  answered.set(number, answer);
  response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
  response.end(JSON.stringify(answer.json));
});
/** @type {Map<string, { asked: import("../control.mjs").Asked, url: URL }>} */
const asking = new Map();

/** @param {import("../control.mjs").Asked} asked @param {string} checker @returns {Promise<Answer>} */
async function throughChecker(asked, checker) {
  const number = String(asked.n);
  const url = urlOf(asked);
  asking.set(number, { asked, url });
  const { host: _, connection: __, ...given } = asked.headers;
  // Prism knows no scheme "OAuth", which X's document names; who asks is checked by X itself.
  const headers = { ...given, ...(given.authorization && { authorization: "Bearer known-to-X" }) };
  const target = new URL(`${url.pathname}${url.search}`, checker);
  const request = http.request(target, {
    method: asked.method,
    headers: { ...headers, [numberHeader]: number },
  });
  request.end(asked.body);
  const { status, body } = await new Promise((resolve, reject) => {
    request.on("error", reject).on("response", async (response) => {
      const chunks = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) });
    });
  });
  asking.delete(number);
  const own = answered.get(number);
  answered.delete(number);
  if (own && own.status >= 400) return own;
  if (own && own.status === status) return own;
  violations.push({
    n: asked.n,
    method: asked.method,
    path: asked.path,
    status,
    body: body.toString("utf8"),
  });
  return { status, body, type: "application/problem+json", effect: own?.effect ?? null };
}

/** @param {import("../control.mjs").Asked} asked */
function urlOf({ path, query }) {
  const url = new URL(path, origin);
  url.search = query.toString();
  return url;
}

const controlled = await startControlled({
  answer: (asked) => (through ? throughChecker(asked, through) : x.answer({ ...asked, url: urlOf(asked) })),
  reset() {
    x.reset();
    violations.length = 0;
  },
  controls: {
    ...x.controls,
    "PUT /through": ({ url }) => {
      through = url;
    },
    "GET /violations": () => violations,
  },
});
origin = process.argv[2] ?? controlled.origin;
await new Promise((resolve) => inner.listen(0, "127.0.0.1", () => resolve(undefined)));
const { port } = /** @type {import("node:net").AddressInfo} */ (inner.address());
announce({ ...controlled, inner: `http://127.0.0.1:${port}` });
