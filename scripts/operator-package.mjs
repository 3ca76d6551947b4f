// What of this repository an operator's laptop gets. A package that only a newsroom with PostgreSQL or S3 needs is an
// optional peer here ("peerDependencies" and "peerDependenciesMeta", and "devDependencies" for our tests): it is left
// out, whatever else names it. Whoever runs such a newsroom installs it beside kominfo.

/**
 * package.json and npm-shrinkwrap.json (lockfileVersion 3) for the tarball, and the folders below node_modules that it
 * brings along. npm heeds the lockfile and the overrides of a package only where a registry has published it: so the
 * tarball carries the packages themselves as they were tested. Those that come in another form for each machine, and
 * what they want, are named with their versions for npm to fetch.
 */
export function operatorPackage(manifest, lock) {
  const { scripts: _, devDependencies: __, private: ___, overrides: ____, ...kept } = manifest;
  const wanted = withoutOptionalPeers(manifest);
  const reached = reachable(lock.packages, wanted);
  const isFetched = (one) =>
    Object.keys(one.optionalDependencies ?? {}).some((name) => isNative(reached[`node_modules/${name}`]));
  const bundled = reachable(lock.packages, wanted, (one) => !isNative(one) && !isFetched(one));
  const fetched = Object.entries(reachable(lock.packages, wanted, (one) => !isNative(one))).flatMap(
    ([place, { name, version }]) => {
      const as = place.slice("node_modules/".length);
      if (bundled[place] || as.includes("node_modules/")) return [];
      return [[as, name === undefined ? version : `npm:${name}@${version}`]];
    },
  );
  const packed = {
    ...kept,
    // npm packs it only where it is named.
    files: [...manifest.files, "npm-shrinkwrap.json"],
    ...wanted,
    dependencies: { ...wanted.dependencies, ...Object.fromEntries(fetched) },
    bundleDependencies: Object.keys({ ...wanted.dependencies, ...wanted.optionalDependencies }).filter(
      (name) => bundled[`node_modules/${name}`],
    ),
  };
  const { name, version, license, bin, engines, dependencies, optionalDependencies } = packed;
  const root = { name, version, license, bin, engines, dependencies, optionalDependencies };
  return {
    manifest: packed,
    shrinkwrap: { ...lock, packages: { "": root, ...reached } },
    bundled: Object.keys(bundled),
  };
}

/** One of several of which npm takes the one that fits the machine. */
const isNative = (one) => one?.optional === true && (one.os !== undefined || one.cpu !== undefined);

function withoutOptionalPeers({
  dependencies,
  optionalDependencies,
  peerDependencies,
  peerDependenciesMeta,
}) {
  const optional = optionalPeers({ peerDependencies, peerDependenciesMeta });
  const without = (wanted = {}) =>
    Object.fromEntries(Object.entries(wanted).filter(([name]) => !optional.has(name)));
  return { dependencies: without(dependencies), optionalDependencies: without(optionalDependencies) };
}

function optionalPeers({ peerDependencies = {}, peerDependenciesMeta = {} }) {
  return new Set(Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional));
}

/** The entries of a lockfile to which a package leads, found as Node finds packages: from its folder upward. */
function reachable(packages, root, counts = () => true) {
  const found = new Set();
  const visit = (from, { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta }) => {
    const optional = optionalPeers({ peerDependencies, peerDependenciesMeta });
    const peers = Object.keys(peerDependencies ?? {}).filter((name) => !optional.has(name));
    for (const name of [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers]) {
      const at = place(packages, from, name);
      // npm may have left out what is optional.
      if (at === undefined || found.has(at) || !counts(packages[at])) continue;
      found.add(at);
      visit(at, packages[at]);
    }
  };
  visit("", root);
  return Object.fromEntries(
    Object.entries(packages)
      .filter(([at]) => found.has(at))
      .map(([at, { dev: _, devOptional: __, peer: ___, ...one }]) => [at, one]),
  );
}

function place(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
    const at = `${folder === "" ? "" : `${folder}/`}node_modules/${name}`;
    if (packages[at]) return at;
    if (folder === "") return undefined;
  }
}
