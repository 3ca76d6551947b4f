import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const src = path.resolve(import.meta.dirname, "../src");

/** How one file of src names another, or a package. A type is gone when the program runs. */
interface Import {
  from: string;
  /** A file of src ("post/slug.ts"), or a package ("node:fs", "@tus/server"). */
  to: string;
  kind: "static" | "lazy" | "type";
}

const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .map((file) => file.split(path.sep).join("/"))
  .filter((file) => file.endsWith(".ts"))
  .sort();
const sources = new Map(files.map((file) => [file, codeOf(readFileSync(path.join(src, file), "utf8"))]));
const imports = files.flatMap((file) => importsOf(file, sources.get(file)!));
const inside = imports.filter(({ to }) => sources.has(to));
const packages = imports.filter(({ to }) => !sources.has(to));

/** Without comments that stand on lines of their own, which talk about what the code must not do. */
function codeOf(text: string): string {
  return text.replace(/^\s*\/\*[\s\S]*?\*\//gm, "").replace(/^\s*\/\/.*$/gm, "");
}

function importsOf(file: string, code: string): Import[] {
  const statements =
    /^(?:import|export)\s+(type\s)?(?:[\w\s{},*$]*?\sfrom\s+)?"([^"]+)"|(typeof\s+)?\bimport\(\s*"([^"]+)"\s*,?\s*\)/gm;
  return [...code.matchAll(statements)].map(([, type, fixed, typeOf, called]): Import => {
    const name = (fixed ?? called)!;
    const kind = type || typeOf ? "type" : fixed ? "static" : "lazy";
    if (!name.startsWith(".")) return { from: file, to: packageName(name), kind };
    const to = path.posix.join(path.posix.dirname(file), name).replace(/\.js$/, ".ts");
    return { from: file, to, kind };
  });
}

function packageName(name: string): string {
  if (name.startsWith("node:")) return name;
  return name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");
}

/** The room of a file: its folder, or itself where it lies in src. */
function room(file: string): string {
  const folder = path.posix.dirname(file);
  return folder === "." ? file : folder;
}

/** What a room may load, and of which it may only name types. A room may always use itself. */
interface Rule {
  loads?: readonly string[];
  types?: readonly string[];
}

// Every command may use these; a folder of commands lists what it uses beside them.
const forCommands = ["errors.ts", "files", "language", "post", "region", "terminal", "workspace"];
const typesForCommands = ["context.ts", "newsroom/client"];
const groups = ["auth", "newsroom", "photo", "post", "review", "template"].map((one) => `commands/${one}`);

const rules: Record<string, Rule> = {
  // The door and what it opens.
  "main.ts": {
    // commands: the menu, shown when nothing was typed.
    loads: ["commands", "context.ts", "errors.ts", "language", "program.ts", "terminal", "workspace"],
  },
  "program.ts": { loads: ["commands", ...groups], types: ["context.ts", "language"] },
  "context.ts": {
    // commands: how a passphrase is asked for is a conversation, as a command's are.
    loads: [
      "channels",
      "commands",
      "credentials",
      "http",
      "language",
      "newsroom/client",
      "photo",
      "terminal",
      "workspace",
      "errors.ts",
    ],
  },
  "errors.ts": { types: ["language/id"] },
  // Work for many items, a few at a time.
  "pool.ts": {},

  // Commands.
  commands: {
    // program.ts: the tree is what completion completes. commands/newsroom: doctor names a person as the others do.
    // commands/auth: doctor checks accounts as it does. commands/post: setup leads through what they do.
    loads: [
      ...forCommands,
      "commands/auth",
      "commands/newsroom",
      // sync continues what photo upload and post submit have begun.
      "commands/photo",
      "commands/post",
      "credentials",
      "newsroom",
      "photo",
      "program.ts",
      "upload",
    ],
    types: [...typesForCommands, "channels"],
  },
  "commands/auth": {
    loads: [...forCommands, "channels", "commands/newsroom", "credentials", "newsroom"],
    types: typesForCommands,
  },
  "commands/newsroom": {
    loads: [...forCommands, "credentials", "newsroom", "newsroom/server", "newsroom/server/transfer"],
    types: [...typesForCommands, "newsroom/server/store"],
  },
  // http: how fast one may send.
  "commands/photo": {
    loads: [...forCommands, "http", "newsroom", "photo", "upload"],
    types: typesForCommands,
  },
  "commands/post": {
    // commands/newsroom: a publication is recorded and shown as an editor does it.
    loads: [...forCommands, "commands/newsroom", "newsroom", "photo", "submission"],
    types: typesForCommands,
  },
  "commands/review": { loads: [...forCommands, "commands/newsroom", "newsroom"], types: typesForCommands },
  "commands/template": { loads: forCommands, types: typesForCommands },

  // What serves everyone, and knows no domain.
  language: { loads: ["language/id", "language/en"], types: ["errors.ts"] },
  "language/id": { loads: ["language/id/errors"], types: ["files", "newsroom"] },
  "language/en": { loads: ["language/en/errors"], types: ["files", "language/id"] },
  // language: how an instant is written.
  "language/id/errors": { loads: ["language", "language/id"], types: ["files", "newsroom"] },
  "language/en/errors": { loads: ["language", "language/en"], types: ["language/id/errors"] },
  files: { loads: ["errors.ts"], types: ["language/id"] },
  http: { loads: ["errors.ts"] },
  terminal: {
    // context.ts: the flags of a command line that could not be understood. credentials: which variables are secret.
    loads: ["context.ts", "credentials", "errors.ts", "language"],
  },

  // The domain.
  region: { loads: ["language"] },
  post: {
    // newsroom: its contract says what a post may hold.
    loads: ["errors.ts", "files", "language", "newsroom", "terminal"],
    types: ["language/id"],
  },
  // terminal: what a file says of itself is cleaned before it stands on a sheet.
  photo: { loads: ["errors.ts", "files", "language", "pool.ts", "terminal"] },
  // http: what counts as this machine.
  credentials: { loads: ["errors.ts", "files", "http"], types: ["terminal"] },
  channels: { loads: ["credentials", "errors.ts", "files"], types: ["http"] },
  workspace: {
    // credentials: what an origin is. newsroom: the form of what is remembered of a submission. photo: its presets.
    loads: ["credentials", "errors.ts", "files", "language", "newsroom", "photo", "post", "region"],
    types: ["terminal"],
  },
  submission: {
    loads: ["errors.ts", "files", "newsroom", "photo", "post", "workspace"],
    types: ["newsroom/client"],
  },
  upload: {
    // http: how patient a line is.
    loads: ["errors.ts", "files", "http", "photo", "pool.ts", "post", "workspace"],
    types: ["newsroom/client"],
  },
  newsroom: { loads: ["errors.ts", "newsroom/contract"] },
  "newsroom/contract": { loads: ["newsroom", "newsroom/contract/endpoints"] },
  "newsroom/contract/endpoints": { loads: ["newsroom/contract"] },
  "newsroom/client": { loads: ["errors.ts", "files", "http", "newsroom"], types: ["language"] },
  "newsroom/server": {
    // http: what counts as this machine.
    loads: [
      "errors.ts",
      "files",
      "http",
      "newsroom",
      "newsroom/contract",
      "newsroom/server/blobs",
      "newsroom/server/desk",
      "newsroom/server/domain",
      "newsroom/server/operation",
      "newsroom/server/routes",
      "newsroom/server/staging",
      "newsroom/server/store",
      "region",
    ],
    types: ["photo"],
  },
  "newsroom/server/blobs": { loads: ["errors.ts", "files", "newsroom/server"] },
  // A whole newsroom from one place to another.
  "newsroom/server/transfer": {
    loads: ["errors.ts", "files", "newsroom/server", "newsroom/server/store", "pool.ts"],
    types: ["newsroom/server/blobs"],
  },
  "newsroom/server/staging": { loads: ["newsroom/server/store"], types: ["newsroom/server/blobs"] },
  // What is done with submissions, albums and people; routes, the desk and the folder's own commands all call it.
  "newsroom/server/domain": { loads: ["newsroom", "newsroom/server/store", "region"] },
  // The desk speaks to the same domain as the API's routes; its models are pure, and know how things are said.
  "newsroom/server/desk": {
    loads: [
      "language",
      "newsroom",
      "newsroom/server",
      "newsroom/server/desk/models",
      "newsroom/server/desk/routes",
      "newsroom/server/domain",
      "newsroom/server/store",
      "terminal",
    ],
  },
  "newsroom/server/desk/login": {
    loads: ["files", "newsroom/server/domain", "newsroom/server/store"],
  },
  "newsroom/server/desk/models": {
    loads: ["language", "newsroom", "newsroom/server/desk", "newsroom/server/store", "region", "terminal"],
  },
  "newsroom/server/desk/routes": {
    loads: [
      "files",
      "language",
      "newsroom",
      "newsroom/server",
      "newsroom/server/desk",
      "newsroom/server/desk/login",
      "newsroom/server/desk/models",
      "newsroom/server/domain",
      "newsroom/server/routes",
      "newsroom/server/store",
      "terminal",
    ],
  },
  // What it takes to be run: the log, readiness, metrics, TLS, the end.
  "newsroom/server/operation": {
    loads: ["errors.ts", "files", "http", "newsroom", "newsroom/server/domain", "newsroom/server/store"],
    types: ["newsroom/server/blobs"],
  },
  "newsroom/server/routes": {
    loads: [
      "newsroom",
      "newsroom/contract",
      "newsroom/server",
      "newsroom/server/domain",
      "newsroom/server/operation",
      "newsroom/server/store",
    ],
    types: ["newsroom/server/blobs"],
  },
  "newsroom/server/store": {
    loads: ["errors.ts", "files", "newsroom", "newsroom/server"],
    types: ["newsroom/contract", "newsroom/server/blobs", "newsroom/server/domain"],
  },
};

/** Which rooms and files may name a package, types included. What several use is light, or one thing used everywhere. */
const packageRooms: Record<string, readonly string[]> = {
  "age-encryption": ["credentials"],
  axios: ["http"],
  chalk: ["terminal"],
  diff: ["language", "post"],
  "markdown-it": ["newsroom/server/desk"],
  uqr: ["newsroom/server/desk"],
  commander: ["main.ts", "program.ts", "terminal/completion.ts", "terminal/report.ts", "terminal/usage.ts"],
  "csv-parse": ["upload"],
  "fastest-levenshtein": ["language", "photo"],
  exifreader: ["photo"],
  fastify: ["newsroom/server"],
  "@fastify/cookie": ["newsroom/server/desk"],
  "@fastify/formbody": ["newsroom/server/desk"],
  "@fastify/helmet": ["newsroom/server/desk"],
  "@fastify/rate-limit": ["newsroom/server"],
  "@aws-sdk/client-s3": ["newsroom/server/blobs"],
  "@tus/file-store": ["newsroom/server"],
  "@tus/server": ["newsroom/server"],
  "gray-matter": ["post"],
  "https-proxy-agent": ["http"],
  inquirer: ["terminal"],
  keytar: ["credentials"],
  kysely: ["newsroom/server"],
  libsql: ["newsroom/server"],
  liquidjs: ["post", "newsroom/server/desk"],
  "oauth-1.0a": ["channels"],
  pg: ["newsroom/server/store"],
  "proxy-from-env": ["http"],
  sharp: ["photo"],
  tinyglobby: ["photo"],
  "tus-js-client": ["newsroom/client"],
  uuid: ["newsroom/server"],
  yaml: ["files", "post"],
  yauzl: ["photo"],
  zod: [
    "channels",
    "commands/post",
    "credentials",
    "files",
    "newsroom",
    "photo",
    "post",
    "upload",
    "workspace",
  ],
};

/** The only files that look at the process by themselves. */
const seesProcess: Record<string, string> = {
  "terminal/host.ts": "is the process, for everyone else",
  "newsroom/server/operation/process-facts.ts": "tells in the metrics what the process uses",
  "files/lock.ts": "a lock names the process that holds it, and asks whether that one lives",
  "photo/isolated-engine.ts": "lets the child process that decodes photos end before this one",
  "photo/isolated-engine-child.ts": "is that process: it speaks through its own channel",
  "photo/zip.ts": "a folder of unpacked photos is named after the process that uses it",
  "workspace/posts.ts": "a half-built post is named after the process that builds it",
  "credentials/vault.ts": "whether permission bits mean anything is the system's",
  "credentials/keychain.ts": "starts the child process, by the same node, that talks to the keychain",
  "credentials/keychain-child.ts": "is that process: it speaks through its own stdin and stdout",
  "credentials/passphrase.ts": "whether permission bits mean anything is the system's",
};

/** The only files that read the clock. */
const readsClock: Record<string, string> = {
  "terminal/host.ts": "is the clock, for everyone else",
  "files/lock.ts": "waits as long as its caller said",
};

const show = ({ from, to, kind }: Import) => `${from} -> ${to} (${kind})`;
const using = (pattern: RegExp) => files.filter((file) => pattern.test(sources.get(file)!));

/** Every file that loads with `starts`, themselves included. */
function loadedWith(starts: readonly string[]): Set<string> {
  const loaded = new Set<string>();
  const visit = (file: string) => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const { from, to, kind } of inside) if (from === file && kind === "static") visit(to);
  };
  for (const start of starts) visit(start);
  return loaded;
}

function packagesWith(starts: readonly string[]): string[] {
  const loaded = loadedWith(starts);
  const found = packages.filter(({ from, kind }) => kind === "static" && loaded.has(from));
  return [...new Set(found.map(({ to }) => to).filter((name) => !name.startsWith("node:")))].sort();
}

describe("the reading of imports", () => {
  it("knows static, lazy and type imports, over several lines and re-exported", () => {
    const code = `import "./bare.js";
import { a, type B } from "./mixed.js";
import type { C } from "../post/types.js";
import {
  d,
} from "@tus/server/deep";
export * as e from "./again.js";
const f = await import("./lazy.js");
type G = typeof import("./named.js");`;
    expect(importsOf("photo/plan.ts", code).map(({ to, kind }) => `${to} ${kind}`)).toEqual([
      "photo/bare.ts static",
      "photo/mixed.ts static",
      "post/types.ts type",
      "@tus/server static",
      "photo/again.ts static",
      "photo/lazy.ts lazy",
      "photo/named.ts type",
    ]);
  });

  it("finds every import of src: each relative one leads to a file", () => {
    expect(imports.filter(({ to }) => to.endsWith(".ts") && !sources.has(to)).map(show)).toEqual([]);
    const mentioned = files.flatMap(
      (file) => sources.get(file)!.match(/\bfrom "|\bimport\(|^import "/gm) ?? [],
    );
    expect(imports).toHaveLength(mentioned.length);
  });
});

describe("direction", () => {
  it("has a rule for every room, and no rule for a room that is gone", () => {
    expect(Object.keys(rules).sort()).toEqual([...new Set(files.map(room))].sort());
  });

  it("is kept by every import", () => {
    const broken = inside.filter(({ from, to, kind }) => {
      const { loads = [], types = [] } = rules[room(from)] ?? {};
      const allowed = kind === "type" ? [...loads, ...types] : loads;
      return room(from) !== room(to) && !allowed.includes(room(to));
    });
    expect(broken.map(show)).toEqual([]);
  });

  it("lets post/ see nothing of the terminal but how text is cleaned, and no files at all", () => {
    const seen = imports.filter(({ from, to }) => room(from) === "post" && /^(terminal|node:)/.test(to));
    const names = [...new Set(seen.map(({ to }) => to))];
    expect(names.filter((to) => !["terminal/clean.ts", "node:path", "node:util"].includes(to))).toEqual([]);
  });

  it("keeps the newsroom's client and server apart", () => {
    const client = (file: string) => file.startsWith("newsroom/client/");
    const server = (file: string) => file.startsWith("newsroom/server/");
    const crossing = inside.filter(
      ({ from, to }) => (client(from) && server(to)) || (server(from) && client(to)),
    );
    expect(crossing.map(show)).toEqual([]);
  });

  it("lets client, server and post/ share one contract, which loads nothing else of ours", () => {
    expect(
      [...loadedWith(["newsroom/contract.ts"])].filter((file) => !/^newsroom(\/contract)?$/.test(room(file))),
    ).toEqual([]);
  });
});

describe("packages", () => {
  it("are each named only in their rooms", () => {
    const strays = packages.filter(({ from, to }) => {
      if (to.startsWith("node:")) return false;
      const rooms = packageRooms[to] ?? [];
      return !rooms.some((allowed) => from === allowed || from.startsWith(`${allowed}/`));
    });
    expect(strays.map(show)).toEqual([]);
  });

  it("are all dependencies, and every dependency has its rooms", () => {
    const manifest = JSON.parse(readFileSync(path.join(src, "../package.json"), "utf8"));
    // Optional peers are installed only where a newsroom has outgrown SQLite and the disk.
    const named = { ...manifest.dependencies, ...manifest.peerDependencies };
    expect(Object.keys(packageRooms).sort()).toEqual(Object.keys(named).sort());
    expect(Object.values(manifest.peerDependenciesMeta)).toEqual(
      Object.keys(manifest.peerDependencies).map(() => ({ optional: true })),
    );
  });

  it("that only some newsrooms need load when they are needed", () => {
    const loaded = packages.filter(
      ({ to, kind }) => ["pg", "@aws-sdk/client-s3"].includes(to) && kind === "static",
    );
    expect(loaded.map(show)).toEqual([]);
  });

  it("load none but commander for --help and --version, in either language", () => {
    const start = ["main.ts", "terminal/host.ts", "language/id/help.ts", "language/en/help.ts"];
    expect(packagesWith(start)).toEqual(["commander"]);
  });

  it("of weight load with no command, only when it comes to them", () => {
    const heavy = ["axios", "fastify", "inquirer", "keytar", "kysely", "libsql", "sharp", "tus-js-client"];
    const commands = files.filter((file) => file.startsWith("commands/"));
    const loaded = packagesWith([...commands, "context.ts", "terminal/report.ts"]);
    expect(loaded.filter((name) => heavy.includes(name))).toEqual([]);
    // The walk does reach what commands load.
    expect(loaded).toContain("yaml");
  });
});

describe("state and surroundings", () => {
  it("are the process's only where the table says so", () => {
    expect(using(/\bprocess\.|"node:process"/)).toEqual(Object.keys(seesProcess).sort());
  });

  it("have no console", () => {
    // The reader of metadata warns there of odd files; that is silenced.
    expect(using(/\bconsole\./)).toEqual(["photo/inspect-fields.ts"]);
  });

  it("have one clock", () => {
    expect(using(/\bDate\.now\(|\bnew Date\(\)/)).toEqual(Object.keys(readsClock).sort());
  });

  it("are not kept in a module: no variable of a whole module may change", () => {
    expect(using(/^(export )?(let|var) /m)).toEqual([]);
  });
});

describe("modules", () => {
  it("have no default export", () => {
    expect(using(/^export default\b|\bas default\b/m)).toEqual([]);
  });

  it("import by names that exist in dist/: relative ones end in .js", () => {
    const endings = files.flatMap((file) => sources.get(file)!.match(/(?:from |import\()"\.[^"]*"/g) ?? []);
    expect(endings.filter((one) => !one.endsWith('.js"'))).toEqual([]);
    expect(endings.length).toBeGreaterThan(100);
  });

  it("have no folder that says nothing", () => {
    const names = new Set(files.flatMap((file) => path.posix.dirname(file).split("/")));
    expect(
      [...names].filter((name) => /^(utils?|helpers?|common|ports|adapters|managers?)$/.test(name)),
    ).toEqual([]);
    expect(existsSync(path.join(src, "index.ts"))).toBe(false);
  });
});
