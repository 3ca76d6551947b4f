// Takes the lock, says so, and never lets it go.
import path from "node:path";
import { pathToFileURL } from "node:url";

const [compiled, lock] = process.argv.slice(2);
const { withLock } = await import(pathToFileURL(path.join(compiled, "files/lock.js")).href);

await withLock(lock, async () => {
  console.log("held");
  await new Promise((resolve) => setTimeout(resolve, 60_000));
});
