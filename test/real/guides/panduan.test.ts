import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { appendFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ledProgram, startStandIns } from "../../../scripts/demo-stand-ins.mjs";
import { samplePhoto } from "../../../scripts/sample-photo.mjs";
import { apiPath } from "../../../src/contract/contract.js";
import { transcript } from "../../support/guides/transcript.js";
import { type Computer, openComputer, type ServedNewsroom, startNewsroom } from "../../support/kominfo.js";
import { needDebian } from "../apt.js";
import { openTerminal, type Terminal } from "../tmux.js";
import { play } from "./play.js";

// The operator's guide, typed as it stands there, in its order, in a real terminal.
const guide = readFileSync(path.resolve(import.meta.dirname, "../../../docs/panduan.md"), "utf8");
const address = "https://redaksi.example.go.id";

const passphrase = "angklung hijau menari sore";

let newsroom: ServedNewsroom;
let operator: Computer;
let editor: Computer;
let standIns: Awaited<ReturnType<typeof startStandIns>>;
let terminal: Terminal | undefined;

beforeAll(async () => {
  needDebian("tmux", "tmux");
  [newsroom, standIns] = await Promise.all([startNewsroom(), startStandIns()]);
  operator = await openComputer({ initialised: false });
  await writeFile(operator.env.KOMINFO_PASSPHRASE_FILE!, passphrase);
  const { token } = await addPerson("Budi Santoso", "--role", "editor", "--token");
  editor = await openComputer({ origin: newsroom.url, token });
});
afterEach(async () => {
  await terminal?.close();
  terminal = undefined;
});
afterAll(async () => {
  // What auth unlock has started.
  await operator?.run(["auth", "lock"]);
  await standIns?.stop();
  for (const fixture of [operator, editor, newsroom]) await fixture?.remove();
});

/** Adds a person at the office, as its admin does. */
const addPerson = (name: string, ...words: string[]) =>
  operator.json(["newsroom", "user", "add", "--data", newsroom.folder, "--name", name, ...words]);

async function takePhotos(folder: string, ...names: string[]): Promise<void> {
  await mkdir(path.join(operator.home, folder));
  for (const name of names) {
    const seed = Number(/\d+/.exec(name));
    const gps = { latitude: -6.24, longitude: 107.08 };
    const photo = await samplePhoto({ width: 1200, height: 900, seed, gps });
    await writeFile(path.join(operator.home, folder, name), photo);
  }
}

/** Steps of the editor with the submission of which the title has this word; gives its id. */
async function review(word: string, ...steps: string[][]): Promise<string> {
  const { items } = await editor.json(["review", "list"]);
  const { id } = items.find(({ title }: { title: string }) => title.includes(word));
  for (const [step = "", ...words] of steps) await editor.json(["review", step, id, ...words]);
  return id;
}

/** Another post, which an editor has changed. */
async function changedByEditor(): Promise<void> {
  const answers = path.join(operator.home, "posyandu.json");
  await writeFile(
    answers,
    JSON.stringify({
      judul: "Jadwal Posyandu Balita",
      layanan: "Posyandu balita",
      lokasi: "Balai Desa Wanasari",
      persyaratan: ["Buku KIA"],
      prosedur: ["Datang sesuai jadwal"],
      waktu: "Selasa pertama tiap bulan",
      biaya: "Gratis",
    }),
  );
  await operator.json(["post", "new", "layanan-publik", "--from", answers]);
  await operator.json(["post", "submit", "posyandu"]);
  const id = await review("Posyandu", ["claim"]);
  const headers = { authorization: `Bearer ${editor.env.KOMINFO_NEWSROOM_TOKEN}` };
  const submission = `${newsroom.url}${apiPath}/submissions/${id}`;
  const { content } = (await (await fetch(submission, { headers })).json()) as { content: { title: string } };
  const answer = await fetch(submission, {
    method: "PUT",
    headers: {
      ...headers,
      "content-type": "application/json",
      "if-match": '"r1"',
      "idempotency-key": randomUUID(),
    },
    body: JSON.stringify({ content: { ...content, title: `${content.title} Kecamatan Cibitung` } }),
  });
  expect(answer.status).toBe(200);
}

const approval = ["web", "facebook", "instagram", "x"].flatMap((channel) => ["--channel", channel]);

/** What happens beside the operator's terminal before a line of the guide, and what the guide shows as dots. */
interface Direction {
  before?: () => Promise<unknown>;
  secrets?: () => Promise<string[]>;
  /** Keys where the program waits after the last line. */
  last?: string;
  code?: number;
  /** Where it is typed. Default: in the workspace */
  cwd?: () => string;
}

/** By the beginning of what is typed after `kominfo`; each is used once, in this order. */
const directions: readonly (readonly [typed: string, direction: Direction])[] = [
  [
    "setup",
    {
      cwd: () => operator.home,
      async secrets() {
        const place = ["--role", "operator", "--kecamatan", "Cibitung"];
        const { activation_code } = await addPerson("Siti Aminah", ...place);
        return [activation_code, passphrase, passphrase];
      },
    },
  ],
  ["", { last: "C-c", code: 130 }],
  [
    "post new",
    {
      async before() {
        await takePhotos("foto", "IMG_1000.jpg", "IMG_1002.jpg");
        await takePhotos("foto-susulan", "IMG_1004.jpg");
      },
    },
  ],
  ["post check", { code: 2 }],
  [
    "post status musrenbang",
    {
      before: () =>
        review("Musrenbang", ["claim"], ["return", "--reason", "Lengkapi nama camat dan jumlah peserta."]),
    },
  ],
  [
    "post submit musrenbang --message",
    {
      async before() {
        const posts = path.join(operator.workspace, "posts");
        const [folder = ""] = await readdir(posts);
        const added = "\nCamat Cibitung Encun Sunarto membukanya di depan 150 peserta.\n";
        await appendFile(path.join(posts, folder, "index.md"), added);
      },
    },
  ],
  ["post status posyandu", { before: changedByEditor }],
  [
    "post publish",
    {
      async before() {
        const approve = ["approve", "--revision", "2", "--destination", "kecamatan", ...approval];
        const photos = [1, 2, 3].flatMap((number) => ["--photo", `${number}=tidak-ada`]);
        await review("Musrenbang", ["claim"], [...approve, ...photos]);
        const settings = path.join(operator.workspace, "kominfo.yaml");
        const text = await readFile(settings, "utf8");
        await writeFile(settings, text.replace(/^# web: .*$/m, `web: { url: "${standIns.site}" }`));
      },
    },
  ],
  ["post unpublish", {}],
  // What Instagram lets nobody but a person remove is left.
  ["post unpublish", { code: 3 }],
];

const left = [...directions];
function directionOf(line: string): Direction {
  const index = left.findIndex(([typed]) => (typed === "" ? line === "" : line.startsWith(typed)));
  return index < 0 ? {} : (left.splice(index, 1)[0]?.[1] ?? {});
}

let isWhole = true;
const shown = transcript(guide);
describe("panduan", () => {
  it.each(shown)("line $line: $typed", async (step) => {
    if (!isWhole) throw new Error("A line before it has failed.");
    isWhole = false;
    const printed = step.printed.map((line) => line.replaceAll(address, newsroom.url));
    const words = step.typed.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
    const argv = words.slice(1).map((word) => word.replaceAll('"', ""));
    const { secrets, before, last, code, cwd } = directionOf(argv.join(" "));
    await before?.();
    const { KOMINFO_PASSPHRASE_FILE: _, ...home } = operator.env;
    const isPublishing = ["publish", "unpublish"].includes(argv[1] ?? "");
    terminal = await openTerminal(argv, {
      cwd: cwd?.() ?? operator.workspace,
      env: { ...home, ...(isPublishing && standIns.env) },
      columns: 400,
      ...(isPublishing && { program: ledProgram }),
    });
    await play({ ...step, printed }, terminal, {
      secrets: (await secrets?.()) ?? [passphrase],
      ...(last && { last }),
    });
    expect(await terminal.ended()).toBe(code ?? 0);
    isWhole = true;
  });
});
