import { readFile } from "node:fs/promises";
import path from "node:path";
import { writeAtomically } from "../../files/atomic.js";

/** In the data folder: the origin under which people reached the newsroom when it was served last. */
const addressFile = "address";

/** Remembers where people reach the newsroom, so that commands on its stores print links that work. */
export async function rememberAddress(data: string, origin: string): Promise<void> {
  await writeAtomically(path.join(data, addressFile), `${origin}\n`, 0o600);
}

/** Where the newsroom was reached when it was served last; undefined where it never was, and for a file that holds no origin. */
export async function servedAddress(data: string): Promise<string | undefined> {
  const text = await readFile(path.join(data, addressFile), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === undefined) throw error;
    return "";
  });
  const origin = text.trim();
  return URL.canParse(origin) && new URL(origin).origin === origin ? origin : undefined;
}
