// Replaces a file by one long line of a digit after the other, for ever.
import path from "node:path";
import { pathToFileURL } from "node:url";

const [compiled, target] = process.argv.slice(2);
const { writeAtomically } = await import(pathToFileURL(path.join(compiled, "files/atomic.js")).href);

for (let i = 1; ; i = (i % 9) + 1) {
  await writeAtomically(target, String(i).repeat(100_000));
  console.log(i);
}
