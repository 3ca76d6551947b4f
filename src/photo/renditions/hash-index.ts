import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { writeAtomically } from "../../files/atomic.js";
import { sha256File } from "../../files/hash.js";

/** Beside the renditions: what is known of their bytes and of the photos', so that unchanged files are not read again. */
export const hashIndexFile = ".kominfo-hashes.json";

/** Files remembered at most; those of the latest runs stay. */
const maxFiles = 20_000;
/** Bytes; a larger index is not ours. */
const maxIndexBytes = 16 * 1024 * 1024;
/** Clocks of file systems tick every 10 ms or so (Linux, Windows, macOS) … */
const tickMs = 100;
/** … but FAT's every 2 s, and some network drives' every second. */
const coarseTickMs = 2_500;

const schema = z.object({
  version: z.literal(1),
  /** Path relative to the folder, with `/` -> [what `stat` said, SHA-256]. */
  files: z.record(z.string(), z.tuple([z.string().max(100), z.string().regex(/^[0-9a-f]{64}$/)])),
});

/** Hashes of files, remembered from one run to the next. */
export interface HashIndex {
  /** SHA-256 of a file's bytes, which are not read when the file is as it was. Throws the file system's own error. */
  hash(file: string): Promise<string>;
  /** Whether a file that was hashed has been changed since, or is gone. */
  isChanged(file: string): Promise<boolean>;
  /** Tells it what was just written, so that the next run need not read it. */
  record(file: string, sha256: string): Promise<void>;
  /** Writes what was learnt, as one step; nothing when nothing was. An index that cannot be written only costs time. */
  save(): Promise<void>;
}

export interface HashIndexOptions {
  /** Believe nothing that is remembered: read every file. */
  rehash?: boolean;
  /** ms since 1970. */
  now?: () => number;
}

/**
 * The index of `folder`; an empty one when there is none, or when it is damaged.
 *
 * A file counts as unchanged when size, modification and change time (ns) and inode are the same. One that was
 * modified so shortly before it was read that another change could carry the same time is not remembered ("racy",
 * as git calls it: Documentation/technical/racy-git.txt).
 */
export async function openHashIndex(folder: string, options: HashIndexOptions = {}): Promise<HashIndex> {
  const { rehash = false, now = Date.now } = options;
  const indexFile = path.join(folder, hashIndexFile);
  const remembered = await readIndex(indexFile);
  const used = new Map<string, Entry>();
  /** What `stat` said of each file when it was hashed. */
  const looked = new Map<string, string>();
  let learnt = false;

  const keep = (file: string, entry: Entry) => {
    const name = path.relative(folder, file).replaceAll("\\", "/");
    const before = remembered.get(name);
    if (before?.[0] !== entry[0] || before[1] !== entry[1]) learnt = true;
    used.set(name, entry);
  };
  return {
    async hash(file) {
      const started = now();
      const before = await look(file);
      looked.set(file, before.seen);
      const known = remembered.get(path.relative(folder, file).replaceAll("\\", "/"));
      if (!rehash && known?.[0] === before.seen) {
        keep(file, known);
        return known[1];
      }
      const sha256 = await sha256File(file);
      const after = await look(file);
      if (after.seen === before.seen && started - after.changedMs > after.tickMs)
        keep(file, [after.seen, sha256]);
      return sha256;
    },
    async isChanged(file) {
      const before = looked.get(file);
      const now = await look(file).catch(() => undefined);
      return before !== undefined && now?.seen !== before;
    },
    async record(file, sha256) {
      const { seen, tickMs } = await look(file);
      // Whose clock is coarse, somebody else may change within the same tick: such a file is read once more.
      if (tickMs < coarseTickMs) keep(file, [seen, sha256]);
    },
    async save() {
      if (!learnt) return;
      const others = [...remembered].filter(([name]) => !used.has(name));
      const files = Object.fromEntries([...used, ...others].slice(0, maxFiles));
      await writeAtomically(indexFile, JSON.stringify({ version: 1, files }), 0o600).catch(() => {});
      learnt = false;
    },
  };
}

type Entry = readonly [seen: string, sha256: string];

async function readIndex(file: string): Promise<Map<string, Entry>> {
  try {
    if ((await stat(file)).size > maxIndexBytes) return new Map();
    return new Map(Object.entries(schema.parse(JSON.parse(await readFile(file, "utf8"))).files));
  } catch {
    return new Map();
  }
}

async function look(file: string): Promise<{ seen: string; changedMs: number; tickMs: number }> {
  const { size, mtimeNs, ctimeNs, ino } = await stat(file, { bigint: true });
  const isCoarse = mtimeNs % 1_000_000_000n === 0n;
  return {
    seen: [size, mtimeNs, ctimeNs, ino].join(" "),
    changedMs: Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1_000_000n),
    tickMs: isCoarse ? coarseTickMs : tickMs,
  };
}
