// How near renditions come to an uncompressed Lanczos resize of the original, beside plain sharp at the same quality.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const { createSharpEngine } = await import("../dist/photo/engine/sharp-engine.js");
const { findPresets } = await import("../dist/photo/renditions/presets.js");
const { default: sharp } = await import("sharp");

/** Prints, for each preset, by how many dB plain sharp is nearer than we are: mean and worst of all photos. */
export async function psnrTable(folder) {
  const engine = createSharpEngine();
  const presets = findPresets("web,instagram,x");
  const out = mkdtempSync(path.join(tmpdir(), "kominfo-psnr-"));
  const losses = Object.fromEntries(presets.map(({ name }) => [name, []]));
  for (const name of readdirSync(folder).filter((one) => /\.jpe?g$/i.test(one))) {
    const file = path.join(folder, name);
    const targets = presets.map((preset) => ({ preset, path: path.join(out, `${preset.name}.jpg`) }));
    await engine.render(file, targets, { position: "centre" });
    for (const { preset, path: made } of targets) {
      const { width, height, fit } = preset;
      const plain = () =>
        sharp(readFileSync(file), { autoOrient: true, failOn: "error" }).resize({
          width,
          height,
          fit,
          withoutEnlargement: true,
        });
      const pixels = (picture) => sharp(picture, { ignoreIcc: true }).raw().toBuffer();
      const reference = await plain().raw().toBuffer();
      const ours = psnr(await pixels(readFileSync(made)), reference);
      const theirs = psnr(await pixels(await plain().jpeg({ quality: 80 }).toBuffer()), reference);
      losses[preset.name].push(theirs - ours);
    }
  }
  rmSync(out, { recursive: true });
  for (const [name, all] of Object.entries(losses)) {
    const mean = all.reduce((a, b) => a + b) / all.length;
    console.log(
      `${name.padEnd(12)} PSNR below plain sharp's: mean ${mean.toFixed(3)} dB, worst ${Math.max(...all).toFixed(3)} dB`,
    );
  }
}

function psnr(one, other) {
  if (one.length !== other.length) throw new Error("the sizes differ");
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += (one[i] - other[i]) ** 2;
  return 10 * Math.log10(255 ** 2 / (sum / one.length));
}
