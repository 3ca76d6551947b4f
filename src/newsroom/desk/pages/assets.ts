import { readFile } from "node:fs/promises";
import path from "node:path";
import { cardStyle } from "../../../channels/cards/style.js";
import { sha256 } from "../../../files/hash.js";

export const files = {
  css: { name: "desk.css", type: "text/css; charset=utf-8" },
  js: { name: "desk.js", type: "text/javascript; charset=utf-8" },
  icon: { name: "icon.svg", type: "image/svg+xml" },
} as const;

export interface Assets {
  /** Each contains the hash of the file, so that browsers may cache it for ever. */
  addresses: Record<keyof typeof files, string>;
  bytes: ReadonlyMap<string, { type: string; body: Buffer }>;
}

export async function loadAssets(folder = path.join(import.meta.dirname, "../assets")): Promise<Assets> {
  const addresses: Record<string, string> = {};
  const bytes = new Map<string, { type: string; body: Buffer }>();
  for (const [key, { name, type }] of Object.entries(files)) {
    const file = await readFile(path.join(folder, name));
    // The cards look the same here and in the file of `post preview`.
    const body = key === "css" ? Buffer.concat([file, Buffer.from(cardStyle)]) : file;
    const address = `/assets/${sha256(body).slice(0, 16)}/${name}`;
    addresses[key] = address;
    bytes.set(address, { type, body });
  }
  return { addresses: addresses as Assets["addresses"], bytes };
}
