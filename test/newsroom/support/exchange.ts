import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { dial } from "./dial.js";

export interface Exchanged {
  status: number;
  /** By names in lower case; several of one name joined with a comma. */
  headers: Record<string, string>;
  /** As it was sent. */
  bytes: Buffer;
  /** Decoded as Content-Encoding says. */
  text: string;
}

/**
 * Sends exactly this on a connection of its own, and reads what comes until the newsroom ends the connection, or `until`
 * says that it is enough: fetch would add, join and hide headers.
 */
export async function exchange(newsroom: { url: string }, text: string): Promise<Exchanged> {
  const { socket, ended, pieces } = await dial(newsroom);
  socket.write(text, "latin1");
  await ended;
  const all = Buffer.concat(pieces);
  const end = all.indexOf("\r\n\r\n");
  const [line = "", ...lines] = all.subarray(0, end).toString("latin1").split("\r\n");
  const headers: Record<string, string> = {};
  for (const header of lines) {
    const [, name = "", value = ""] = /^([^:]+):\s*(.*)$/.exec(header) ?? [];
    const key = name.toLowerCase();
    headers[key] = key in headers ? `${headers[key]}, ${value}` : value;
  }
  const sent = all.subarray(end + 4);
  const bytes = headers["transfer-encoding"] === "chunked" ? unchunked(sent) : sent;
  const decode = { br: brotliDecompressSync, gzip: gunzipSync }[headers["content-encoding"] ?? ""];
  const isDecodable = decode && bytes.length > 0;
  return {
    status: Number(line.split(" ")[1]),
    headers,
    bytes,
    text: (isDecodable ? decode(bytes) : bytes).toString("utf8"),
  };
}

function unchunked(bytes: Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf("\r\n", at);
    const length = Number.parseInt(bytes.subarray(at, end).toString("latin1"), 16);
    if (!(length > 0)) break;
    pieces.push(bytes.subarray(end + 2, end + 2 + length));
    at = end + 2 + length + 2;
  }
  return Buffer.concat(pieces);
}
