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

/**
 * What renders and sends a revision on a channel. It knows the contract, which takes its list of channels from the descriptions
 * beside it: so the two are rooms, and wings, of their own, although a channel has one folder.
 */
function isOfPublishing(file: string): boolean {
  return (
    /^channels\/[\w-]+\//.test(file) &&
    !/^channels\/(cards|login|meta|record-only)\/|\/(channel|login|oauth2)\.ts$/.test(file)
  );
}

/** The room of a file: its folder. A file that lies beside folders is a room of its own. */
function room(file: string): string {
  const folder = path.posix.dirname(file);
  if (isOfPublishing(file)) return `${folder} (publishing)`;
  return folder === "." || folders.some((other) => other.startsWith(`${folder}/`)) ? file : folder;
}
const folders = [...new Set(files.map((file) => path.posix.dirname(file)))];

/**
 * The wing of a file: its folder right below src, or right below newsroom; or the file that lies there. The channels'
 * own folders are one wing, so that a new channel needs no rule.
 */
function wing(file: string): string {
  const parts = file.split("/");
  if (isOfPublishing(file)) return "channels (publishing)";
  if (file.startsWith("channels/cards/")) return "channels/cards";
  const isOfNewsroom = parts[0] === "newsroom";
  const isBesideChannels = parts[0] === "channels" && parts.length === 2;
  return isOfNewsroom || isBesideChannels ? parts.slice(0, 2).join("/") : parts[0]!;
}

/**
 * What a wing may load, and of which it may only name types. A wing may always use itself, and everyone uses
 * what lies on the ground.
 */
interface Rule {
  loads?: readonly string[];
  types?: readonly string[];
}

const ground = ["errors", "text", "files", "pool.ts", "channels/registry.ts"];

const rules: Record<string, Rule> = {
  // The door and what it opens.
  "main.ts": {
    // credentials: which secrets of the environment are scrubbed from the first line on.
    loads: ["commands", "context.ts", "credentials", "language", "program.ts", "terminal", "workspace"],
  },
  "program.ts": { loads: ["commands"], types: ["context.ts", "language"] },
  "context.ts": {
    loads: [
      "channels/open.ts",
      "credentials",
      "http",
      "language",
      "newsroom-client",
      "photo",
      "terminal",
      "workspace",
    ],
  },
  commands: {
    loads: [
      "channels",
      "channels/cards",
      // What a publication costs.
      "channels/cost.ts",
      "channels/link.ts",
      // What a person pastes to correct an article.
      "channels/paste.ts",
      "contract",
      "credentials",
      // How fast one may send.
      "http",
      "language",
      "newsroom/addresses.ts",
      "newsroom/local-audit.ts",
      "newsroom/local-people.ts",
      // Where a newsroom was served last.
      "newsroom/operation",
      "newsroom/serve.ts",
      "newsroom/store",
      "newsroom/transfer",
      "photo",
      "post",
      "publish",
      "region",
      "submission",
      "terminal",
      "upload",
      "workspace",
    ],
    types: [
      "channels/open.ts",
      "channels/publishing.ts",
      "context.ts",
      "newsroom-client",
      "newsroom/uploads",
    ],
  },

  // What serves everyone, and knows no domain.
  errors: {},
  text: {},
  files: {},
  // Work for many items, a few at a time.
  "pool.ts": {},
  http: {},
  language: { types: ["contract"] },
  terminal: { loads: ["language"] },

  // The domain.
  region: {},
  contract: {},
  // contract: what a post may hold.
  post: { loads: ["contract"] },
  // channels: what a channel's publisher is. contract: attempts and renderings. photo: how a photo is cut to what is shown.
  publish: { loads: ["contract", "photo"], types: ["channels/publishing.ts"] },
  // language: the messages that a contact sheet is written with.
  photo: { types: ["language"] },
  // language: how the vault asks for its passphrase.
  credentials: { loads: ["language"], types: ["terminal"] },
  // The one list of channels, which everyone may read: pure descriptions.
  "channels/registry.ts": { loads: ["channels"] },
  channels: { types: ["http"] },
  // contract: what is rendered and sent. Types only: a renderer is pure, and has its input in its hands.
  "channels (publishing)": { loads: ["channels"], types: ["channels/publishing.ts", "contract", "http"] },
  "channels/publishing.ts": { types: ["channels", "contract", "http"] },
  "channels/render.ts": { loads: ["channels (publishing)"], types: ["contract"] },
  "channels/cost.ts": { loads: ["channels (publishing)"], types: ["contract"] },
  // language: the words on a card of a rendering.
  "channels/cards": { loads: ["channels/cost.ts"], types: ["contract", "language"] },
  "channels/link.ts": {},
  "channels/paste.ts": { loads: ["channels (publishing)"], types: ["contract"] },
  // credentials: the accounts there.
  "channels/open.ts": {
    loads: ["channels", "channels (publishing)", "credentials"],
    types: ["channels/publishing.ts", "http"],
  },
  workspace: {
    // credentials: what an origin is. contract: the form of a recorded submission. photo: its presets.
    loads: ["contract", "credentials", "photo", "post", "region"],
    types: ["terminal"],
  },
  // What has to be looked at before approval: pure.
  check: { types: ["contract"] },
  // channels: a preview of what is not sent yet.
  submission: {
    loads: ["channels (publishing)", "channels/render.ts", "contract", "photo", "post", "workspace"],
    types: ["newsroom-client"],
  },
  upload: { loads: ["http", "photo", "workspace"], types: ["newsroom-client", "post"] },
  // photo: the size of a photo, which is refused before it is sent.
  "newsroom-client": { loads: ["contract", "http", "photo"] },

  // The newsroom.
  "newsroom/addresses.ts": {},
  "newsroom/optional-package.ts": {},
  "newsroom/thread.ts": {},
  "newsroom/outage.ts": {},
  "newsroom/blobs": {
    loads: ["newsroom/optional-package.ts", "newsroom/outage.ts"],
    types: ["newsroom/addresses.ts"],
  },
  "newsroom/store": {
    loads: ["contract", "newsroom/optional-package.ts", "newsroom/outage.ts", "newsroom/thread.ts"],
    types: ["newsroom/addresses.ts"],
  },
  // Unfinished uploads, on disk or in S3.
  "newsroom/staging": { loads: ["newsroom/outage.ts", "newsroom/store"], types: ["newsroom/blobs"] },
  // channels/render.ts: what makes the renderings that an approval freezes; it runs in the thread of texts. check: what has to be
  // answered before. channels/link.ts: which links can be a publication's, for the API and the desk alike.
  "newsroom/services": {
    loads: ["channels/link.ts", "check", "contract", "newsroom/store", "region"],
    types: ["channels/render.ts"],
  },
  // Computes in a thread: renderings, and what the desk draws and compares.
  "newsroom/texts": {
    loads: [
      "channels/cards",
      "channels/render.ts",
      "contract",
      "language",
      "newsroom/services",
      "newsroom/thread.ts",
    ],
  },
  // What it takes to be run: the log, readiness, metrics, TLS, the end.
  "newsroom/operation": {
    loads: ["contract", "newsroom/outage.ts", "newsroom/services", "newsroom/store"],
    types: ["newsroom/blobs"],
  },
  "newsroom/http": {
    loads: ["contract", "newsroom/outage.ts", "newsroom/services", "newsroom/store"],
    types: ["channels/render.ts"],
  },
  "newsroom/uploads": {
    loads: [
      "contract",
      "newsroom/blobs",
      "newsroom/http",
      "newsroom/operation",
      "newsroom/outage.ts",
      "newsroom/services",
      "newsroom/staging",
      "newsroom/store",
      // The JPEG of a channel, by the function with which a client makes it. The engine itself comes in as an argument.
      "photo",
    ],
    types: ["newsroom/addresses.ts", "newsroom/options.ts"],
  },
  "newsroom/api": {
    loads: [
      "contract",
      "newsroom/http",
      "newsroom/operation",
      "newsroom/services",
      "newsroom/store",
      "newsroom/uploads",
    ],
    types: ["newsroom/options.ts"],
  },
  // The desk speaks to the same services as the API; its models are pure, and know the messages.
  "newsroom/desk": {
    loads: [
      "channels/cards",
      // What a plan costs, before it is made.
      "channels/cost.ts",
      // Which channel a pasted link is on.
      "channels/link.ts",
      "channels/paste.ts",
      // The text of a rendering as it is sent: for who sends it by hand.
      "channels (publishing)",
      "contract",
      "language",
      "newsroom/http",
      "newsroom/services",
      "newsroom/store",
      "newsroom/texts",
      "newsroom/uploads",
      "region",
    ],
    types: ["newsroom/options.ts"],
  },
  "newsroom/options.ts": {
    types: [
      "newsroom/blobs",
      "newsroom/http",
      "newsroom/operation",
      "newsroom/staging",
      "newsroom/store",
      "newsroom/texts",
      "photo",
    ],
  },
  "newsroom/app.ts": {
    loads: [
      "contract",
      "newsroom/api",
      "newsroom/desk",
      "newsroom/http",
      "newsroom/operation",
      "newsroom/outage.ts",
      "newsroom/services",
      "newsroom/store",
      "newsroom/texts",
      "newsroom/uploads",
    ],
    types: ["newsroom/options.ts"],
  },
  "newsroom/serve.ts": {
    loads: [
      "newsroom/app.ts",
      "newsroom/operation",
      "newsroom/options.ts",
      "newsroom/outage.ts",
      "newsroom/store",
      "newsroom/uploads",
    ],
    types: ["photo"],
  },
  "newsroom/local-audit.ts": { loads: ["newsroom/services", "newsroom/store"], types: ["contract"] },
  "newsroom/local-people.ts": { loads: ["contract", "newsroom/services", "newsroom/store"] },
  // A whole newsroom from one place to another.
  "newsroom/transfer": {
    loads: ["newsroom/services", "newsroom/store", "newsroom/uploads"],
    types: ["newsroom/blobs"],
  },
};

/** Which rooms and files may name a package, types included. What several use is light, or one thing used everywhere. */
const packageRooms: Record<string, readonly string[]> = {
  "age-encryption": ["credentials"],
  axios: ["http"],
  chalk: ["terminal"],
  diff: ["text", "post"],
  "markdown-it": ["text"],
  "twitter-text": ["channels/x"],
  // A link as a QR code: on a page, and in a terminal.
  uqr: ["newsroom/desk", "terminal"],
  // completion and missing: which arguments a command has.
  commander: [
    "main.ts",
    "program.ts",
    "commands/completion",
    "commands/missing",
    "terminal/report.ts",
    // Reads which flags were typed, and which of them the command of a next step takes.
    "terminal/scope.ts",
    "terminal/usage.ts",
  ],
  "fastest-levenshtein": ["text", "photo"],
  exifreader: ["photo"],
  fastify: ["newsroom"],
  "@fastify/cookie": ["newsroom/desk"],
  "@fastify/formbody": ["newsroom/desk"],
  "@fastify/helmet": ["newsroom/desk"],
  "@fastify/rate-limit": ["newsroom"],
  "@aws-sdk/client-s3": ["newsroom/blobs"],
  "@tus/file-store": ["newsroom"],
  "@tus/server": ["newsroom"],
  "gray-matter": ["post"],
  "https-proxy-agent": ["http"],
  inquirer: ["terminal"],
  keytar: ["credentials"],
  kysely: ["newsroom"],
  libsql: ["newsroom"],
  liquidjs: ["post", "newsroom/desk"],
  "oauth-1.0a": ["channels"],
  open: ["terminal"],
  otpauth: ["newsroom/desk"],
  pg: ["newsroom/store"],
  "proxy-from-env": ["http"],
  "robots-parser": ["channels/instagram"],
  sharp: ["photo"],
  tinyglobby: ["photo"],
  "tus-js-client": ["newsroom-client"],
  uuid: ["newsroom"],
  // kominfo.yaml is changed in place, as index.md is.
  yaml: ["files", "post", "workspace/settings-edit.ts"],
  yauzl: ["photo"],
  zod: [
    "channels",
    "commands/post",
    "credentials",
    "contract",
    "files",
    "newsroom-client",
    "newsroom",
    "photo",
    "post",
    "publish",
    "upload",
    "workspace",
  ],
};

/** The only files that look at the process by themselves. */
const seesProcess: Record<string, string> = {
  "terminal/host.ts": "is the process, for everyone else",
  "newsroom/operation/process-facts.ts": "tells in the metrics what the process uses",
  "files/lock.ts": "a lock names the process that holds it, and asks whether that one lives",
  "http/proxy.ts": "names the variable of the proxy, which proxy-from-env reads from the process by itself",
  "photo/engine/isolated-engine.ts": "lets the child process that decodes photos end before this one",
  "photo/engine/isolated-engine-child.ts": "is that process: it speaks through its own channel",
  "files/process-folders.ts": "a folder of photos for a while is named after the process that uses it",
  "workspace/posts.ts": "a half-built post is named after the process that builds it",
  "credentials/session/agent.ts":
    "is the process that holds the vault's key: it speaks through its own stdin and stdout",
  "credentials/session/agent-holder.ts":
    "starts that process, by the same node, and trusts only a socket of this process's user",
  "credentials/vault/folder.ts": "whether permission bits mean anything is the system's",
  "credentials/vault/keychain.ts": "starts the child process, by the same node, that talks to the keychain",
  "credentials/vault/keychain-child.ts": "is that process: it speaks through its own stdin and stdout",
  "credentials/vault/passphrase.ts": "whether permission bits mean anything is the system's",
};

/** The only files that read the clock. */
const readsClock: Record<string, string> = {
  "terminal/host.ts": "is the clock, for everyone else",
  "credentials/session/agent.ts": "is a process of its own, which ends when its time is over",
  "files/lock.ts": "waits as long as its caller said",
};

const show = ({ from, to, kind }: Import) => `${from} -> ${to} (${kind})`;
const using = (pattern: RegExp) => files.filter((file) => pattern.test(sources.get(file)!));

/** The circles among `edges`: the strongly connected components with more than one node (Tarjan, 1972). */
function circles(edges: readonly (readonly [string, string])[]): string[][] {
  const next = new Map<string, Set<string>>();
  for (const [from, to] of edges) {
    if (from !== to) next.set(from, (next.get(from) ?? new Set()).add(to));
  }
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (node: string) => {
    index.set(node, index.size);
    low.set(node, index.get(node)!);
    stack.push(node);
    for (const to of next.get(node) ?? []) {
      if (!index.has(to)) visit(to);
      if (stack.includes(to)) low.set(node, Math.min(low.get(node)!, low.get(to)!));
    }
    if (low.get(node) !== index.get(node)) return;
    const component = stack.splice(stack.indexOf(node));
    if (component.length > 1) found.push(component.sort());
  };
  for (const node of next.keys()) if (!index.has(node)) visit(node);
  return found;
}

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

/** What the program has loaded when it prints help, in either language. */
const startOfHelp = ["main.ts", "terminal/host.ts", "language/id/help.ts", "language/en/help.ts"];

describe("direction", () => {
  it("has a rule for every wing, and no rule for a wing that is gone", () => {
    expect(Object.keys(rules).sort()).toEqual([...new Set(files.map(wing))].sort());
  });

  it("has no rule that nobody needs", () => {
    const used = new Set(inside.map(({ from, to }) => `${wing(from)} -> ${wing(to)}`));
    const listed = Object.entries(rules).flatMap(([from, { loads = [], types = [] }]) =>
      [...loads, ...types].map((to) => `${from} -> ${to}`),
    );
    expect(listed.filter((pair) => !used.has(pair))).toEqual([]);
  });

  it("is kept by every import", () => {
    const broken = inside.filter(({ from, to, kind }) => {
      const { loads = [], types = [] } = rules[wing(from)] ?? {};
      const allowed = [wing(from), ...ground, ...loads, ...(kind === "type" ? types : [])];
      return !allowed.includes(wing(to));
    });
    expect(broken.map(show)).toEqual([]);
  });

  it("leads from room to room without a circle, types included", () => {
    expect(circles(inside.map(({ from, to }) => [room(from), room(to)]))).toEqual([]);
  });

  it("leads from wing to wing without a circle, types included", () => {
    expect(circles(inside.map(({ from, to }) => [wing(from), wing(to)]))).toEqual([]);
  });

  it("leads from file to file without a circle, types included", () => {
    expect(circles(inside.map(({ from, to }) => [from, to]))).toEqual([]);
  });

  it("lets no route write without the caller's permission but those of visitors who have not logged in", () => {
    const open = files.filter(
      (file) => /^newsroom\/(api|desk)\//.test(file) && /\bwriteOpenly\b/.test(sources.get(file)!),
    );
    expect(open).toEqual([
      "newsroom/api/people.ts",
      "newsroom/desk/login/check.ts",
      "newsroom/desk/login/failed.ts",
      "newsroom/desk/routes/activate.ts",
      "newsroom/desk/routes/login.ts",
      "newsroom/desk/types.ts",
    ]);
  });

  it("lets errors/ see nothing outside itself", () => {
    expect(
      imports.filter(({ from, to }) => wing(from) === "errors" && wing(to) !== "errors").map(show),
    ).toEqual([]);
  });

  it("keeps commands away from what belongs to one room each", () => {
    const heavy = ["axios", "sharp", "keytar", "fastify", "kysely", "pg"];
    const strays = packages.filter(({ from, to }) => wing(from) === "commands" && heavy.includes(to));
    expect(strays.map(show)).toEqual([]);
  });

  it("lets post/ open no file by itself", () => {
    const seen = imports.filter(({ from, to }) => room(from) === "post" && /^(terminal|node:)/.test(to));
    const names = [...new Set(seen.map(({ to }) => to))];
    expect(names.filter((to) => !["text/clean.ts", "node:path", "node:util"].includes(to))).toEqual([]);
  });

  it("lets --help load no messages but its own, and no error sentence", () => {
    const catalogue = [...loadedWith(startOfHelp)].filter((file) => /^language\/(id|en)\//.test(file)).sort();
    expect(catalogue).toEqual(
      ["en", "id"].flatMap((language) => [
        `language/${language}/help.ts`,
        `language/${language}/placeholders.ts`,
      ]),
    );
  });

  it("keeps the newsroom's client and server apart", () => {
    const client = (file: string) => file.startsWith("newsroom-client/");
    const server = (file: string) => file.startsWith("newsroom/");
    const crossing = inside.filter(
      ({ from, to }) => (client(from) && server(to)) || (server(from) && client(to)),
    );
    expect(crossing.map(show)).toEqual([]);
  });

  it("lets client, server and post/ share one contract, which loads nothing else of ours but the list of channels", () => {
    expect(
      [...loadedWith(["contract/contract.ts"])].filter((file) => !/^(contract|channels)\//.test(file)),
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

  it("load none with the list of channels, which every start reads", () => {
    expect(packagesWith(["channels/registry.ts"])).toEqual([]);
  });

  it("load none with the choice of a renderer: each channel's is loaded when it is needed", () => {
    expect(packagesWith(["channels/render.ts", "channels/cost.ts"])).toEqual([]);
    // X counts with a library that takes 100 ms to load; only its renderer waits for it.
    const others = ["web", "facebook", "instagram"].map((name) => `channels/${name}/render.ts`);
    expect(packagesWith(others)).toEqual(["markdown-it"]);
    expect(packagesWith(["channels/x/render.ts"])).toEqual(["markdown-it", "twitter-text"]);
  });

  it("load none but commander for --help and --version, in either language", () => {
    expect(packagesWith(startOfHelp)).toEqual(["commander"]);
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
    expect(using(/\bconsole\./)).toEqual(["photo/metadata/fields.ts"]);
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
