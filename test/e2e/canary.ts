import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** Secrets that were planted, each named after where it was planted. */
export type Canaries = Readonly<Record<string, string>>;

/** Every form in which a canary could leak, as it is looked for. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  // Within something longer, such as "user:password", base64 falls in one of three steps; the middle stays the same.
  const within = [0, 1, 2].map((step) => {
    const text = Buffer.concat([Buffer.alloc(step, "x"), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    return text.slice(step === 0 ? 0 : 4, -4);
  });
  const base64 = [...within, bytes.toString("base64").replace(/=+$/, "")];
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    new URLSearchParams({ a: secret }).toString().slice(2),
    ...base64,
    ...base64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_")),
    bytes.toString("hex"),
  ];
}

/** Finds canaries in what was said, written or started: "<where>: <which>" for each. */
export function createHunter(canaries: Canaries) {
  const forms = Object.entries(canaries).flatMap(([name, secret]) =>
    formsOf(secret).map((form) => [name, form] as const),
  );
  const found = new Set<string>();
  const look = (where: string, text: string) => {
    for (const [name, form] of forms) if (text.includes(form)) found.add(`${where}: ${name}`);
  };
  return {
    found,
    look,
    /** Every file below a folder, and its name. */
    async lookInto(folder: string): Promise<number> {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = entries
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name));
      for (const file of files) look(path.relative(folder, file), file + (await readFile(file, "latin1")));
      return files.length;
    },
    /** The command line of every process of this machine, now. */
    async lookAtProcesses(): Promise<void> {
      const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
      await Promise.all(
        pids.map(async (pid) => {
          const line = await readFile(`/proc/${pid}/cmdline`, "latin1").catch(() => "");
          look(`command line "${line.replaceAll("\0", " ").slice(0, 60)}"`, line);
        }),
      );
    },
  };
}
