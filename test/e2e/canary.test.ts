import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Command } from "commander";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { samplePhoto } from "../../scripts/sample-photo.mjs";
import type { Run } from "../../src/context.js";
import { help } from "../../src/language/id/help.js";
import { addPerson } from "../../src/newsroom/local-people.js";
import { createProgram } from "../../src/program.js";
import { metaReply, type Service, startService } from "../channels/services.js";
import { startNewsroom, type TestNewsroom } from "../newsroom/support/newsroom.js";
import { type HostOptions, kominfo } from "../support/host.js";
import { startKominfo } from "../support/kominfo.js";
import { type Laptop, openLaptop } from "../support/laptop.js";
import { type Canaries, createHunter } from "./canary.js";

/**
 * Plants a secret of its own for every service, runs every command of the tree in good and bad days, and looks for
 * the secrets in all that was said, written and started.
 */
const pageId = "104206801976382";
const fixed = {
  app_password: "kenari+sandi/aplikasi=1234",
  facebook: "EAAGkenari+facebook/=&%token1234",
  instagram: 'EAAGkenari"instagram\\token1234',
  api_key: "kenariKunciAplikasi1234",
  api_secret: "kenari/rahasia+aplikasi=1234",
  access_token: "146032-kenariTokenAkses1234",
  access_secret: "kenari*rahasia'akses()1234",
  passphrase: "kenari frasa sandi brankas 1234",
  bundle_passphrase: "kenari frasa sandi berkas age 1234",
};
/** Taken where a login is tried with a wrong token. */
const wrong = { wrong: "kominfo_kenari_token_yang_salah_1234567890" };

// Each test runs dozens of commands.
vi.setConfig({ testTimeout: 180_000 });

let newsroom: TestNewsroom;
let laptop: Laptop;
let good: Service;
let bad: Service;
let people: { operator: string; editor: string; admin: string };
let canaries: Canaries;
let hunter: ReturnType<typeof createHunter>;
/** Of the bad server: with 0 it says yes to everything, with all that it was sent in its yes. */
let turn = 0;
/** Looks at the processes of this machine for as long as commands run, whatever they start. */
let isOver = false;
async function watch(): Promise<void> {
  while (!isOver) {
    await hunter.lookAtProcesses();
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}
let id = (_slug: string): string => "";

beforeAll(async () => {
  newsroom = await startNewsroom();
  const person = async (role: "operator" | "editor" | "admin") => {
    const place = role === "operator" ? { kecamatan: "32.16.07" } : {};
    const wanted = { name: `Kenari ${role}`, role, token: true, ...place };
    return (await addPerson(newsroom.folder, wanted, newsroom.clock.now)).token ?? "";
  };
  people = {
    operator: await person("operator"),
    editor: await person("editor"),
    admin: await person("admin"),
  };
  canaries = { ...fixed, ...people, ...wrong };
  hunter = createHunter(canaries);
  void watch();
  good = await startService(goodDay);
  bad = await startService(badDay());
  laptop = await openLaptop(newsroom.url);
  await writeFile(laptop.passphraseFile, fixed.passphrase);
  await writeFile(`${laptop.passphraseFile}-age`, fixed.bundle_passphrase, { mode: 0o600 });
  const settings = path.join(laptop.workspace, "kominfo.yaml");
  await writeFile(settings, `${await readFile(settings, "utf8")}web: { url: "${good.url}" }\n`);
  await writeFile(
    path.join(laptop.workspace, "IMG_1.jpg"),
    await samplePhoto({ width: 640, height: 480, seed: 1 }),
  );
});
afterAll(async () => {
  isOver = true;
  await Promise.all([good?.close(), bad?.close(), newsroom?.remove()]);
  await laptop?.remove();
});

/** Every service of the others, as it answers when all is well. */
const goodDay: Parameters<typeof startService>[0] = (asked) => {
  const meta = (token: string) =>
    metaReply({ node: pageId, nodeFields: { name: "K", username: "k" }, token })(asked);
  if (asked.url.pathname === "/2/users/me") return { json: { data: { id: "1", username: "kenari" } } };
  if (asked.url.pathname.startsWith("/wp-json/")) return { json: { name: "Kenari", slug: "kenari" } };
  return meta(asked.headers.authorization?.includes("instagram") ? fixed.instagram : fixed.facebook);
};

/** A server that throws back all it was sent, each time in another way. */
function badDay(): Parameters<typeof startService>[0] {
  return ({ line, headers, body }) => {
    const login = headers.authorization ?? "";
    const echo = { line, headers, body, login, base64: Buffer.from(login).toString("base64") };
    const me = { id: "1", name: login, username: login, slug: line, is_valid: true, type: line, role: login };
    const problem = {
      type: "urn:kominfo:problem:forbidden",
      title: login,
      status: 403,
      detail: line,
      ...echo,
    };
    const replies = [
      {
        json: { ...me, ...echo, data: { ...me, ...echo }, user: me, token: me, items: [me], version: login },
      },
      { status: 401, json: problem },
      { status: 403, json: { ...problem, errors: [{ pointer: login, detail: login }] } },
      { status: 302, headers: { location: `https://jahat.example/?${encodeURIComponent(login)}` } },
      {
        status: 422,
        json: { ...problem, type: "urn:kominfo:problem:invalid", errors: [{ pointer: line, detail: login }] },
      },
      { text: `<pre>${JSON.stringify(echo)}</pre>` },
      { status: 500, json: { ...problem, request_id: login } },
    ];
    return replies[turn++ % replies.length]!;
  };
}

/** All secrets of all services in the environment, and no vault. */
function environment(): Record<string, string> {
  return {
    KOMINFO_STORE: "env",
    KOMINFO_NEWSROOM_TOKEN: people.operator,
    KOMINFO_WEB_USER: "kenari",
    KOMINFO_WEB_APP_PASSWORD: fixed.app_password,
    KOMINFO_FACEBOOK_PAGE_ID: pageId,
    KOMINFO_FACEBOOK_TOKEN: fixed.facebook,
    KOMINFO_INSTAGRAM_ACCOUNT_ID: pageId,
    KOMINFO_INSTAGRAM_TOKEN: fixed.instagram,
    KOMINFO_X_API_KEY: fixed.api_key,
    KOMINFO_X_API_SECRET: fixed.api_secret,
    KOMINFO_X_ACCESS_TOKEN: fixed.access_token,
    KOMINFO_X_ACCESS_SECRET: fixed.access_secret,
  };
}

interface Recipe {
  argv: string[];
  /** Default 0. */
  code?: number;
  as?: "editor" | "admin";
  stdin?: string;
  /** Without the environment's secrets: they are the vault's. */
  vault?: true;
  /** It runs until it is ended. */
  runs?: true;
}

const berita = (title: string) =>
  ["judul", "kegiatan", "lokasi", "uraian", "tanggal"].flatMap((key) => [
    "--set",
    `${key}=${{ judul: title, kegiatan: "Musrenbang", lokasi: "Aula", uraian: "Ada 40 usulan.", tanggal: "16/11/2026" }[key]}`,
  ]);
const titles = ["Camat Cibitung Buka Musrenbang", "Warga Cibitung Tanam Pohon", "Posyandu Cibitung Dibuka"];
const [first, second, third] = ["musrenbang", "pohon", "posyandu"] as const;

/** Each command of the tree as it succeeds, in an order in which all of them can. */
function recipes(): [command: string, Recipe][] {
  const page = JSON.stringify({ page_id: pageId, token: fixed.facebook });
  const instagram = JSON.stringify({ account_id: pageId, token: fixed.instagram });
  const { api_key, api_secret, access_token, access_secret } = fixed;
  const x = JSON.stringify({ api_key, api_secret, access_token, access_secret });
  const web = JSON.stringify({ user: "kenari", app_password: fixed.app_password });
  const logIn = (service: string, stdin: string): [string, Recipe] => [
    "auth login",
    { argv: ["auth", "login", service, "--with-token"], stdin, vault: true },
  ];
  const review = (verb: string, ...rest: string[]): Recipe => ({
    argv: ["review", verb, ...rest],
    as: "editor",
  });
  const approve: [string, Recipe] = [
    "review approve",
    review(
      "approve",
      id(first),
      ...["--revision", "1", "--destination", "kecamatan", "--channel", "web", "--photo", "1=tidak-ada"],
    ),
  ];
  return [
    ["init", { argv: ["init", "lain", "--kecamatan", "Cibitung"] }],
    ["config show", { argv: ["config", "show"] }],
    ["config get", { argv: ["config", "get", "newsroom"] }],
    ["config set", { argv: ["config", "set", "lang", "id"] }],
    ["template list", { argv: ["template", "list"] }],
    ["template show", { argv: ["template", "show", "berita-kegiatan"] }],
    ...titles.map((title): [string, Recipe] => [
      "post new",
      { argv: ["post", "new", "berita-kegiatan", ...berita(title)] },
    ]),
    ["post list", { argv: ["post", "list"] }],
    ["post show", { argv: ["post", "show", first] }],
    [
      "post attach",
      {
        argv: [
          "post",
          "attach",
          first,
          "IMG_1.jpg",
          "--caption",
          "Camat",
          "--alt",
          "Camat di podium",
          "--credit",
          "Foto: Kecamatan",
        ],
      },
    ],
    ["post photos", { argv: ["post", "photos", first, "--photo", "1", "--move-to", "1"] }],
    [
      "photo blur",
      { argv: ["photo", "blur", "IMG_1.jpg", "--box", "10%,10%,20%,20%", "--out", "samar.jpg"] },
    ],
    // Only a terminal can answer.
    ["post edit", { argv: ["post", "edit", first], code: 2 }],
    ["post check", { argv: ["post", "check", first] }],
    ["post preview", { argv: ["post", "preview", first, "--whatsapp"] }],
    ["photo resize", { argv: ["photo", "resize", "IMG_1.jpg", "--preset", "web"] }],
    ["photo inspect", { argv: ["photo", "inspect", "IMG_1.jpg"] }],
    ["photo upload", { argv: ["photo", "upload", "IMG_1.jpg", "--event", "Kenari"] }],
    ["sync", { argv: ["sync"] }],
    ["desk", { argv: ["desk"] }],
    ...[first, second, third].map((slug): [string, Recipe] => [
      "post submit",
      { argv: ["post", "submit", slug] },
    ]),
    ["post status", { argv: ["post", "status", first] }],
    ["post pull", { argv: ["post", "pull", first] }],
    ["photo where", { argv: ["photo", "where", first] }],
    ["doctor", { argv: ["doctor"] }],
    ["setup", { argv: ["setup"] }],
    ["review list", review("list")],
    ["review show", review("show", id(first))],
    ["review claim", review("claim", id(first))],
    ["review comment", review("comment", id(first), "--message", "Siapa?")],
    approve,
    // The good server knows who is logged in, and not what they may do.
    ["post publish", { argv: ["post", "publish", first, "--dry-run"], code: 5 }],
    ["review publish", { ...review("publish", id(first), "--dry-run"), code: 5 }],
    ["publisher", { argv: ["publisher", "--once"] }],
    ["review claim", review("claim", id(second))],
    ["review return", review("return", id(second), "--reason", "Lengkapi")],
    ["review claim", review("claim", id(third))],
    ["review release", review("release", id(third))],
    ["review claim", review("claim", id(third))],
    ["review reject", review("reject", id(third), "--reason", "Sudah dimuat")],
    ["review reopen", review("reopen", id(third), "--reason", "Belum dimuat")],
    ["review merge", review("merge", id(third), "--into", id(first), "--reason", "Sama")],
    ["post withdraw", { argv: ["post", "withdraw", first, "--reason", "Ditunda"] }],
    ["review decline", review("decline", id(first), "--reason", "Sudah disiapkan")],
    // What is recorded by hand below is out until an editor says otherwise at the desk, and cannot be revoked.
    ["review revoke", review("revoke", id(first), "--reason", "Menunggu data")],
    approve,
    ["post record", { argv: ["post", "record", first, "--url", "https://bekasikab.go.id/musrenbang"] }],
    ["review record", review("record", id(first), "https://bekasikab.go.id/musrenbang")],
    ["post unpublish", { argv: ["post", "unpublish", first, "--reason", "keliru", "--dry-run"] }],
    ["review unpublish", review("unpublish", id(first), "--reason", "Keliru")],
    ["review accounts", review("accounts")],
    // Nobody has announced it.
    [
      "review account",
      { ...review("account", "x", "12", "--kabupaten", "--reason", "Milik kabupaten"), code: 1 },
    ],
    // Nothing is asked for.
    ["review confirm-withdrawal", { ...review("confirm-withdrawal", id(first)), code: 1 }],
    ["post withdraw", { argv: ["post", "withdraw", second, "--reason", "Ditunda"] }],
    ["post delete", { argv: ["post", "delete", second] }],
    [
      "newsroom user add",
      { argv: ["newsroom", "user", "add", "--name", "Budi", "--role", "editor"], as: "admin" },
    ],
    ["newsroom user list", { argv: ["newsroom", "user", "list"], as: "admin" }],
    ["newsroom user tokens", { argv: ["newsroom", "user", "tokens", "Kenari editor"], as: "admin" }],
    ["newsroom user code", { argv: ["newsroom", "user", "code", "Kenari editor"], as: "admin" }],
    ["newsroom user link", { argv: ["newsroom", "user", "link", "Kenari editor"], as: "admin" }],
    ["newsroom user suspend", { argv: ["newsroom", "user", "suspend", "Budi"], as: "admin" }],
    ["newsroom user revoke", { argv: ["newsroom", "user", "revoke", "Budi"], as: "admin" }],
    ["newsroom init", { argv: ["newsroom", "init", "--data", path.join(laptop.home, "baru")] }],
    ["newsroom audit", { argv: ["newsroom", "audit", "--data", newsroom.folder] }],
    [
      "newsroom backup",
      { argv: ["newsroom", "backup", path.join(laptop.home, "cadangan"), "--data", newsroom.folder] },
    ],
    [
      "newsroom restore",
      {
        argv: [
          "newsroom",
          "restore",
          path.join(laptop.home, "cadangan"),
          "--data",
          path.join(laptop.home, "pulih"),
        ],
      },
    ],
    [
      "newsroom move",
      {
        argv: [
          "newsroom",
          "move",
          "--to",
          "postgres://x@127.0.0.1:1/x",
          "--data",
          path.join(laptop.home, "pulih"),
        ],
        code: 1,
      },
    ],
    [
      "newsroom serve",
      { argv: ["newsroom", "serve", "--port", "0", "--data", path.join(laptop.home, "redaksi")], runs: true },
    ],
    ["completion", { argv: ["completion", "bash"] }],
    ["__complete", { argv: ["__complete", "post", "s"] }],
    logIn("newsroom", people.operator),
    logIn("web", web),
    logIn("facebook", page),
    logIn("instagram", instagram),
    logIn("x", x),
    ["auth status", { argv: ["auth", "status", "--check"], vault: true }],
    ["doctor", { argv: ["doctor"], vault: true }],
    ["auth export", { argv: ["auth", "export", path.join(laptop.home, "akun.age")], vault: true }],
    ["auth import", { argv: ["auth", "import", path.join(laptop.home, "akun.age")], vault: true }],
    ["auth store", { argv: ["auth", "store", "passphrase"], vault: true }],
    // The same passphrase again: it is read and compared, and the recipes after it have the one that they know.
    ["auth passphrase", { argv: ["auth", "passphrase"], vault: true, code: 2 }],
    // The agent runs only compiled code: test/real/credentials/session.test.ts looks for secrets around a real one.
    ["auth unlock", { argv: ["auth", "unlock"], vault: true, code: 1 }],
    ["auth lock", { argv: ["auth", "lock"], vault: true }],
    ["auth logout", { argv: ["auth", "logout", "instagram"], vault: true }],
  ];
}

/** Runs one command line in this process, and looks at all that it said. */
async function run(recipe: Recipe, flags: string[], options: Partial<HostOptions> = {}) {
  const secrets = recipe.vault ? {} : environment();
  const token = recipe.as && { KOMINFO_NEWSROOM_TOKEN: people[recipe.as] };
  const { url } = good;
  const ran = await kominfo([...recipe.argv, ...flags], {
    cwd: laptop.workspace,
    home: laptop.home,
    now: () => newsroom.clock.now,
    channelOrigins: { facebook: url, instagram: url, x: url },
    ...(recipe.stdin !== undefined && { stdin: recipe.stdin }),
    ...(recipe.runs && { signal: AbortSignal.timeout(300) }),
    ...options,
    env: {
      KOMINFO_PASSPHRASE_FILE: laptop.passphraseFile,
      KOMINFO_NEW_PASSPHRASE_FILE: laptop.passphraseFile,
      XDG_RUNTIME_DIR: path.join(laptop.home, "run"),
      KOMINFO_BUNDLE_PASSPHRASE_FILE: `${laptop.passphraseFile}-age`,
      ...secrets,
      ...token,
      KOMINFO_DEBUG: "*",
    },
  });
  const line = [...recipe.argv, ...flags].join(" ").slice(0, 60);
  hunter.look(`stdout of ${line}`, ran.stdout);
  hunter.look(`stderr of ${line}`, ran.stderr);
  return ran;
}

function verbsOf(command: Command, above: string[] = []): { name: string; command: Command }[] {
  if (command.commands.length === 0) return [{ name: above.join(" "), command }];
  return command.commands.flatMap((child) => verbsOf(child, [...above, child.name()]));
}
const verbs = verbsOf(
  createProgram(
    "",
    help,
    () => {},
    async () => {},
  ),
);

const clean = () => expect([...hunter.found]).toEqual([]);

it("the hunter finds what it hunts, in every form", () => {
  const secret = "kenari/umpan+1234=";
  const forms = [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString("base64"),
    Buffer.from(secret).toString("base64url"),
    Buffer.from(`siti:${secret}`).toString("base64"),
    Buffer.from(`sitia:${secret}`).toString("base64"),
  ];
  const missed = forms.filter((form) => {
    const hunter = createHunter({ bait: secret });
    hunter.look("here", `… ${form} …`);
    return hunter.found.size === 0;
  });
  expect(missed).toEqual([]);
});

it("every command of the tree has a recipe", () => {
  const known = new Set(recipes().map(([command]) => command));
  expect(verbs.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
});

describe("no secret is said or written", () => {
  it("by any command that succeeds, with --verbose", async () => {
    id = (slug) => states.get(slug) ?? "";
    const states = new Map<string, string>();
    const count = recipes().length;
    for (let i = 0; i < count; i++) {
      const [command, recipe] = recipes()[i]!;
      const ran = await run(recipe, ["--verbose"]);
      expect([command, ran.code, ran.stderr]).toEqual([command, recipe.code ?? 0, expect.anything()]);
      if (command === "post submit") {
        for (const id of [first, second, third]) states.set(id, (await submissionOf(id)) ?? "");
      }
    }
    clean();
  });

  it("by any command run again with --json, which now mostly fails", async () => {
    // Opening the vault takes half a second each time: once for what tells most of it.
    const chosen = recipes().filter(([command, { vault }]) => !vault || command === "auth status");
    for (const [, recipe] of chosen) await run(recipe, ["--json"]);
    clean();
  });

  it("by any command that is called with nonsense", async () => {
    for (const { name, command } of verbs) {
      const words = command.registeredArguments
        .filter((argument) => argument.required)
        .map(() => "omong-kosong");
      const port = name === "newsroom serve" ? ["--port", "0"] : [];
      const runs = port.length > 0 || name === "publisher";
      const argv = [...name.split(" "), ...words, ...port];
      await run({ argv, ...(runs && { runs: true }) }, ["--verbose"]);
      await run({ argv: [...name.split(" "), ...words] }, ["--json", "--omong-kosong"]);
    }
    const login = ["auth", "login", "newsroom", "--with-token"];
    const refused = await run({ argv: login, stdin: wrong.wrong, vault: true }, ["--verbose"]);
    expect(refused.code).toBe(4);
    clean();
  });

  it("by any command against servers that throw back what they were sent", async () => {
    const there = path.join(laptop.home, "jahat");
    await cp(laptop.workspace, there, { recursive: true });
    for (const file of await textsBelow(there)) {
      const text = await readFile(file, "utf8");
      await writeFile(file, text.replaceAll(newsroom.url, bad.url).replaceAll(good.url, bad.url));
    }
    const { url } = bad;
    const channelOrigins: Run["channelOrigins"] = { facebook: url, instagram: url, x: url };
    const before = bad.seen.length;
    for (const flags of [["--verbose"], ["--json", "--verbose"]]) {
      for (const [, recipe] of recipes()) {
        if (!recipe.runs && !recipe.vault) await run(recipe, flags, { cwd: there, channelOrigins });
      }
      for (let i = 0; i < 3; i++) {
        await run({ argv: ["auth", "status", "--check"] }, flags, { cwd: there, channelOrigins });
      }
    }
    for (const [command, recipe] of recipes()) {
      if (command !== "auth login") continue;
      turn = 0;
      await run(recipe, ["--verbose"], { cwd: there, channelOrigins });
    }
    expect(bad.seen.length - before).toBeGreaterThan(30);
    expect(bad.seen.some(({ headers }) => headers.authorization?.includes(people.operator))).toBe(true);
    clean();
  });

  it("by a crash that carries them in its message", async () => {
    let crashes = 0;
    const now = () => {
      const all = Object.values({ ...environment(), KOMINFO_STORE: "", KOMINFO_WEB_USER: "" });
      throw new Error(`bug: ${all.join(" ")} ${Buffer.from(people.operator).toString("base64")}`);
    };
    for (const [, recipe] of recipes()) {
      if (recipe.runs || recipe.vault || recipe.as) continue;
      const ran = await run(recipe, ["--verbose"], { now });
      if (ran.stderr.includes("bug: ")) crashes++;
    }
    expect(crashes).toBeGreaterThanOrEqual(3);
    clean();
  });

  it("in the command line of any process, nor to the environment of a child", async () => {
    const command = path.join(path.dirname(laptop.passphraseFile), "frasa.sh");
    const seen = path.join(laptop.home, "lingkungan.txt");
    const line = path.join(laptop.home, "baris-perintah.txt");
    // It tells of itself and its parent: it ends too soon to be met by chance.
    await writeFile(
      command,
      `env > "${seen}"\ncat /proc/$$/cmdline /proc/$PPID/cmdline > "${line}"\ncat "${laptop.passphraseFile}"\n`,
    );
    const run = (argv: string[], env: Record<string, string>) =>
      startKominfo(argv, { cwd: laptop.workspace, env: { HOME: laptop.home, KOMINFO_DEBUG: "*", ...env } })
        .ended;
    const { KOMINFO_STORE: _, ...secrets } = environment();
    const runs = Promise.all([
      run(["auth", "status", "--check", "--verbose"], {
        ...secrets,
        KOMINFO_PASSPHRASE_COMMAND: `sh "${command}"`,
      }),
      run(["review", "list", "--verbose"], { ...environment(), KOMINFO_NEWSROOM_TOKEN: people.editor }),
      run(["post", "status", first, "--verbose"], environment()),
    ]);
    for (const { stdout, stderr } of await runs) hunter.look("a process", stdout + stderr);
    const started = await readFile(line, "latin1");
    expect(started).toContain("frasa.sh");
    hunter.look("the command line of a child, and its parent's", started);
    expect(await readFile(seen, "utf8")).toContain("PATH=");
    clean();
  });

  it("in any file of the home: the vault, the audit log, what is remembered, the posts", async () => {
    await rm(path.join(laptop.home, "redaksi"), { recursive: true, force: true });
    expect(await hunter.lookInto(laptop.home)).toBeGreaterThan(20);
    const log = await readFile(path.join(path.dirname(laptop.vault), "audit.jsonl"), "utf8");
    expect(log.trim().split("\n").length).toBeGreaterThan(10);
    clean();
  });
});

async function submissionOf(slug: string): Promise<string | undefined> {
  const posts = path.join(laptop.workspace, "posts");
  const name = (await readdir(posts)).find((entry) => entry.includes(slug));
  if (!name) return undefined;
  const state = await readFile(path.join(posts, name, ".kominfo", "state.json"), "utf8").catch(() => "{}");
  return JSON.parse(state).submission?.id;
}

async function textsBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.(json|yaml|md)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
}
