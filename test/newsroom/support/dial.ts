import { once } from "node:events";
import { connect } from "node:net";

/**
 * Opens a connection on which everything that came is in `text`, and which tells when the newsroom has ended it.
 *
 * @param localAddress where it comes from
 */
export async function dial(newsroom: { url: string }, localAddress?: string) {
  const { hostname, port } = new URL(newsroom.url);
  const socket = connect({ port: Number(port), host: hostname, ...(localAddress ? { localAddress } : {}) });
  const ended = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  const pieces: Buffer[] = [];
  const client = { socket, text: "", pieces, ended };
  socket
    .on("error", () => {})
    .on("data", (chunk) => {
      pieces.push(chunk);
      client.text += chunk.toString();
    });
  await once(socket, "connect");
  return client;
}

/** The text of a request up to its body. */
export function head(method: string, path: string, headers: Record<string, string>): string {
  const lines = Object.entries({ host: "localhost", ...headers }).map(([name, value]) => `${name}: ${value}`);
  return `${[`${method} ${path} HTTP/1.1`, ...lines].join("\r\n")}\r\n\r\n`;
}
