/**
 * The part that all stand-ins share: a server on loopback for a service, around which faults are put by requests to a
 * second port. A stand-in is a program of its own (node test/real/stand-ins/<name>/serve.mjs), because the kill tests
 * need something that outlives the client. When it is ready it prints one line of JSON:
 *
 *   {"origin":"http://127.0.0.1:41000","control":"http://127.0.0.1:41001","pid":123,…}
 *
 * It ends at SIGTERM, or when its standard input ends, so that it does not outlive the tests.
 *
 * Control, JSON both ways (control-client.ts has a function for each):
 *
 *   GET    /log            [{n, method, path, query, status, fault, effect}]: every request since the last reset, numbered
 *                          from 1 in the order of arrival. `path` has no query, `query` only names: no secret is kept.
 *                          `status` is what the client got, null where it got no answer. `effect` is the service's own
 *                          word for what changed ("posted 17…"), null where nothing did.
 *   DELETE /log            numbers from 1 again
 *   PUT    /faults         [Fault…] instead of those there are; [] for none, and listens again after `refuse`
 *   GET    /faults         those that have not happened yet
 *   PUT    /client         {pid}: whom "kill-before" and "kill-after" end; they wait until it is named
 *   PUT    /latency        {ms}: each answer leaves this much later
 *   PUT    /watch          [text…]: from now on looks for these in the address and the bytes of every request
 *   GET    /watch          those that were found
 *   POST   /reset          the service as at its start; no faults, log, latency or watch
 *   …                      and what the service adds (`controls`)
 *
 * A fault hits request number `at`, or the next `times` (default 1) requests with this `method` and `path` (which may end
 * with "*"); of several that fit, the first. Its `do`:
 *
 *   refuse         (only with `at`) nothing listens from the answer of the request before it until PUT /faults
 *   cut-before     the connection is reset, without an effect
 *   cut-after      the effect, then the connection is reset
 *   answer-before  `status`, `headers` and `body` (`type` "text/html", else JSON), without an effect
 *   answer-after   the effect, then that answer instead of the service's own
 *   hang-before    never an answer, without an effect
 *   hang-after     the effect, and never an answer
 *   kill-before    SIGKILL to the client, without an effect
 *   kill-after     the effect, then SIGKILL to the client, which never gets the answer
 */
import { once } from "node:events";
import http from "node:http";
import { setTimeout as pause } from "node:timers/promises";

/**
 * @typedef {object} Asked what the service is asked
 * @property {number} n
 * @property {string} method
 * @property {string} path without its query
 * @property {URLSearchParams} query
 * @property {http.IncomingHttpHeaders} headers
 * @property {Buffer} body
 *
 * @typedef {object} Answer
 * @property {number} status
 * @property {Record<string, string>} [headers]
 * @property {unknown} [json] one of `json` and `body`
 * @property {string | Buffer} [body]
 * @property {string} [type] media type of `body`
 * @property {string | null} [effect] the service's word for what changed
 *
 * @typedef {object} Fault
 * @property {number} [at]
 * @property {string} [method]
 * @property {string} [path]
 * @property {number} [times]
 * @property {"refuse" | "cut-before" | "cut-after" | "answer-before" | "answer-after" | "hang-before" | "hang-after"
 *   | "kill-before" | "kill-after"} do
 * @property {number} [status]
 * @property {Record<string, string>} [headers]
 * @property {unknown} [body]
 * @property {string} [type]
 *
 * @typedef {object} LogEntry
 * @property {number} n
 * @property {string} method
 * @property {string} path
 * @property {string[]} query
 * @property {number | null} status
 * @property {Fault["do"] | null} fault
 * @property {string | null} effect
 *
 * @typedef {object} Service
 * @property {(asked: Asked) => Promise<Answer> | Answer} answer does the effect and says what the client gets
 * @property {() => void} reset
 * @property {Record<string, (body: any, query: URLSearchParams) => unknown>} [controls] "GET /billing" and the like
 */

const maxBodyBytes = 64 * 1024 * 1024;
/** For the client's pid, which the test knows only after it has started the client. */
const maxWaitForClientMs = 20_000;

/**
 * Starts the service's port and the control's.
 *
 * @param {Service} service
 * @returns {Promise<{ origin: string, control: string, close: () => Promise<void> }>}
 */
export async function startControlled(service) {
  /** @type {{ log: LogEntry[], faults: Fault[], pid: number | undefined, latencyMs: number }} */
  const state = { log: [], faults: [], pid: undefined, latencyMs: 0 };
  /** Whether each text was found. @type {Map<string, boolean>} */
  const watched = new Map();
  let port = 0;
  const server = http.createServer((request, response) => {
    serve(request, response).catch((error) => {
      console.error(error);
      response.destroy();
    });
  });
  // A connection that waits for the next request would be cut in its middle by the server's own timeout.
  server.keepAliveTimeout = 0;

  async function listen() {
    if (server.listening) return;
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    port = /** @type {import("node:net").AddressInfo} */ (server.address()).port;
  }
  const isRefused = (/** @type {number} */ n) =>
    state.faults.some((fault) => fault.do === "refuse" && fault.at === n);
  /** New connections are refused at once; those that are open end with their answer. */
  function refuse() {
    if (!server.listening) return;
    server.close();
    server.closeIdleConnections();
  }

  async function serve(
    /** @type {http.IncomingMessage} */ request,
    /** @type {http.ServerResponse} */ response,
  ) {
    const url = new URL(request.url ?? "/", "http://stand-in");
    const n = state.log.length + 1;
    /** @type {LogEntry} */
    const entry = {
      n,
      method: request.method ?? "",
      path: url.pathname,
      query: [...new Set(url.searchParams.keys())].sort(),
      status: null,
      fault: null,
      effect: null,
    };
    state.log.push(entry);
    const body = await bodyOf(request);
    for (const text of watched.keys()) {
      const address = [url.pathname, ...url.searchParams.values()].join("\n");
      if (body.includes(text) || address.includes(text)) watched.set(text, true);
    }
    const fault = takeFault(state.faults, entry);
    entry.fault = fault?.do ?? null;
    if (state.latencyMs > 0) await pause(state.latencyMs);
    const moment = fault?.do.endsWith("-before") ? "before" : fault ? "after" : "none";
    /** @type {Answer | undefined} */
    let answer;
    if (moment !== "before") {
      const { method, path } = entry;
      answer = await service.answer({
        n,
        method,
        path,
        query: url.searchParams,
        headers: request.headers,
        body,
      });
      entry.effect = answer.effect ?? null;
    }
    if (isRefused(n + 1)) {
      refuse();
      response.setHeader("connection", "close");
    }
    if (!fault) return send(response, entry, /** @type {Answer} */ (answer));
    if (fault.do.startsWith("hang")) return;
    if (fault.do.startsWith("answer")) return send(response, entry, answerOf(fault));
    if (fault.do.startsWith("kill")) await kill();
    request.socket.resetAndDestroy();
  }

  async function kill() {
    for (let waited = 0; state.pid === undefined; waited += 10) {
      if (waited > maxWaitForClientMs) throw new Error("nobody said whom to kill (PUT /client)");
      await pause(10);
    }
    process.kill(state.pid, "SIGKILL");
    state.pid = undefined;
  }

  /** @type {Record<string, (body: any, query: URLSearchParams) => unknown>} */
  const controls = {
    "GET /log": () => state.log,
    "DELETE /log": () => {
      state.log = [];
    },
    "GET /faults": () => state.faults,
    "PUT /faults": async (/** @type {Fault[]} */ faults) => {
      state.faults = faults.map((fault) => checkedFault(fault));
      await (isRefused(state.log.length + 1) ? refuse() : listen());
    },
    "PUT /client": ({ pid }) => {
      if (!Number.isInteger(pid) || pid < 2) throw new Error("no pid");
      state.pid = pid;
    },
    "PUT /latency": ({ ms }) => {
      state.latencyMs = ms;
    },
    "PUT /watch": (/** @type {string[]} */ texts) => {
      watched.clear();
      for (const text of texts) watched.set(text, false);
    },
    "GET /watch": () => [...watched].filter(([, isFound]) => isFound).map(([text]) => text),
    "POST /reset": async () => {
      watched.clear();
      Object.assign(state, { log: [], faults: [], pid: undefined, latencyMs: 0 });
      service.reset();
      await listen();
    },
    ...service.controls,
  };
  const control = http.createServer(async (request, response) => {
    try {
      const url = new URL(request.url ?? "/", "http://control");
      const call = controls[`${request.method} ${url.pathname}`];
      if (!call) throw new Error(`no such control: ${request.method} ${url.pathname}`);
      const text = (await bodyOf(request)).toString("utf8");
      const result = await call(text === "" ? undefined : JSON.parse(text), url.searchParams);
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(result ?? null));
    } catch (error) {
      response.writeHead(400, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: String(error) }));
    }
  });
  control.listen(0, "127.0.0.1");
  await Promise.all([listen(), once(control, "listening")]);
  const controlPort = /** @type {import("node:net").AddressInfo} */ (control.address()).port;
  return {
    origin: `http://127.0.0.1:${port}`,
    control: `http://127.0.0.1:${controlPort}`,
    async close() {
      for (const each of [server, control]) {
        each.close();
        each.closeAllConnections();
      }
    },
  };
}

/**
 * Tells that a program is ready, and ends it with whoever started it.
 *
 * @param {Record<string, unknown>} facts
 */
export function announce(facts) {
  process.stdin.on("end", () => process.exit(0)).on("error", () => process.exit(0));
  process.stdin.resume();
  process.on("SIGTERM", () => process.exit(0));
  console.log(JSON.stringify({ ...facts, pid: process.pid }));
}

const doings = new Set([
  "refuse",
  ...["cut", "answer", "hang", "kill"].flatMap((what) => [`${what}-before`, `${what}-after`]),
]);

/**
 * A fault that can never happen would make a test that proves nothing.
 *
 * @param {Fault} fault
 * @returns {Fault}
 */
function checkedFault(fault) {
  const { at, method, path, do: what, status } = fault;
  if (!doings.has(what)) throw new Error(`no such fault: ${what}`);
  if (at === undefined && (method === undefined || path === undefined || what === "refuse"))
    throw new Error(`when does ${what} happen?`);
  if (what.startsWith("answer") && status === undefined) throw new Error(`${what} without a status`);
  return { ...fault };
}

/**
 * Takes the fault of this request out of the list.
 *
 * @param {Fault[]} faults
 * @param {LogEntry} entry
 */
function takeFault(faults, { n, method, path }) {
  const index = faults.findIndex((fault) => {
    if (fault.do === "refuse") return false;
    if (fault.at !== undefined) return fault.at === n;
    const isHere = fault.path?.endsWith("*") ? path.startsWith(fault.path.slice(0, -1)) : path === fault.path;
    return isHere && method === fault.method;
  });
  const fault = faults[index];
  if (!fault) return undefined;
  const times = fault.at === undefined ? (fault.times ?? 1) : 1;
  if (times > 1) faults[index] = { ...fault, times: times - 1 };
  else faults.splice(index, 1);
  return fault;
}

/**
 * @param {Fault} fault
 * @returns {Answer}
 */
function answerOf({ status = 500, headers = {}, body, type }) {
  return type === undefined
    ? { status, headers, json: body ?? null }
    : { status, headers, type, body: String(body ?? "") };
}

/**
 * @param {http.ServerResponse} response
 * @param {LogEntry} entry
 * @param {Answer} answer
 */
function send(response, entry, { status, headers = {}, json, body, type }) {
  entry.status = status;
  const bytes = json === undefined ? Buffer.from(body ?? "") : Buffer.from(JSON.stringify(json));
  const contentType = json === undefined ? type : (type ?? "application/json; charset=utf-8");
  response.writeHead(status, {
    ...(contentType && { "content-type": contentType }),
    "content-length": String(bytes.length),
    ...headers,
  });
  response.end(bytes);
}

/** @param {http.IncomingMessage} request */
async function bodyOf(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > maxBodyBytes) throw new Error("more than a stand-in takes");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
