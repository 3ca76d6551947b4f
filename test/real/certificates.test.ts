import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Computer, openComputer } from "../support/kominfo.js";
import { writePhoto } from "../support/photos.js";
import { needDebian } from "./apt.js";

let folder: string;
let operator: Computer;
const file = (name: string) => path.join(folder, name);

/** Certificates as an office gets them wrong, by OpenSSL: `name`.pem, signed by ca.pem unless `by` says otherwise. */
const certificates: Record<string, { subject?: string; from: string; until: string; by?: string }> = {
  "belum-berlaku": { from: day(365), until: day(730) },
  kedaluwarsa: { from: day(-730), until: day(-365) },
  "nama-lain": { subject: "DNS:lain.example.go.id", from: day(-1), until: day(365) },
  berlaku: { from: day(-1), until: day(365) },
  // Signed by an authority in between, whose own certificate the server does not send.
  "tanpa-rantai": { from: day(-1), until: day(365), by: "antara" },
};

/** As `openssl ca` takes it, so many days from now. */
function day(days: number): string {
  const at = new Date(Date.now() + days * 86_400_000);
  return `${at.toISOString().slice(0, 19).replace(/[-T:]/g, "")}Z`;
}

const openssl = (...words: string[]) => execFileSync("openssl", words, { cwd: folder, stdio: "pipe" });
const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout"];

beforeAll(async () => {
  needDebian("openssl", "openssl");
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-cert-"));
  const years = ["-days", "3650"];
  openssl("req", "-x509", ...years, ...key, "ca.key", "-subj", "/CN=CA Kabupaten", "-out", "ca.pem");
  const signing = "database=index.txt\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\npolicy=any\n";
  await writeFile(
    file("ca.cnf"),
    `[ca]\ndefault_ca=own\n[own]\n${signing}copy_extensions=copy\n[any]\ncommonName=supplied\n`,
  );
  const between = ["-subj", "/CN=CA Antara", "-out", "antara.csr"];
  openssl("req", ...key, "antara.key", ...between);
  await writeFile(file("antara.cnf"), "basicConstraints=critical,CA:TRUE\n");
  const signedBetween = ["-in", "antara.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"];
  openssl("x509", "-req", ...years, ...signedBetween, "-extfile", "antara.cnf", "-out", "antara.pem");
  await writeFile(file("index.txt"), "");
  await writeFile(file("serial"), "01\n");
  for (const [name, { subject = "IP:127.0.0.1", from, until, by = "ca" }] of Object.entries(certificates)) {
    const names = ["-subj", `/CN=${name}`, "-addext", `subjectAltName=${subject}`];
    openssl("req", ...key, `${name}.key`, ...names, "-out", `${name}.csr`);
    const dates = ["-startdate", from, "-enddate", until];
    const signed = [
      "-cert",
      `${by}.pem`,
      "-keyfile",
      `${by}.key`,
      "-in",
      `${name}.csr`,
      "-out",
      `${name}.pem`,
    ];
    openssl("ca", "-batch", "-notext", "-config", "ca.cnf", ...dates, ...signed);
  }
  const chain = [await readFile(file("tanpa-rantai.pem")), await readFile(file("antara.pem"))];
  await writeFile(file("dengan-rantai.pem"), Buffer.concat(chain));
  await copyFile(file("tanpa-rantai.key"), file("dengan-rantai.key"));
  operator = await openComputer({ origin: "https://redaksi.kabupaten.test", token: "kominfo_tidak-dipakai" });
  await writePhoto(operator.workspace, "x.jpg", { seed: 1 });
});
afterAll(async () => {
  await operator?.remove();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a command whose newsroom shows this certificate; it is never asked anything. */
async function runAgainst(name: string, argv: readonly string[], env: Record<string, string>) {
  let asked = 0;
  const server = https.createServer(
    { key: await readFile(file(`${name}.key`)), cert: await readFile(file(`${name}.pem`)) },
    (_request, response) => {
      asked++;
      response.end();
    },
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const settings = path.join(operator.workspace, "kominfo.yaml");
  const text = await readFile(settings, "utf8");
  await writeFile(settings, text.replace(/url: "?http[^" }]*"?/, `url: "${origin}"`));
  try {
    const ran = await operator.run(argv, { env });
    return { ...ran, origin, asked };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const trusting = () => ({ NODE_EXTRA_CA_CERTS: file("ca.pem") });
const upload = ["photo", "upload", "x.jpg", "--event", "x", "--yes"];
/** As `formatInstant` writes today. */
const today = () =>
  new Intl.DateTimeFormat("id-ID", { dateStyle: "long", timeZone: "Asia/Jakarta" }).format(new Date());

describe("a newsroom's certificate that is not accepted: exit 1 at once, whatever waits", () => {
  it("not valid yet: this computer's clock, which it shows, or the certificate", async () => {
    const ran = await runAgainst("belum-berlaku", upload, trusting());
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain(
      `Sertifikat ${ran.origin} belum berlaku: jam komputer ini (menunjukkan ${today()}`,
    );
    expect(ran.stderr).not.toContain("CERT_NOT_YET_VALID");
    expect(ran.stderr).not.toContain("sambungan internet");
    expect(ran.asked).toBe(0);
  });

  it("expired: the server, unless the clock is wrong", async () => {
    const ran = await runAgainst("kedaluwarsa", upload, trusting());
    expect([ran.code, ran.stderr]).toEqual([1, expect.stringMatching(/habis masa berlakunya.*jam komputer/)]);
  });

  it("by nobody this computer knows: says so, and how an office's own CA is given", async () => {
    const ran = await runAgainst("berlaku", upload, {});
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/Penerbit sertifikat .* tidak dikenal/);
    expect(ran.stderr).toContain("NODE_EXTRA_CA_CERTS");
  });

  it("without the certificate in between: the server's, whose administrator completes it", async () => {
    const ran = await runAgainst("tanpa-rantai", upload, trusting());
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain("UNABLE_TO_VERIFY_LEAF_SIGNATURE");
    expect(ran.stderr).toContain("server itu tidak mengirim sertifikat antaranya: beri tahu pengelolanya");
    expect(ran.asked).toBe(0);
    expect((await runAgainst("dengan-rantai", upload, trusting())).asked).toBeGreaterThan(0);
  });

  it("for another host: names it", async () => {
    const ran = await runAgainst("nama-lain", upload, trusting());
    expect([ran.code, ran.stderr]).toEqual([
      1,
      expect.stringMatching(/bukan untuk nama itu, melainkan untuk lain\.example\.go\.id/),
    ]);
  });

  it("doctor says the same, and a login too", async () => {
    const doctor = await runAgainst("belum-berlaku", ["doctor", "--json"], trusting());
    const { checks } = JSON.parse(doctor.stdout);
    expect(checks.find(({ id }: { id: string }) => id === "newsroom")).toMatchObject({
      ok: false,
      message: expect.stringContaining("jam komputer ini"),
      fix: expect.stringContaining("timedatectl"),
    });
    const status = await runAgainst("nama-lain", ["auth", "status", "--check"], trusting());
    expect(status.stdout + status.stderr).toContain("bukan untuk nama itu");
  });
});

describe("a proxy variable that is wrong", () => {
  it("malformed: exit 2 names it; doctor does, too", async () => {
    const env = { ...trusting(), HTTPS_PROXY: '"http://petugas:rahasia@proxy:8080"' };
    const settings = path.join(operator.workspace, "kominfo.yaml");
    const text = await readFile(settings, "utf8");
    await writeFile(settings, text.replace(/url: "?http[^" }]*"?/, 'url: "https://redaksi.kabupaten.test"'));
    const ran = await operator.run(upload, { env });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('HTTPS_PROXY, yaitu "http://petugas:***@proxy:8080"');
    const doctor = await operator.run(["doctor"], { env });
    expect(doctor.stdout).toContain("HTTPS_PROXY");
    expect(ran.stderr + doctor.stdout).not.toMatch(/rahasia|npm ci|kesalahan kominfo/);
  });
});
