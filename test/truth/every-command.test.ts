import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Command } from "commander";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { help } from "../../src/language/id/help.js";
import { createProgram } from "../../src/program.js";
import { type Service, startService } from "../channels/services.js";
import { kominfo } from "../support/host.js";
import { type Laptop, openLaptop } from "../support/laptop.js";
import { writePhoto } from "../support/photos.js";

/*
 * Every command where there is nothing to do, and where it cannot be done: `kominfo` of test/support/host.ts throws where a run then says
 * "✓" beside a failure, or for nothing. A command that is added needs command lines here.
 */

const id = "00000000-0000-4000-8000-000000000001";
const reason = ["--reason", "Lengkapi"];
const data = ["--data", "ruang"];

/** Command lines by verb: for nothing, for what is not there, for what is damaged. */
const lines: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "post new": [["berita-kegiatan"], ["ucapan", "--set", "judul=x"], ["greeting"]],
  "post list": [[], ["--state", "published"]],
  "post show": [["musrenbang"], ["tidak-ada"]],
  "post attach": [
    ["musrenbang", "rusak.jpg", "--caption", "a", "--alt", "b", "--credit", "c"],
    ["musrenbang", "IMG_1.jpg", "rusak.jpg", "--caption", "a", "--alt", "b", "--credit", "c"],
    ["musrenbang", "kosong"],
  ],
  "post photos": [["musrenbang"], ["musrenbang", "--photo", "1", "--alt", "x"], ["tidak-ada"]],
  "post delete": [["tidak-ada"], ["tidak-ada", "--restore"]],
  "post edit": [["musrenbang"], ["tidak-ada"]],
  "post check": [["musrenbang"], ["tidak-ada"]],
  "post preview": [["musrenbang"], ["tidak-ada"], [id]],
  "post submit": [["musrenbang"], ["tidak-ada"], ["musrenbang", "--dry-run"]],
  "post status": [[], ["musrenbang"], [id]],
  "post pull": [["musrenbang"], [id]],
  "post withdraw": [
    ["musrenbang", ...reason],
    ["tidak-ada", ...reason],
  ],
  "post publish": [
    ["musrenbang", "--to", "web", "--yes"],
    [id, "--yes"],
  ],
  "post unpublish": [["musrenbang", "--from", "web", "--reason", "keliru", "--yes"]],
  "post record": [["musrenbang", "--url", "https://bekasikab.go.id/x"]],
  sync: [[], ["--yes"]],
  publisher: [["--once"]],
  desk: [[]],
  setup: [[]],
  init: [[], ["baru", "--kecamatan", "Cibitung"]],
  doctor: [[]],
  "template list": [[]],
  "template show": [["ucapan"], ["tidak-ada"]],
  "photo resize": [
    ["kosong", "--preset", "web"],
    ["rusak.jpg", "--preset", "web"],
    ["IMG_1.jpg", "rusak.jpg", "--preset", "web", "--out", "hasil"],
    ["IMG_1.jpg", "--preset", "web", "--out", "hasil"],
    ["hasil", "--preset", "web", "--out", "hasil"],
  ],
  "photo inspect": [["kosong"], ["rusak.jpg"], ["IMG_1.jpg", "rusak.jpg"], ["hasil"]],
  "photo upload": [
    ["kosong", "--event", "x", "--yes"],
    ["rusak.jpg", "--event", "x", "--yes"],
    ["IMG_1.jpg", "rusak.jpg", "--event", "x", "--yes"],
    ["-", "--event", "x", "--yes"],
    ["IMG_1.jpg", "--event", "x", "--dry-run"],
    ["IMG_1.jpg", "--post", "musrenbang", "--yes"],
  ],
  "photo blur": [
    ["rusak.jpg", "--box", "0,0,1,1"],
    ["kosong", "--box", "0,0,1,1"],
    ["IMG_1.jpg", "--box", "0,0,1,1", "--out", "samar.jpg"],
  ],
  "photo where": [["musrenbang"], ["f".repeat(64)]],
  "auth login": [["newsroom", "--with-token"], ["x"]],
  "auth status": [[], ["--check"]],
  "auth logout": [["newsroom"], ["x"]],
  "auth store": [["passphrase"], ["x"]],
  "auth passphrase": [[]],
  "auth unlock": [[], ["--for", "nanti"]],
  "auth lock": [[]],
  "config show": [[]],
  "config get": [["credit"], ["x"]],
  "config set": [
    ["credit", "Foto: x"],
    ["lang", "xx"],
    ["x", "y"],
  ],
  "auth export": [["akun.age"]],
  "auth import": [["akun.age"], ["rusak.jpg"]],
  "newsroom serve": [
    [...data, "--port", "999999"],
    [...data, "--port", "0", "--tls-cert", "tidak-ada.pem", "--tls-key", "tidak-ada.pem"],
  ],
  "newsroom backup": [["cadangan", ...data]],
  "newsroom restore": [["tidak-ada", ...data]],
  "newsroom move": [["--data", "tidak-ada", "--to", "x"]],
  "newsroom audit": [data, [...data, "--verify"]],
  "newsroom init": [data],
  "newsroom user tokens": [["Budi", ...data]],
  "newsroom user code": [["Budi", ...data]],
  "newsroom user add": [[...data, "--name", "Budi", "--role", "peramal"]],
  "newsroom user list": [data],
  "newsroom user link": [["Budi", ...data]],
  "newsroom user suspend": [["Budi", ...data]],
  "newsroom user revoke": [["Budi", ...data]],
  "review list": [[]],
  "review show": [[id]],
  "review claim": [[id]],
  "review release": [[id]],
  "review comment": [[id, "--message", "x"]],
  "review return": [[id, ...reason]],
  "review approve": [[id, "--revision", "1", "--destination", "kecamatan", "--channel", "web"]],
  "review reject": [[id, ...reason]],
  "review revoke": [[id, ...reason]],
  "review reopen": [[id, ...reason]],
  "review merge": [[id, "--into", id, ...reason]],
  "review unpublish": [[id, ...reason]],
  "review publish": [[id, "--dry-run"]],
  "review record": [[id, "https://bekasikab.go.id/x"]],
  "review confirm-withdrawal": [[id]],
  "review decline": [[id, ...reason]],
  "review accounts": [[]],
  "review account": [["x", "12", "--kabupaten", ...reason]],
  completion: [["bash"], ["x"]],
};

function verbsOf(command: Command, above: string[] = []): string[] {
  if (command.commands.length === 0) return [above.join(" ")];
  return command.commands.flatMap((child) => verbsOf(child, [...above, child.name()]));
}

const program = createProgram(
  "",
  help,
  () => {},
  async () => {},
);
const verbs = verbsOf(program).filter((name) => !name.startsWith("__"));

/** What answers at the newsroom's address. */
const moods = {
  "no newsroom is set": undefined,
  "nobody answers": "http://127.0.0.1:1",
  "the login is refused": { status: 401 },
  "another site answers": { status: 404 },
  "there is nothing": { status: 200 },
} as const;

let server: Service;
let status = 200;
let laptop: Laptop;
beforeAll(async () => {
  server = await startService(({ url }) =>
    status === 200
      ? { json: url.pathname.endsWith("/known") ? { known: [] } : { items: [], next_cursor: null } }
      : { status, text: "<!doctype html>", headers: { "content-type": "text/html" } },
  );
});
afterAll(() => server.close());

describe.each(Object.entries(moods))("where %s", (where, mood) => {
  beforeAll(async () => {
    status = typeof mood === "object" ? mood.status : 200;
    const origin = typeof mood === "object" ? server.url : mood;
    laptop = await openLaptop(origin);
    await mkdir(path.join(laptop.workspace, "kosong"));
    await writeFile(path.join(laptop.workspace, "rusak.jpg"), "bukan foto");
    await writePhoto(laptop.workspace, "IMG_1.jpg");
    const answers = [
      "judul=Camat Buka Musrenbang",
      "kegiatan=Musrenbang",
      "lokasi=Aula",
      "uraian=Ada 40 usulan.",
    ];
    const set = [...answers, "tanggal=16/11/2026"].flatMap((answer) => ["--set", answer]);
    expect((await laptop.run(["post", "new", "berita-kegiatan", ...set])).code).toBe(0);
    return () => laptop.remove();
  });

  it.each(verbs)("%s says nothing that is not true", async (verb) => {
    expect(Object.hasOwn(lines, verb), `add command lines for ${verb}`).toBe(true);
    // An empty folder too: a command may be tried where kominfo was never set up.
    for (const argv of lines[verb]!) {
      // Without an answer, photos that can be sent are tried again for minutes.
      if (
        (where === "nobody answers" || where === "there is nothing") &&
        argv.includes("IMG_1.jpg") &&
        verb === "photo upload"
      )
        continue;
      const env = { KOMINFO_NEWSROOM_TOKEN: "kominfo_token_1234567890", KOMINFO_STORE: "env" };
      const ran = await laptop.run([...verb.split(" "), ...argv], { env });
      const said = ran.stdout + ran.stderr;
      if (ran.code !== 0) expect(said, argv.join(" ")).not.toBe("");
      expect(said, argv.join(" ")).not.toMatch(/undefined|\[object|NaN/);
    }
  });
});

describe("where kominfo was never set up", () => {
  it.each(verbs)("%s says nothing that is not true", async (verb) => {
    const fresh = await openLaptop();
    try {
      const folder = path.join(fresh.home, "lain");
      await mkdir(folder);
      for (const argv of lines[verb]!)
        await kominfo([...verb.split(" "), ...argv], { cwd: folder, home: fresh.home });
      expect(await readdir(folder)).toBeDefined();
    } finally {
      await fresh.remove();
    }
  });
});
