/**
 * A line to a real server on loopback, with faults around its requests (control.mjs):
 *
 *   node test/real/stand-ins/forward/serve.mjs http://127.0.0.1:8080
 */
import http from "node:http";
import { announce, startControlled } from "../control.mjs";

const target = new URL(process.argv[2] ?? "");
/** Belong to one connection (RFC 9110, 7.6.1), or are set anew. */
const ofConnection = new Set(["connection", "keep-alive", "transfer-encoding", "content-length", "upgrade"]);

/**
 * @param {import("../control.mjs").Asked} asked
 * @returns {Promise<import("../control.mjs").Answer>}
 */
function answer({ method, path, query, headers, body }) {
  const search = query.size > 0 ? `?${query}` : "";
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        host: target.hostname,
        port: target.port,
        method,
        path: path + search,
        headers: { ...headers, host: target.host },
      },
      (response) => {
        /** @type {Buffer[]} */
        const chunks = [];
        response.on("data", (chunk) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const kept = Object.entries(response.headers).filter(([name]) => !ofConnection.has(name));
          resolve({
            status: response.statusCode ?? 502,
            headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
            body: Buffer.concat(chunks),
            effect: method === "GET" ? null : `${method} ${path}`,
          });
        });
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}

announce(await startControlled({ answer, reset() {} }));
