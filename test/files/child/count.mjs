// Adds one to a number in a file, `times` times, each under the lock; a second holder at the same time is an error.
import { mkdir, readFile, rmdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [compiled, lock, counter, times] = process.argv.slice(2);
const { withLock } = await import(pathToFileURL(path.join(compiled, "files/lock.js")).href);

for (let i = 0; i < Number(times); i++) {
  await withLock(lock, async () => {
    await mkdir(`${counter}.busy`);
    await writeFile(counter, String(Number(await readFile(counter, "utf8")) + 1));
    await rmdir(`${counter}.busy`);
  });
}
