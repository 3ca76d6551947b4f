import { afterAll, beforeAll, expect, it } from "vitest";
import { as } from "../../newsroom/support/newsroom.js";
import type { Computer } from "../../support/kominfo.js";
import { type Office, openOffice } from "./office.js";

// A website has people of its own: what they and a late request do with a draft or with what was handed over makes no second article.

const minute = 60_000;

let office: Office;
beforeAll(async () => {
  office = await openOffice("stand-in");
}, 120_000);
afterAll(() => office?.close());

const publish = (computer: Computer, id: string) =>
  computer.start(["post", "publish", id, "--to", "web", "--yes", "--json"]);

/** Changes a post as an editor of the website does. */
async function changeThere(number: string, change: object): Promise<void> {
  const login = `redaktur:${office.site.users.redaktur!.app_password}`;
  const changed = await fetch(`${office.site.url}/wp-json/wp/v2/posts/${number}`, {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(login).toString("base64")}`,
      "content-type": "application/json",
    },
    body: JSON.stringify(change),
  });
  expect(changed.status).toBe(200);
}

/** A laptop whose user at the website may not publish. */
const contributors = () =>
  office.laptop(office.operator, {
    KOMINFO_WEB_USER: "operator",
    KOMINFO_WEB_APP_PASSWORD: office.site.users.operator!.app_password,
  });

async function rowOf(id: string) {
  const { body } = await as(office.newsroom, office.editor).get(`/submissions/${id}`);
  return body.publications[0] as { state: string; remote_id: string | null };
}

it("what the website's editors send back is handed over again as the same post", async () => {
  const laptop = await contributors();
  const id = await office.approve(["web"]);
  expect((await publish(laptop, id).ended).code).toBe(0);
  const first = await rowOf(id);
  expect(first).toMatchObject({ state: "handed_over" });
  await changeThere(first.remote_id!, { status: "draft" });
  await laptop.run(["sync"]);
  expect(await rowOf(id)).toMatchObject({ state: "failed" });
  const { code, stdout, stderr } = await publish(await contributors(), id).ended;
  expect(code, stdout + stderr).toBe(0);
  expect(await rowOf(id)).toMatchObject({ state: "handed_over", remote_id: first.remote_id });
});

it.each(["the same machine", "another machine"])(
  "an article whose commit takes effect after it was looked for is seen once, by %s",
  { timeout: 120_000 },
  async (where) => {
    const first = await office.laptop(office.operator);
    const id = await office.approve(["web"]);
    const before = (await office.visible("web")).length;
    const write = { method: "POST", path: "/wp-json/wp/v2/posts/*", times: 1 };
    await office.lines.web.faults({ ...write, do: "cut-before" });
    await publish(first, id).ended;
    expect(await office.publications(id)).toMatchObject([{ state: "unclear" }]);
    const commit = (await office.lines.web.log()).findLast(({ path }) => /\/posts\/\d+$/.test(path))!;

    // It is a draft, so it may be sent again; the machine dies over that, and the first commit arrives after all.
    await office.advance(16 * minute);
    await office.lines.web.faults({ ...write, do: "kill-before" });
    const second = publish(first, id);
    await office.lines.web.client(second.process.pid ?? 0);
    expect((await second.ended).code, "was not killed").toBeNull();
    await changeThere(commit.path.split("/").at(-1)!, { status: "publish", slug: `terlambat-${before}` });

    await office.advance(16 * minute);
    const last = where === "the same machine" ? first : await office.laptop(office.colleague);
    const { code, stdout, stderr } = await publish(last, id).ended;
    expect(code, stdout + stderr).toBe(0);
    expect((await office.visible("web")).length - before).toBe(1);
    expect(await office.publications(id)).toMatchObject([{ state: "published" }]);
  },
);
