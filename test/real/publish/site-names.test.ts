import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { as, content } from "../../newsroom/support/newsroom.js";
import type { Computer, Ended } from "../../support/kominfo.js";
import { type Office, openOffice } from "./office.js";

// One website that two laptops write differently in their kominfo.yaml. It is one account: what one of them has sent is out for the other.

let office: Office;
beforeAll(async () => {
  office = await openOffice("stand-in");
}, 120_000);
afterAll(async () => {
  await office?.close();
});

/** How a laptop writes the site: as it calls itself, by another name of the same host, and by a host of which it knows nothing. */
const names = {
  own: () => office.site.url,
  alias: () => office.site.url.replace("127.0.0.1", "localhost"),
  proxy: () => office.lines.web.origin,
};
type Name = keyof typeof names;

async function laptopAt(name: Name, user = "redaktur", token = office.operator): Promise<Computer> {
  const app_password = office.site.users[user]!.app_password.replaceAll(" ", "");
  const login = { KOMINFO_WEB_USER: user, KOMINFO_WEB_APP_PASSWORD: app_password };
  const laptop = await office.laptop(token, login);
  const file = path.join(laptop.workspace, "kominfo.yaml");
  const settings = await readFile(file, "utf8");
  await writeFile(file, settings.replace(office.lines.web.origin, names[name]()));
  return laptop;
}

const publish = (laptop: Computer, id: string, ...more: string[]) =>
  laptop.run(["post", "publish", id, "--to", "web", ...(more.length > 0 ? more : ["--yes"]), "--json"]);
const said = ({ stdout, stderr }: Ended) => stdout + stderr;
const posts = () => office.visible("web");

describe("one website under two names", () => {
  it("is sent to once by laptops that begin at the same time, before any of them is known", {
    timeout: 120_000,
  }, async () => {
    const laptops = [await laptopAt("own"), await laptopAt("alias", "redaktur", office.colleague)];
    const id = await office.approve(["web"], {}, 1);
    const before = (await posts()).length;
    const ended = await Promise.all(laptops.map((laptop) => publish(laptop, id)));
    expect(
      ended.some(({ code }) => code === 0),
      ended.map(said).join(),
    ).toBe(true);
    expect((await posts()).length - before).toBe(1);
    expect(await office.publications(id)).toMatchObject([{ account: names.own(), state: "published" }]);
  });

  it.each<[Name, Name]>([
    ["own", "alias"],
    ["alias", "own"],
    ["own", "proxy"],
    ["proxy", "own"],
    ["proxy", "alias"],
    ["alias", "proxy"],
  ])(
    "has what %s has sent for %s, too, is corrected in place and taken down",
    { timeout: 120_000 },
    async (...pair) => {
      const first = await laptopAt(pair[0]);
      const second = await laptopAt(pair[1], "redaktur", office.colleague);
      const id = await office.approve(["web"], {}, 1);
      const before = await posts();
      const sent = await publish(first, id);
      expect(sent, said(sent)).toMatchObject({ code: 0 });
      const [{ url } = { url: "" }] = await office.publications(id);

      const dry = await publish(second, id, "--dry-run");
      expect(JSON.parse(dry.stdout).plan, said(dry)).toMatchObject([{ effects: ["out"] }]);
      const again = await publish(second, id);
      expect(again, said(again)).toMatchObject({ code: 0 });
      expect(JSON.parse(again.stdout).publications).toMatchObject([{ state: "published", url }]);
      expect((await posts()).length - before.length, said(again)).toBe(1);

      const desk = as(office.newsroom, office.editor);
      const read = (await desk.get(`/submissions/${id}`)).body.content;
      const note = "Peserta 120 orang, bukan 150 orang.";
      const changed = { ...content(), ...read, body: "Peserta 120 orang.", correction_note: note };
      await desk.put(`/submissions/${id}`, { content: changed }, { "if-match": '"r1"' });
      const approval = { destinations: ["kecamatan"], channels: ["web"] };
      const step = { step: "approve", approval };
      const approved = await desk.post(`/submissions/${id}/transitions`, step, { "if-match": '"r2"' });
      expect(approved.status, JSON.stringify(approved.body)).toBe(200);
      const corrected = await publish(second, id);
      expect(corrected, said(corrected)).toMatchObject({ code: 0 });
      expect((await posts()).length - before.length, "a second article").toBe(1);
      expect((await office.publications(id)).map((row) => row.url)).toEqual([url, url]);
      expect(await (await fetch(url!)).text()).toContain(note);

      const down = await second.run(["post", "unpublish", id, "--reason", "keliru", "--yes", "--json"]);
      expect(down, said(down)).toMatchObject({ code: 0 });
      expect(await posts()).toEqual(before);
    },
  );

  it.each<[Name, Name]>([
    ["alias", "own"],
    ["proxy", "own"],
  ])(
    "has what %s has handed over to the site's editors waiting for %s, too",
    { timeout: 120_000 },
    async (...pair) => {
      const first = await laptopAt(pair[0], "operator");
      const second = await laptopAt(pair[1], "redaktur", office.colleague);
      const id = await office.approve(["web"], {}, 1);
      const before = await posts();
      await publish(first, id);
      expect(await office.publications(id)).toMatchObject([{ state: "handed_over", url: null }]);
      const again = await publish(second, id);
      expect(await posts(), said(again)).toEqual(before);
      expect(await office.publications(id)).toMatchObject([{ state: "handed_over" }]);
    },
  );

  it("goes on under the second name with what the first one's laptop has left behind", {
    timeout: 120_000,
  }, async () => {
    const first = await laptopAt("proxy");
    const second = await laptopAt("own", "redaktur", office.colleague);
    const id = await office.approve(["web"], {}, 1);
    const before = (await posts()).length;
    await office.lines.web.faults({
      method: "POST",
      path: "/wp-json/wp/v2/posts/*",
      do: "cut-after",
      times: 1,
    });
    await publish(first, id);
    expect(await office.publications(id)).toMatchObject([{ state: "unclear" }]);
    await office.advance(16 * 60_000);
    const found = await publish(second, id);
    expect(found, said(found)).toMatchObject({ code: 0 });
    expect(JSON.parse(found.stdout).publications).toMatchObject([{ state: "published", found: true }]);
    expect((await posts()).length - before).toBe(1);
    expect(await office.publications(id)).toMatchObject([{ state: "published" }]);
  });
});

it("under a name that no reader knows has its article's address in the other channels' posts", {
  timeout: 120_000,
}, async () => {
  const inside = await openOffice("stand-in");
  try {
    const laptop = await inside.laptop(inside.operator);
    const file = path.join(laptop.workspace, "kominfo.yaml");
    const { origin } = inside.lines.web;
    const settings = await readFile(file, "utf8");
    await writeFile(file, settings.replace(origin, origin.replace("127.0.0.1", "localhost")));
    const id = await inside.approve(["web", "facebook"], {}, 1);
    // One after the other: the second run knows the address from the newsroom only.
    for (const channel of ["web", "facebook"]) {
      const ended = await laptop.run(["post", "publish", id, "--to", channel, "--yes"]);
      expect(ended, said(ended)).toMatchObject({ code: 0 });
    }
    const [{ url } = { url: "" }] = await inside.publications(id);
    expect(new URL(url!).origin).toBe(inside.site.url);
    expect(await inside.visible("facebook")).toEqual([expect.stringContaining(url!)]);
  } finally {
    await inside.close();
  }
});
