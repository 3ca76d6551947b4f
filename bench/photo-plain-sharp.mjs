// What a straightforward program does with sharp: one pipeline for each rendition, two photos at once.
// Run by bench/photo.mjs: node photo-plain-sharp.mjs <in> <out>
import { readdirSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";

const [from, to] = process.argv.slice(2);
sharp.concurrency(1);
const queue = readdirSync(from).values();

async function work() {
  for (const name of queue) {
    for (const [preset, size] of Object.entries({
      web: { width: 2048, height: 2048, fit: "inside", withoutEnlargement: true },
      instagram: { width: 1080, height: 1350, fit: "cover" },
      x: { width: 1600, height: 900, fit: "cover" },
    })) {
      const picture = sharp(path.join(from, name), { autoOrient: true, failOn: "error" }).resize(size);
      await picture.jpeg({ quality: 80 }).toFile(path.join(to, `${name}.${preset}.jpg`));
    }
  }
}
await Promise.all([work(), work()]);
