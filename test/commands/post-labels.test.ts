import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Laptop, openLaptop } from "../support/laptop.js";

let laptop: Laptop;
beforeEach(async () => {
  laptop = await openLaptop();
});
afterEach(() => laptop.remove());

const now = () => new Date("2026-11-24T02:00:00Z");
async function write(kind: string, answers: string): Promise<void> {
  const folder = path.join(laptop.workspace, "posts", "2026-11-24-a");
  await mkdir(folder, { recursive: true });
  const head = `judul: "A"\njenis: "${kind}"\ntanggal: "2026-11-24"\nkategori: "pemerintahan"`;
  await writeFile(path.join(folder, "index.md"), `---\n${head}\nisian:\n${answers}---\nIsi.\n`);
}
const check = (...flags: string[]) => laptop.run(["post", "check", "2026-11-24-a", ...flags], { now });

it("names an answer as it is asked, and times as they are written", async () => {
  await write("agenda", '  waktu_mulai: "10:00"\n  waktu_selesai: "09:00"\n');
  const said = "Selesai pukul (waktu_selesai): lebih awal daripada mulainya (10.00)";
  expect((await check()).stderr).toContain(`baris 8, ${said}`);
  expect((await laptop.run(["post", "submit", "2026-11-24-a"], { now })).stderr).toContain(said);
  const { error } = JSON.parse((await check("--json")).stderr);
  expect(error.problems).toContainEqual({
    ...{ code: "ends-before-start", severity: "error", line: 8, field: "isian.waktu_selesai" },
    message: "lebih awal daripada mulainya (10.00)",
  });
});

it("counts the entries of a list from one", async () => {
  await write("info-darurat", '  kontak_darurat:\n    - "Layanan darurat 112"\n    - "hubungi kami"\n');
  const { stderr } = await check();
  expect(stderr).toContain("Kontak darurat 2 (kontak_darurat): tidak memuat nomor");
  expect(stderr).toContain("→ Atau jawab lagi di layar: kominfo post edit 2026-11-24-a");
});

it("keeps the key where the template is gone", async () => {
  await write("tidak-ada", '  waktu_mulai: "10:00"\n  waktu_selesai: "09:00"\n');
  expect((await check()).stderr).toContain("isian.waktu_selesai: lebih awal");
});
