// A client that costs little beside the servers it measures: node:http over connections that stay open.
import http from "node:http";

export const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

/** The whole answer; throws when its status is none of `expected`. */
export function send(url, { method = "GET", headers = {}, body, expected = [200, 201, 204] } = {}) {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
    const request = http.request(url, { method, agent, headers: { ...headers, ...length } }, (response) => {
      const pieces = [];
      response.on("data", (piece) => pieces.push(piece));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(pieces).toString();
        if (expected.includes(response.statusCode))
          resolve({ status: response.statusCode, headers: response.headers, text });
        else
          reject(
            new Error(`${method} ${new URL(url).pathname}: ${response.statusCode} ${text.slice(0, 300)}`),
          );
      });
    });
    request.on("error", reject);
    request.end(body);
  });
}

export const json = (value) => ({
  headers: { "content-type": "application/json" },
  body: JSON.stringify(value),
});
