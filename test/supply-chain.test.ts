import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { isAllowed, licencesOf } from "../scripts/licences.mjs";

const root = path.resolve(import.meta.dirname, "..");
const readLock = async () => JSON.parse(await readFile(path.join(root, "package-lock.json"), "utf8"));

/** Runs one of the scripts; `npm` is the one on the path. */
function run(script: string, args: readonly string[] = [], variables: Record<string, string> = {}) {
  const { npm_execpath: _, ...environment } = process.env;
  const env = { ...environment, ...variables };
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const file = path.join(root, "scripts", script);
    const done = (error: Error | null, stdout: string, stderr: string) =>
      resolve({ code: Number((error as { code?: number } | null)?.code ?? 0), stdout, stderr });
    execFile(process.execPath, [file, ...args], { env, maxBuffer: 64 * 1024 * 1024 }, done);
  });
}

describe("a licence", () => {
  it.each([
    ["MIT", true],
    ["MIT OR GPL-3.0-only", true],
    ["(MIT OR GPL-3.0-only)", true],
    ["Apache-2.0 AND LGPL-3.0-or-later", true],
    ["MIT AND GPL-3.0-only", false],
    ["GPL-3.0-only OR AGPL-3.0-only", false],
    ["AGPL-3.0-only", false],
    ["SEE LICENSE IN LICENSE.md", false],
    ["(MIT OR (GPL-3.0-only AND ISC))", false],
    ["UNLICENSED", false],
    ["", false],
  ])("%j is allowed: %s", (licence, allowed) => {
    expect(isAllowed(licence)).toBe(allowed);
  });

  it("is that of each package once, under its real name, and none where it states none", () => {
    const packages = {
      "": { name: "kominfo", license: "MIT" },
      "node_modules/a": { version: "1.0.0", license: "ISC" },
      "node_modules/@b/c/node_modules/a": { version: "1.0.0", license: "ISC" },
      "node_modules/@b/c": { version: "2.0.0" },
      "node_modules/alias": { name: "@d/real", version: "3.0.0", license: "MIT" },
    };
    expect(licencesOf({ packages })).toEqual([
      { name: "a", version: "1.0.0", licence: "ISC" },
      { name: "@b/c", version: "2.0.0", licence: "" },
      { name: "@d/real", version: "3.0.0", licence: "MIT" },
    ]);
  });

  it("is allowed of every package in the lockfile", async () => {
    const packages = licencesOf(await readLock());
    expect(packages.length).toBeGreaterThan(100);
    expect(packages.filter(({ licence }) => !isAllowed(licence))).toEqual([]);
  });
});

interface Locked {
  name?: string;
  version: string;
  dev?: boolean;
}

interface Bill {
  bomFormat: string;
  metadata: { timestamp?: string; component: { name: string; version: string } };
  components: { "bom-ref": string; purl: string; licenses?: unknown[]; hashes?: unknown[] }[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

describe("the bill of materials", () => {
  it("lists what operators install, with hash and licence, and is the same each time", async () => {
    const file = path.join(await mkdtemp(path.join(tmpdir(), "kominfo-sbom-")), "sbom.json");
    onTestFinished(() => rm(path.dirname(file), { recursive: true }));
    const printed = await run("sbom.mjs");
    expect(await run("sbom.mjs", [file])).toMatchObject({ code: 0, stdout: "" });
    expect(await readFile(file, "utf8")).toBe(printed.stdout);
    const bill = JSON.parse(printed.stdout) as Bill;
    expect(bill).toMatchObject({ bomFormat: "CycloneDX", metadata: { component: { name: "kominfo" } } });
    const { packages } = (await readLock()) as { packages: Record<string, Locked> };
    const installed = Object.entries(packages)
      .filter(([place, { dev }]) => place !== "" && !dev)
      .map(([place, { name = place.split("node_modules/").at(-1)!, version }]) => {
        return `pkg:npm/${name.replace("@", "%40")}@${version}`;
      });
    expect(bill.components.map(({ purl }) => purl).sort()).toEqual([...new Set(installed)].sort());
    const parts = new Set([
      `kominfo@${bill.metadata.component.version}`,
      ...bill.components.map((component) => component["bom-ref"]),
    ]);
    const refs = bill.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]);
    expect(refs.filter((ref) => !parts.has(ref))).toEqual([]);
    expect(bill.components.filter(({ licenses, hashes }) => !licenses?.length || !hashes?.length)).toEqual(
      [],
    );
  });
});

/** A registry that answers every audit with this. */
async function registry(status: number, answer: object): Promise<string> {
  const server = http.createServer((request, response) => {
    const isAudit = request.method === "POST" && request.url?.includes("/security/");
    response
      .writeHead(isAudit ? status : 404, { "content-type": "application/json" })
      .end(JSON.stringify(isAudit ? answer : {}));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe("the audit", () => {
  const audit = async (status: number, answer: object) => {
    // npm remembers what it has heard of a weakness.
    const cache = await mkdtemp(path.join(tmpdir(), "kominfo-audit-"));
    onTestFinished(() => rm(cache, { recursive: true, force: true }));
    return run("audit.mjs", [], {
      npm_config_registry: await registry(status, answer),
      npm_config_cache: cache,
      npm_config_fetch_retries: "0",
    });
  };
  const weakness = (severity: string) => ({
    sharp: [{ id: 1, url: "https://a.example", title: "x", severity, vulnerable_versions: "*" }],
  });

  it("fails for a package that operators install with a high or critical weakness", async () => {
    const { code, stderr } = await audit(200, weakness("critical"));
    expect(code).toBe(1);
    expect(stderr).toContain("critical: sharp");
  });

  it("only tells of a lower one", async () => {
    const { code, stdout } = await audit(200, weakness("low"));
    expect([code, stdout]).toEqual([0, "1 packages with known weaknesses, 0 of them high or critical\n"]);
  });

  it("says loudly that it was skipped where the registry has no audit", async () => {
    const { code, stderr } = await audit(405, {});
    expect(code).toBe(0);
    expect(stderr).toMatch(/^SKIPPED: npm audit/);
  });
});

it("CI checks the licences and asks for the audit", async () => {
  const steps = await readFile(path.join(root, ".ci/run"), "utf8");
  expect(steps).toMatch(/^step npm run --silent licences$/m);
  expect(steps).toMatch(/^step npm run --silent audit$/m);
});

it("SECURITY.md supports the minor version that package.json has", async () => {
  const { version } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
  const [major, minor] = version.split(".");
  expect(await readFile(path.join(root, "SECURITY.md"), "utf8")).toContain(`(${major}.${minor}.x) | yes`);
});
