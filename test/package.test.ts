import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { operatorPackage } from "../scripts/operator-package.mjs";

const read = (name: string) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), "utf8"));

const manifest = {
  name: "kominfo",
  version: "1.0.0",
  private: true,
  scripts: { test: "vitest" },
  files: ["dist"],
  dependencies: { http: "1.0.0", pg: "8.0.0", keyring: "npm:@github/keyring@7.0.0", pictures: "1.0.0" },
  devDependencies: { vitest: "1.0.0", pg: "8.0.0", s3: "3.0.0" },
  peerDependencies: { pg: "8.0.0", s3: "3.0.0" },
  peerDependenciesMeta: { pg: { optional: true }, s3: { optional: true } },
};
const forMac = { version: "1.0.0", optional: true, os: ["darwin"] };
const lock = {
  name: "kominfo",
  lockfileVersion: 3,
  packages: {
    "": { name: "kominfo", devDependencies: manifest.devDependencies },
    "node_modules/http": { version: "1.0.0", dependencies: { agent: "^1.0.0" } },
    "node_modules/agent": { version: "2.0.0", devOptional: true },
    "node_modules/http/node_modules/agent": { version: "1.5.0", peerDependencies: { shared: "*" } },
    "node_modules/shared": { version: "1.1.0", dev: true },
    "node_modules/keyring": { name: "@github/keyring", version: "7.0.0" },
    "node_modules/pictures": {
      version: "1.0.0",
      dependencies: { glue: "^1.0.0" },
      optionalDependencies: { absent: "1.0.0", "pictures-mac": "1.0.0" },
    },
    "node_modules/pictures-mac": forMac,
    "node_modules/glue": { version: "1.2.0" },
    "node_modules/pg": { version: "8.0.0", dependencies: { "pg-types": "2.0.0" } },
    "node_modules/pg-types": { version: "2.0.0" },
    "node_modules/s3": { version: "3.0.0", dev: true },
    "node_modules/vitest": { version: "1.0.0", dev: true },
  },
};

it("carries along what is the same on every machine, and names with versions what npm has to choose", () => {
  const { manifest: packed, shrinkwrap, bundled } = operatorPackage(manifest, lock);
  expect(bundled).toEqual([
    "node_modules/http",
    "node_modules/http/node_modules/agent",
    "node_modules/shared",
    "node_modules/keyring",
  ]);
  expect(packed).toMatchObject({
    dependencies: { http: "1.0.0", keyring: "npm:@github/keyring@7.0.0", pictures: "1.0.0", glue: "1.2.0" },
    bundleDependencies: ["http", "keyring"],
    files: ["dist", "npm-shrinkwrap.json"],
  });
  const all = ["", ...bundled, ...["pictures", "pictures-mac", "glue"].map((name) => `node_modules/${name}`)];
  expect(Object.keys(shrinkwrap.packages).sort()).toEqual(all.sort());
});

it("leaves out optional peers and what they bring, also where they are dependencies, and all of the workshop", () => {
  const { manifest: packed, shrinkwrap, bundled } = operatorPackage(manifest, lock);
  const all = [...Object.keys(packed.dependencies), ...Object.keys(shrinkwrap.packages), ...bundled];
  for (const name of ["pg", "pg-types", "s3", "vitest"]) {
    expect(all).not.toContain(name);
    expect(all).not.toContain(`node_modules/${name}`);
  }
  for (const key of ["devDependencies", "scripts", "private"]) expect(packed).not.toHaveProperty(key);
  expect(packed).toMatchObject({ peerDependencies: manifest.peerDependencies });
});

it("of this repository has all that kominfo imports, and neither a database server's driver nor an S3 client", () => {
  const source = read("package.json");
  const { manifest: packed, shrinkwrap } = operatorPackage(source, read("package-lock.json"));
  const wanted = Object.keys(source.dependencies).filter(
    (name) => !(name in (source.peerDependencies ?? {})),
  );
  expect(Object.keys(packed.dependencies)).toEqual(expect.arrayContaining(wanted));
  const all = Object.keys(shrinkwrap.packages).map((place) => place.split("node_modules/").at(-1) ?? "");
  expect(all).toEqual(expect.arrayContaining(wanted));
  const unwanted = /^(pg|postgres|pg-.*|minio|aws4.*|@aws-sdk\/.*|@smithy\/.*)$/;
  expect(all.filter((name) => unwanted.test(name))).toEqual([]);
});
