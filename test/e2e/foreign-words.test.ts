import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Command } from "commander";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { samplePhoto } from "../../scripts/sample-photo.mjs";
import { apiPath } from "../../src/contract/contract.js";
import { everyEndpoint } from "../../src/contract/endpoints/endpoints.js";
import { help } from "../../src/language/id/help.js";
import { createProgram } from "../../src/program.js";
import { type Reply, type Service, startService } from "../channels/services.js";
import { triesAll } from "../newsroom/support/attacks.js";
import { kominfo } from "../support/host.js";
import { hostileText, hostileValue, residueOf } from "../support/hostile.js";
import { startKominfo } from "../support/kominfo.js";
import { type Laptop, openLaptop } from "../support/laptop.js";

/*
 * A server with an answer of valid form to every endpoint of the contract, with control characters in every field that
 * can hold them, and every command of the tree against it: nothing but letters, line breaks and our own colours is
 * printed. An endpoint that is added answers here by its schema; a command that is added needs a recipe.
 */

const id = "00000000-0000-4000-8000-000000000001";

/** How the server behaves: as a newsroom, as one that refuses, or as something else at its address. */
const moods = ["newsroom", "invalid", "conflict", "wordpress", "page"] as const;
type Mood = (typeof moods)[number];
let mood: Mood = "newsroom";

const problem = (name: string, status: number): Reply => ({
  status,
  json: {
    type: `urn:kominfo:problem:${name}`,
    title: hostileText,
    status,
    detail: hostileText,
    possible: [hostileText],
    request_id: hostileText,
    errors: [{ pointer: hostileText, detail: hostileText }],
  },
});

const routes = everyEndpoint.map(([, { method, path, answers }]) => {
  const [status, answer] = Object.entries(answers).find(([code]) => code.startsWith("2")) ?? [];
  return {
    method,
    pattern: new RegExp(`^${apiPath}${path === "/" ? "/?" : path.replace(/\{\w+\}/g, "[^/]+")}$`),
    reply: { status: Number(status ?? 500), ...(answer?.json && { json: hostileValue(answer.json) }) },
  };
});

/** WordPress, Meta and X, whose answers hold the same words. */
function channelReply(pathname: string): Reply {
  if (mood !== "newsroom") {
    const error = { message: hostileText, type: hostileText, code: 190, fbtrace_id: hostileText };
    return { status: 400, json: { error, title: hostileText, detail: hostileText, message: hostileText } };
  }
  const account = { id: "1", name: hostileText, username: hostileText, slug: hostileText };
  if (pathname.startsWith("/2/")) return { json: { data: account } };
  if (pathname.endsWith("/debug_token"))
    return { json: { data: { app_id: "1", is_valid: true, type: hostileText, expires_at: 0 } } };
  return { json: account };
}

function reply({ line, url, body }: { line: string; url: URL; body: string }): Reply {
  if (!url.pathname.startsWith(apiPath)) return channelReply(url.pathname);
  // With no photo known, or with no answer, an upload would be tried again for minutes.
  if (url.pathname.endsWith("/photos/known")) {
    return mood === "newsroom" ? { json: JSON.parse(body) } : problem("invalid", 422);
  }
  switch (mood) {
    case "invalid":
      return problem("invalid", 422);
    case "conflict":
      return problem("conflict", 409);
    case "wordpress":
      return { status: 404, json: { code: "rest_no_route", message: hostileText, data: { status: 404 } } };
    case "page":
      return { text: hostileText, headers: { "content-type": "text/html\u009b31m" } };
    default: {
      const method = line.split(" ")[0];
      const route = routes.find((route) => route.method === method && route.pattern.test(url.pathname));
      return route?.reply ?? problem("not-found", 404);
    }
  }
}

/** `offline`: speaks to no newsroom and no channel, and why its words are not foreign. */
type Recipe = { argv: readonly string[]; stdin?: string; vault?: true } | { offline: string };

const speaks = (...argv: string[]): Recipe => ({ argv });
const review = (verb: string, ...rest: string[]): Recipe => speaks("review", verb, id, ...rest);
const reason = ["--reason", "Lengkapi"];

const recipes: Readonly<Record<string, Recipe>> = {
  "post status": speaks("post", "status", "musrenbang"),
  "post list": speaks("post", "list"),
  "post submit": speaks("post", "submit", "pohon"),
  sync: speaks("sync"),
  "post withdraw": speaks("post", "withdraw", "musrenbang", ...reason),
  "post publish": speaks("post", "publish", "musrenbang", "--to", "web,facebook", "--yes"),
  "post unpublish": speaks("post", "unpublish", "musrenbang", "--reason", "keliru", "--yes"),
  publisher: speaks("publisher", "--once"),
  desk: speaks("desk"),
  "post record": speaks("post", "record", "musrenbang", "--url", "https://bekasikab.go.id/x"),
  "post pull": speaks("post", "pull", "musrenbang"),
  "post show": speaks("post", "show", "musrenbang"),
  "post check": speaks("post", "check", "musrenbang"),
  "post preview": speaks("post", "preview", "musrenbang", "--whatsapp"),
  "post edit": speaks("post", "edit", "musrenbang"),
  "post attach": speaks("post", "attach", "musrenbang", "IMG_1.jpg", "--caption", hostileText),
  "post photos": speaks("post", "photos", "musrenbang"),
  "post delete": speaks("post", "delete", "musrenbang"),
  "photo blur": speaks("photo", "blur", "IMG_1.jpg", "--box", "10%,10%,20%,20%", "--out", "samar.jpg"),
  "photo where": speaks("photo", "where", "musrenbang"),
  "photo upload": speaks("photo", "upload", "IMG_1.jpg", "--event", "Panen Raya", "--yes"),
  "photo resize": speaks("photo", "resize", "IMG_1.jpg", "--dry-run"),
  "photo inspect": speaks("photo", "inspect", "IMG_1.jpg"),
  doctor: speaks("doctor"),
  setup: speaks("setup"),
  "auth status": speaks("auth", "status", "--check"),
  "auth login": {
    argv: ["auth", "login", "newsroom", "--with-token"],
    stdin: "kominfo_abcdefghij",
    vault: true,
  },
  "auth logout": { argv: ["auth", "logout", "newsroom"], vault: true },
  "config show": { offline: "shows the person's own kominfo.yaml" },
  "config get": { offline: "shows the person's own kominfo.yaml" },
  "config set": { offline: "changes the person's own kominfo.yaml" },
  "newsroom user add": speaks("newsroom", "user", "add", "--name", "Budi", "--role", "editor"),
  "newsroom user list": speaks("newsroom", "user", "list"),
  "newsroom user code": speaks("newsroom", "user", "code", id),
  "newsroom user link": speaks("newsroom", "user", "link", id),
  "newsroom user suspend": speaks("newsroom", "user", "suspend", id),
  "newsroom user tokens": speaks("newsroom", "user", "tokens", id),
  "newsroom user revoke": speaks("newsroom", "user", "revoke", id),
  "review list": speaks("review", "list"),
  "review show": review("show"),
  "review claim": review("claim"),
  "review comment": review("comment", "--message", "Siapa?"),
  "review return": review("return", ...reason),
  "review approve": review("approve", "--revision", "2", "--destination", "kecamatan", "--channel", "web"),
  "review reject": review("reject", ...reason),
  "review release": review("release"),
  "review revoke": review("revoke", ...reason),
  "review reopen": review("reopen", ...reason),
  "review merge": review("merge", "--into", id, ...reason),
  "review unpublish": review("unpublish", ...reason),
  "review publish": review("publish", "--dry-run"),
  "review record": review("record", "https://bekasikab.go.id/x"),
  "review confirm-withdrawal": review("confirm-withdrawal"),
  "review decline": review("decline", ...reason),
  "review accounts": speaks("review", "accounts"),
  "review account": speaks("review", "account", "x", "12", "--kabupaten", ...reason),
  __complete: speaks("__complete", "--", "post", "show", "m"),
  init: { offline: "writes kominfo.yaml from its own words" },
  "template list": { offline: "reads the templates of the package and the workspace" },
  "template show": { offline: "reads the templates of the package and the workspace" },
  "post new": { offline: "writes a post from flags" },
  "auth store": { offline: "moves the vault's key" },
  "auth passphrase": { offline: "changes the vault's passphrase" },
  "auth unlock": { offline: "hands the vault's key to a process of its own" },
  "auth lock": { offline: "ends that process" },
  "auth export": { offline: "writes a sealed file" },
  "auth import": { offline: "tries the logins as auth status --check does" },
  "newsroom audit": { offline: "reads the newsroom's own stores" },
  "newsroom serve": { offline: "is the newsroom" },
  "newsroom init": { offline: "makes the newsroom's own stores" },
  "newsroom backup": { offline: "reads the newsroom's own stores" },
  "newsroom restore": { offline: "writes the newsroom's own stores" },
  "newsroom move": { offline: "copies the newsroom's own stores" },
  completion: { offline: "prints a script of its own" },
};

const environment = (): Record<string, string> => ({
  KOMINFO_STORE: "env",
  KOMINFO_NEWSROOM_TOKEN: "kominfo_token_operator_1234567890",
  KOMINFO_WEB_USER: "siti",
  KOMINFO_WEB_APP_PASSWORD: "abcd efgh ijkl mnop",
  KOMINFO_FACEBOOK_PAGE_ID: "1",
  KOMINFO_FACEBOOK_TOKEN: "EAAGtokenHalaman1234567890",
  KOMINFO_X_API_KEY: "kunciAplikasi1234567890",
  KOMINFO_X_API_SECRET: "rahasiaAplikasi1234567890",
  KOMINFO_X_ACCESS_TOKEN: "1460323737035677698-tokenKantor",
  KOMINFO_X_ACCESS_SECRET: "rahasiaKantor1234567890",
});

let laptop: Laptop;
let server: Service;

beforeAll(async () => {
  server = await startService(reply);
  laptop = await openLaptop(server.url);
  const settings = path.join(laptop.workspace, "kominfo.yaml");
  await writeFile(settings, `${await readFile(settings, "utf8")}web: { url: "${server.url}" }\n`);
  const photo = await samplePhoto({ width: 640, height: 480, seed: 1 });
  await writeFile(path.join(laptop.workspace, "IMG_1.jpg"), photo);
  for (const title of ["Camat Buka Musrenbang", "Warga Tanam Pohon"]) {
    const answers = ["kegiatan=Musrenbang", "lokasi=Aula", "uraian=Ada 40 usulan.", "tanggal=16/11/2026"];
    const set = [`judul=${title}`, ...answers].flatMap((answer) => ["--set", answer]);
    const made = await laptop.run(["post", "new", "berita-kegiatan", ...set]);
    expect(made.code).toBe(0);
  }
  await markSubmitted("musrenbang");
}, 60_000);
afterAll(() => Promise.all([server?.close(), laptop?.remove()]));

/** As if revision 1 had been sent: the server has revision 2. */
async function markSubmitted(name: string): Promise<void> {
  const posts = path.join(laptop.workspace, "posts");
  const folder = (await readdir(posts)).find((entry) => entry.includes(name))!;
  const updated_at = "2026-11-20T03:00:00.000Z";
  const url = `${server.url}${apiPath}/submissions/${id}`;
  const submission = { id, revision: 1, state: "submitted", updated_at, origin: server.url, url };
  const state = path.join(posts, folder, ".kominfo", "state.json");
  await mkdir(path.dirname(state), { recursive: true });
  await writeFile(state, JSON.stringify({ submission, photos: {}, uploads: {} }));
}

function verbsOf(command: Command, above: string[] = []): string[] {
  if (command.commands.length === 0) return [above.join(" ")];
  return command.commands.flatMap((child) => verbsOf(child, [...above, child.name()]));
}

it("every command of the tree has a recipe", () => {
  const program = createProgram(
    "",
    help,
    () => {},
    async () => {},
  );
  expect(verbsOf(program).filter((name) => !Object.hasOwn(recipes, name))).toEqual([]);
});

it("the search finds what it searches for", () => {
  expect(residueOf(hostileText).length).toBeGreaterThan(20);
  expect(residueOf("⟦\u001b[31m⟧")).not.toEqual([]);
  expect(residueOf("⟦\r\u001b[2K⟧")).not.toEqual([]);
  expect(residueOf("\r\u001b[2K\u001b[1m⟦⟧\u001b[22m\n")).toEqual([]);
});

/** Runs every recipe in a copy of the workspace; returns what each one printed. */
async function runAll(flags: readonly string[], terminal: boolean) {
  const cwd = await mkdtemp(path.join(laptop.home, "salinan-"));
  await cp(laptop.workspace, cwd, { recursive: true });
  const printed: { name: string; code: number; stdout: string; stderr: string }[] = [];
  try {
    for (const [name, recipe] of Object.entries(recipes)) {
      if ("offline" in recipe) continue;
      const { url } = server;
      const ran = await kominfo([...recipe.argv.slice(0, 1), ...flags, ...recipe.argv.slice(1)], {
        cwd,
        home: laptop.home,
        channelOrigins: { facebook: url, instagram: url, x: url },
        ...(recipe.stdin === undefined ? terminal && { typed: [] } : { stdin: recipe.stdin }),
        env: {
          TERM: "xterm-256color",
          KOMINFO_DEBUG: "*",
          KOMINFO_PASSPHRASE_FILE: laptop.passphraseFile,
          ...(recipe.vault ? {} : environment()),
        },
      });
      printed.push({ name, ...ran });
    }
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
  return printed;
}

const residues = (printed: Awaited<ReturnType<typeof runAll>>) =>
  printed.flatMap(({ name, stdout, stderr }) => {
    const found = [...residueOf(stdout), ...residueOf(stderr)];
    return found.length > 0 ? [`${name}: ${found.slice(0, 3).join(" ")}`] : [];
  });
const withForeignWords = (printed: Awaited<ReturnType<typeof runAll>>) =>
  printed.filter(({ stdout, stderr }) => `${stdout}${stderr}`.includes("⟦")).map(({ name }) => name);

const places = [
  ["a terminal, in Indonesian", ["--no-input", "--verbose", "--lang", "id"], true],
  ["--json", ["--json", "--verbose", "--lang", "en"], false],
  ["a pipe, in English", ["--lang", "en"], false],
] as const;

/** Each answer is tried in one place, a newsroom's in two; with `triesAll` in all of them. */
function placesOf(current: (typeof moods)[number]) {
  if (triesAll) return places;
  const n = moods.indexOf(current) % 2;
  return current === "newsroom" ? places.slice(0, 2) : places.slice(n, n + 1);
}

describe.each(moods)("words of a server that answers as: %s", (current) => {
  it.each(placesOf(current))(
    "reach %s as plain text",
    { timeout: 120_000 },
    async (_where, flags, terminal) => {
      mood = current;
      const printed = await runAll(flags, terminal);
      expect(residues(printed)).toEqual([]);
      // Otherwise nothing was tried.
      // Of a conflict, what may be done is said in our own words.
      const least = { newsroom: 12, invalid: 20, conflict: 2, wordpress: 1, page: 1 }[current];
      expect(withForeignWords(printed).length).toBeGreaterThanOrEqual(least);
      if (places[1][1] === flags)
        for (const { stdout } of printed)
          for (const line of stdout.split("\n").filter(Boolean)) JSON.parse(line);
    },
  );
});

it("--json keeps every character of them, escaped", async () => {
  mood = "newsroom";
  const shown = await laptop.run(["review", "show", id, "--json"], { env: environment() });
  expect(JSON.parse(shown.stdout).submission.title).toBe(hostileText);
});

it.each(["newsroom", "page"] as const)(
  "a process of its own prints them as the tests above do: %s",
  async (current) => {
    mood = current;
    const env = { HOME: laptop.home, ...environment(), KOMINFO_DEBUG: "*" };
    for (const argv of [
      ["doctor", "--verbose"],
      ["review", "show", id],
    ]) {
      const { stdout, stderr } = await startKominfo(argv, { cwd: laptop.workspace, env }).ended;
      expect(residueOf(stdout + stderr)).toEqual([]);
    }
  },
);
