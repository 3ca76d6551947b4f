import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

/** How long the service gets to read a request's headers, in ms. */
const headersMs = 80;

/**
 * Sends a request's headers and the first byte of its body, does something else, and then sends the rest.
 *
 * @param meanwhile runs when the service has authenticated the request and waits for its body
 */
export async function sendSlowly(
  url: string,
  init: { method: string; headers: Record<string, string>; body: Buffer },
  meanwhile: () => Promise<void>,
): Promise<{ status: number; headers: IncomingMessage["headers"]; text: string }> {
  const sent = request(url, {
    method: init.method,
    headers: { ...init.headers, "content-length": String(init.body.length) },
  });
  const answered = once(sent, "response") as Promise<[IncomingMessage]>;
  sent.write(init.body.subarray(0, 1));
  await pause(headersMs);
  await meanwhile();
  sent.end(init.body.subarray(1));
  const [response] = await answered;
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) text += chunk;
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}
