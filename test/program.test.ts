import type { Command } from "commander";
import { CommanderError } from "commander";
import { describe, expect, it } from "vitest";
import type { KominfoError } from "../src/errors/errors.js";
import { loadHelp } from "../src/language/help.js";
import { createProgram, inputOf } from "../src/program.js";
import { usageErrorOf } from "../src/terminal/usage.js";

const help = { id: await loadHelp("id"), en: await loadHelp("en") };

interface Parsed {
  /** "post new" */
  verb: string;
  input: Record<string, unknown>;
  globals: Record<string, unknown>;
}

async function parse(argv: readonly string[], words = help.id): Promise<Parsed> {
  let parsed: Parsed | undefined;
  const program = createProgram(
    "1.2.3",
    words,
    () => {},
    async (_load, command, positional) => {
      const input = inputOf(command, positional);
      const own = Object.keys(command.opts());
      const globals = Object.entries(command.optsWithGlobals()).filter(([name]) => !own.includes(name));
      parsed = { verb: nameOf(command), input, globals: Object.fromEntries(globals) };
    },
  );
  await program.parseAsync([...argv], { from: "user" });
  if (!parsed) throw new Error("nothing ran");
  return parsed;
}

function nameOf(command: Command): string {
  return command.parent?.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
}

/** As it is reported: what commander refuses, in our words. */
async function refusal(argv: readonly string[]): Promise<KominfoError> {
  const program = createProgram(
    "1.2.3",
    help.id,
    () => {},
    async () => {},
  );
  try {
    await program.parseAsync([...argv], { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return usageErrorOf(error, program, argv);
    throw error;
  }
  throw new Error("accepted");
}

/** What a program writes and answers for `--help` and `--version`. */
async function shown(argv: readonly string[], words = help.id): Promise<string> {
  let text = "";
  const write = (more: string) => {
    text += more;
  };
  await createProgram("1.2.3", words, write, async () => {})
    .parseAsync([...argv], { from: "user" })
    .catch((error: unknown) => {
      if (!(error instanceof CommanderError)) throw error;
    });
  return text;
}

/** Every command that a person may type, with its words: "post new". */
function verbsOf(words = help.id): Command[] {
  const program = createProgram(
    "1.2.3",
    words,
    () => {},
    async () => {},
  );
  const below = (command: Command): Command[] =>
    command.commands.length === 0 ? [command] : command.commands.flatMap(below);
  return below(program).filter((command) => !["help", "__complete"].includes(command.name()));
}

const splitWords = (line: string) =>
  (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replace(/^"(.*)"$/, "$1"));

describe("the tree", () => {
  it.each<[string, string, Record<string, unknown>]>([
    ["init", "init", {}],
    ["init berita --kecamatan Cibitung", "init", { dir: "berita", kecamatan: "Cibitung" }],
    ["init --newsroom https://a.id", "init", { newsroom: "https://a.id" }],
    ["doctor", "doctor", {}],
    ["config show", "config show", {}],
    ["config get newsroom", "config get", { setting: "newsroom" }],
    [
      "config set kecamatan Muara Gembong",
      "config set",
      { setting: "kecamatan", value: ["Muara", "Gembong"] },
    ],
    ["template list", "template list", {}],
    ["template show ucapan", "template show", { name: "ucapan" }],
    ["post new", "post new", {}],
    ["post new ucapan --title Selamat", "post new", { template: "ucapan", title: "Selamat" }],
    ["post new --set a=1 --set b=2=3", "post new", { set: ["a=1", "b=2=3"] }],
    ["post new --from -", "post new", { from: "-" }],
    ["post new --photo a.jpg --photo foto/ --edit", "post new", { photo: ["a.jpg", "foto/"], edit: true }],
    ["post list", "post list", {}],
    ["post list --state returned", "post list", { state: "returned" }],
    ["post show musrenbang", "post show", { post: "musrenbang" }],
    ["post attach musrenbang a.jpg b.jpg", "post attach", { post: "musrenbang", photo: ["a.jpg", "b.jpg"] }],
    [
      'post attach m a.jpg --caption "Camat membuka" --alt=Podium --credit Humas',
      "post attach",
      { post: "m", photo: ["a.jpg"], caption: "Camat membuka", alt: "Podium", credit: "Humas" },
    ],
    ["post new --copy m", "post new", { copy: "m" }],
    [
      "post new berita-kegiatan --from a.yaml --again",
      "post new",
      { template: "berita-kegiatan", from: "a.yaml", again: true },
    ],
    ["post photos m", "post photos", { post: "m" }],
    [
      "post photos m --photo 2 --caption Camat --alt Podium --credit Humas --move-to 1 --focus atas",
      "post photos",
      {
        ...{ post: "m", photo: "2", caption: "Camat", alt: "Podium", credit: "Humas" },
        ...{ moveTo: "1", focus: "atas" },
      },
    ],
    [
      "post photos m --photo 1 --children ada-disamarkan --lead",
      "post photos",
      { post: "m", photo: "1", children: "ada-disamarkan", lead: true },
    ],
    ["post photos m --photo 1 --remove", "post photos", { post: "m", photo: "1", remove: true }],
    ["post delete m -y", "post delete", { post: "m", yes: true }],
    ["post delete m --restore", "post delete", { post: "m", restore: true }],
    [
      "photo blur a.jpg --box 1,2,3,4 --box 5%,6%,7%,8% --clear --out b.jpg",
      "photo blur",
      { photo: "a.jpg", box: ["1,2,3,4", "5%,6%,7%,8%"], clear: true, out: "b.jpg" },
    ],
    ["post edit m", "post edit", { post: "m" }],
    ["post check m", "post check", { post: "m" }],
    ["post preview m", "post preview", { "post|submission-id": "m" }],
    [
      "post preview m --out a.html --open --revision 2 --whatsapp",
      "post preview",
      { "post|submission-id": "m", out: "a.html", open: true, revision: "2", whatsapp: true },
    ],
    ["post submit m --dry-run", "post submit", { post: "m", dryRun: true }],
    ['post submit m --message "Sudah lengkap"', "post submit", { post: "m", message: "Sudah lengkap" }],
    ["post status", "post status", {}],
    ["post status m", "post status", { "post|submission-id": "m" }],
    ["post pull m", "post pull", { "post|submission-id": "m" }],
    ["post pull m --dry-run", "post pull", { "post|submission-id": "m", dryRun: true }],
    [
      "post unpublish m --from web,x --reason keliru --max-cost 0.01 --dry-run -y",
      "post unpublish",
      {
        "post|submission-id": "m",
        from: ["web,x"],
        reason: "keliru",
        maxCost: "0.01",
        dryRun: true,
        yes: true,
      },
    ],
    ["post withdraw m --reason Ditunda", "post withdraw", { post: "m", reason: "Ditunda" }],
    [
      "post record m --url https://x.com/a/1 --channel x",
      "post record",
      { "post|submission-id": "m", url: "https://x.com/a/1", channel: "x" },
    ],
    ["post publish m", "post publish", { "post|submission-id": "m" }],
    [
      "post publish m --to web,x --to facebook --account instagram=humas --at besok --link --max-cost 0.05 --again x --dry-run -y",
      "post publish",
      {
        "post|submission-id": "m",
        to: ["web,x", "facebook"],
        account: ["instagram=humas"],
        at: "besok",
        link: true,
        maxCost: "0.05",
        again: ["x"],
        dryRun: true,
        yes: true,
      },
    ],
    ["desk --url https://a.id", "desk", { url: "https://a.id" }],
    ["publisher --once --url https://a.id", "publisher", { once: true, url: "https://a.id" }],
    ["photo resize a.jpg b/", "photo resize", { path: ["a.jpg", "b/"] }],
    [
      "photo resize *.jpg --preset web,instagram --out siap --jobs 3 --dry-run",
      "photo resize",
      { path: ["*.jpg"], preset: "web,instagram", out: "siap", jobs: "3", dryRun: true },
    ],
    ["photo where musrenbang", "photo where", { "post|photo|sha256": "musrenbang" }],
    ["photo resize DCIM -r", "photo resize", { path: ["DCIM"], recursive: true }],
    ["photo inspect DCIM --recursive", "photo inspect", { path: ["DCIM"], recursive: true }],
    ["photo upload DCIM -r --post m", "photo upload", { path: ["DCIM"], recursive: true, post: "m" }],
    ["photo inspect a.jpg --sheet lembar.html", "photo inspect", { path: ["a.jpg"], sheet: "lembar.html" }],
    [
      'photo upload foto/ - --event "HUT RI" --captions t.csv --jobs 2 --limit-rate 500k -y --rehash --dry-run',
      "photo upload",
      {
        path: ["foto/", "-"],
        event: "HUT RI",
        captions: "t.csv",
        jobs: "2",
        limitRate: "500k",
        yes: true,
        rehash: true,
        dryRun: true,
      },
    ],
    ["photo upload --watch kartu --post m", "photo upload", { path: [], watch: "kartu", post: "m" }],
    ["sync --forget rapat", "sync", { forget: "rapat" }],
    ["sync --yes --progress json", "sync", { yes: true, progress: "json" }],
    ["auth login", "auth login", {}],
    [
      "auth login newsroom --url https://a.id --account b --with-token",
      "auth login",
      { service: "newsroom", url: "https://a.id", account: "b", withToken: true },
    ],
    ["auth status --check", "auth status", { check: true }],
    ["setup", "setup", {}],
    ["auth store keychain", "auth store", { method: "keychain" }],
    ["auth passphrase", "auth passphrase", {}],
    ["auth unlock --for 8h", "auth unlock", { for: "8h" }],
    ["auth lock", "auth lock", {}],
    ["auth export akun.age --handover", "auth export", { file: "akun.age", handover: true }],
    ["auth import akun.age --dry-run", "auth import", { file: "akun.age", dryRun: true }],
    ["auth import akun.age --replace", "auth import", { file: "akun.age", replace: true }],
    ["auth logout newsroom --account b", "auth logout", { service: "newsroom", account: "b" }],
    ["auth logout newsroom --keep-token", "auth logout", { service: "newsroom", keepToken: true }],
    ["newsroom serve", "newsroom serve", {}],
    [
      "newsroom serve --host 127.0.0.1 --port 0 --data d",
      "newsroom serve",
      { host: "127.0.0.1", port: "0", data: "d" },
    ],
    [
      "newsroom serve --database postgres://a@b/c --blobs s3://d",
      "newsroom serve",
      { database: "postgres://a@b/c", blobs: "s3://d" },
    ],
    [
      "newsroom audit --since 7d --verify --data d",
      "newsroom audit",
      { since: "7d", verify: true, data: "d" },
    ],
    ["newsroom init --data d", "newsroom init", { data: "d" }],
    ["newsroom backup c --data d", "newsroom backup", { dir: "c", data: "d" }],
    ["newsroom restore c --data d", "newsroom restore", { dir: "c", data: "d" }],
    [
      "newsroom move --to postgres://a@b/c --dry-run",
      "newsroom move",
      { to: "postgres://a@b/c", dryRun: true },
    ],
    [
      'newsroom user add --name "Siti Aminah" --role operator --kecamatan Setu --expires 2026-12-31 --token',
      "newsroom user add",
      { name: "Siti Aminah", role: "operator", kecamatan: "Setu", expires: "2026-12-31", token: true },
    ],
    [
      "newsroom user tokens Siti --end all --data d",
      "newsroom user tokens",
      { user: "Siti", end: "all", data: "d" },
    ],
    ["newsroom user code Siti --data d", "newsroom user code", { user: "Siti", data: "d" }],
    ["newsroom user list --data d", "newsroom user list", { data: "d" }],
    [
      "newsroom user link budi --data d --url https://a.id",
      "newsroom user link",
      { user: "budi", data: "d", url: "https://a.id" },
    ],
    [
      "newsroom user revoke siti --url https://a.id",
      "newsroom user revoke",
      { user: "siti", url: "https://a.id" },
    ],
    ["review list --state submitted --cursor c", "review list", { state: "submitted", cursor: "c" }],
    ["review list --kecamatan Setu", "review list", { kecamatan: "Setu" }],
    ["review show 0199", "review show", { id: "0199" }],
    ["review claim 0199 --url https://a.id", "review claim", { id: "0199", url: "https://a.id" }],
    ["review comment 0199 --message Siapa?", "review comment", { id: "0199", message: "Siapa?" }],
    [
      "review return 0199 --reason x --revision 2",
      "review return",
      { id: "0199", reason: "x", revision: "2" },
    ],
    [
      "review approve 0199 --revision 2 --destination kabupaten --destination kecamatan --channel web --channel x",
      "review approve",
      { id: "0199", revision: "2", destination: ["kabupaten", "kecamatan"], channel: ["web", "x"] },
    ],
    ["review approve 0199 --message Bagus", "review approve", { id: "0199", message: "Bagus" }],
    ["review reject 0199 --reason Sudah", "review reject", { id: "0199", reason: "Sudah" }],
    ["review release 0199", "review release", { id: "0199" }],
    ["review revoke 0199 --reason x", "review revoke", { id: "0199", reason: "x" }],
    ["review reopen 0199 --reason x", "review reopen", { id: "0199", reason: "x" }],
    ["review merge 0199 --into 0198 --reason x", "review merge", { id: "0199", into: "0198", reason: "x" }],
    [
      "review record 0199 https://x.com/a/1 --url https://a.id",
      "review record",
      { id: "0199", link: "https://x.com/a/1", url: "https://a.id" },
    ],
    ["review publish 0199 --to web --yes", "review publish", { id: "0199", to: ["web"], yes: true }],
    ["review confirm-withdrawal 0199", "review confirm-withdrawal", { id: "0199" }],
    ["review decline 0199 --reason x", "review decline", { id: "0199", reason: "x" }],
    ["review accounts --url https://a.id", "review accounts", { url: "https://a.id" }],
    [
      "review account x @setu --kecamatan Setu --reason x",
      "review account",
      { channel: "x", account: "@setu", kecamatan: "Setu", reason: "x" },
    ],
    [
      "review account x 12 --kabupaten --remove",
      "review account",
      { channel: "x", account: "12", kabupaten: true, remove: true },
    ],
    ["review unpublish 0199 --reason x", "review unpublish", { id: "0199", reason: "x" }],
    ["newsroom user suspend Siti --lift", "newsroom user suspend", { user: "Siti", lift: true }],
    [
      "newsroom user suspend Siti --database postgres://redaksi@127.0.0.1/redaksi",
      "newsroom user suspend",
      { user: "Siti", database: "postgres://redaksi@127.0.0.1/redaksi" },
    ],
    ["completion bash", "completion", { shell: "bash" }],
    ["__complete -- post l", "__complete", { words: ["post", "l"] }],
    ["__complete --next -- post", "__complete", { words: ["post"], next: true }],
  ])("understands %s", async (line, verb, input) => {
    const parsed = await parse(splitWords(line));
    expect(parsed.verb).toBe(verb);
    expect(
      Object.fromEntries(Object.entries(parsed.input).filter(([, value]) => value !== undefined)),
    ).toEqual(input);
  });

  it("has no verb that is not in the table above", () => {
    expect(verbsOf().map(nameOf).sort()).toEqual(
      [
        ...[
          "init",
          "doctor",
          "config show",
          "config get",
          "config set",
          "completion",
          "template list",
          "template show",
          "photo resize",
          "photo inspect",
          "photo where",
          "photo blur",
          "photo upload",
          "sync",
        ],
        ...[
          "new",
          "list",
          "show",
          "attach",
          "photos",
          "delete",
          "edit",
          "check",
          "preview",
          "submit",
          "status",
          "pull",
          "withdraw",
          "publish",
          "unpublish",
          "record",
        ].map((name) => `post ${name}`),
        "publisher",
        "desk",
        ...[
          "auth login",
          "auth status",
          "auth logout",
          "auth store",
          "auth passphrase",
          "auth unlock",
          "auth lock",
          "auth export",
          "auth import",
          "newsroom serve",
        ],
        "newsroom init",
        "newsroom audit",
        "newsroom backup",
        "newsroom restore",
        "newsroom move",
        "setup",
        ...["add", "code", "link", "list", "suspend", "tokens", "revoke"].map(
          (name) => `newsroom user ${name}`,
        ),
        ...["list", "show", "claim", "comment", "return", "approve", "reject"].map(
          (name) => `review ${name}`,
        ),
        ...[
          "release",
          "revoke",
          "reopen",
          "merge",
          "publish",
          "unpublish",
          "record",
          "confirm-withdrawal",
          "decline",
          "accounts",
          "account",
        ].map((name) => `review ${name}`),
      ].sort(),
    );
  });

  it("loads a module that exports run for every verb", async () => {
    const loaded: string[] = [];
    const program = createProgram(
      "1.2.3",
      help.id,
      () => {},
      async (load, command) => {
        expect((await load()).run).toBeTypeOf("function");
        loaded.push(nameOf(command));
      },
    );
    for (const verb of verbsOf()) {
      const words = verb.registeredArguments.filter((one) => one.required).map(() => "x");
      await program.parseAsync([...nameOf(verb).split(" "), ...words], { from: "user" });
    }
    expect(loaded).toHaveLength(verbsOf().length);
  });
});

describe("global flags", () => {
  const before = ["-C", "berita", "--json", "--no-input", "--lang", "en", "--no-color", "-q", "-v"];

  it.each([
    ["before the verb", [...before, "post", "list"]],
    ["between group and verb", ["post", ...before, "list"]],
    ["after the verb", ["post", "list", ...before]],
  ])("are understood %s", async (_where, argv) => {
    const { verb, globals } = await parse(argv);
    expect(verb).toBe("post list");
    expect(globals).toEqual({
      ...{ workspace: "berita", json: true, input: false, lang: "en", color: false },
      ...{ quiet: true, verbose: true },
    });
  });

  it("are off unless given; what can be switched off is on", async () => {
    expect((await parse(["post", "list"])).globals).toEqual({
      ...{ json: false, input: true, color: true, quiet: false, verbose: false },
    });
  });

  it("have long names that take a value with = too", async () => {
    expect((await parse(["doctor", "--workspace=a b", "--lang=id"])).globals).toMatchObject({
      workspace: "a b",
      lang: "id",
    });
  });

  it("do not reach behind --", async () => {
    const { input, globals } = await parse(["post", "show", "--", "--json"]);
    expect(input.post).toBe("--json");
    expect(globals.json).toBe(false);
  });
});

describe("what cannot be understood", () => {
  it.each<[string, string, object]>([
    ["psot", "unknown-command", { name: "psot", nearest: "post", command: "kominfo" }],
    ["post lits", "unknown-command", { name: "lits", nearest: "list", command: "kominfo post" }],
    ["newsroom user ad", "unknown-command", { nearest: "add", command: "kominfo newsroom user" }],
    [
      "list",
      "unknown-command",
      { name: "list", elsewhere: expect.arrayContaining(["post list", "review list"]) },
    ],
    ["hapus", "unknown-command", { name: "hapus", nearest: undefined }],
    [
      "post new --titel x",
      "unknown-flag",
      { flag: "--titel", nearest: "--title", command: "kominfo post new" },
    ],
    ["post list --jsn", "unknown-flag", { flag: "--jsn", nearest: "--json" }],
    ["--jsn post list", "unknown-flag", { flag: "--jsn", nearest: "--json" }],
    ["doctor --password x", "unknown-flag", { flag: "--password", nearest: undefined }],
    ["template show", "missing-argument", { name: "name", command: "kominfo template show" }],
    ["post attach m", "missing-argument", { name: "photo" }],
    ["post show satu dua", "too-many-arguments", { command: "kominfo post show" }],
    [
      "newsroom init redaksi",
      "too-many-arguments",
      { command: "kominfo newsroom init", instead: "kominfo newsroom init --data redaksi" },
    ],
    ["post new ucapan --title", "missing-flag-value", { command: "kominfo post new" }],
    ["--lang su doctor", "bad-choice", { flag: "--lang", value: "su", choices: ["id", "en"] }],
  ])("%s is refused (exit 2) as %s", async (line, code, params) => {
    const error = await refusal(splitWords(line));
    expect(error).toMatchObject({ code, exit: 2, params });
  });
});

describe.each(["id", "en"] as const)("help in %s", (language) => {
  const words = help[language];

  it.each(verbsOf().map(nameOf))("of %s has a summary, every flag explained, and examples", async (name) => {
    const command = verbsOf(words).find((one) => nameOf(one) === name)!;
    expect(command.description()).not.toBe("");
    for (const option of command.options) expect(option.description, option.flags).toMatch(/\S{2}/);
    const text = await shown([...name.split(" "), "--help"], words);
    expect(text).toContain(command.description());
    for (const option of command.options) expect(text).toContain(option.flags.split(" <")[0]);
    expect(text).toMatch(new RegExp(`${words.titles["Examples:"] ?? "Examples:"}\\n {2}\\$ kominfo ${name}`));
    // Its own flags, and those of every command.
    expect(text).toContain("--no-input");
  });

  it("has only examples that parse, as the verb under which they stand", async () => {
    const examples = Object.values(words.verbs).flatMap((verb) => [...verb.examples]);
    expect(examples.length).toBeGreaterThan(25);
    for (const example of examples) {
      const argv = splitWords(example.replace(/ (<|>>?) \S+$/, ""));
      const { verb } = await parse(argv, words);
      expect(example.startsWith(verb)).toBe(true);
    }
  });

  it("lists every group and verb, but not what only shells call", async () => {
    const text = await shown(["--help"], words);
    for (const group of ["init", "doctor", "template", "post", "photo", "auth", "newsroom", "review"])
      expect(text).toMatch(new RegExp(`^  ${group}\\b`, "m"));
    expect(text).not.toContain("__complete");
    expect(await shown(["post"], words)).toMatch(/withdraw <(post|naskah)>/);
  });

  it("leaves no word to commander's own language", async () => {
    if (language === "en") return;
    const pages = await Promise.all(
      [["--help"], ["post"], ["post", "new", "--help"]].map((argv) => shown(argv)),
    );
    expect(pages.join("\n")).not.toMatch(
      /usage|options|argument|commands?\]|commands:|examples?:|display|default/i,
    );
  });
});

describe("the version", () => {
  it.each(["--version", "-V"])("is shown for %s", async (flag) => {
    expect(await shown([flag])).toBe("1.2.3\n");
  });
});
