import { afterAll, beforeAll, expect, it } from "vitest";
import { as } from "../../newsroom/support/newsroom.js";
import type { Computer } from "../../support/kominfo.js";
import { type Office, openOffice } from "./office.js";

// Other channels show the article's address. What a colleague records by hand for the web may have any host, and would go out in the
// office's name.

let office: Office;
let laptop: Computer;
beforeAll(async () => {
  office = await openOffice("stand-in");
  laptop = await office.laptop(office.operator);
}, 120_000);
afterAll(() => office?.close());

const elsewhere = "https://blog.example/posyandu/";
const record = (id: string, url: string) =>
  as(office.newsroom, office.colleague).post(`/submissions/${id}/publications`, {
    ...{ channel: "web", state: "published", url },
  });
const json = async (...argv: string[]) => {
  const { code, stdout, stderr } = await laptop.run([...argv, "--json"]);
  return { code, stderr, ...JSON.parse(stdout) };
};
const remark = { code: "article-elsewhere", message: expect.stringContaining("blog.example") };

it("shows no link that was recorded at another site, and says so in the preview, the plan and the result", async () => {
  const id = await office.approve(["web", "facebook", "x"]);
  expect((await record(id, elsewhere)).status).toBe(201);
  const preview = await json("post", "preview", id);
  expect(preview.warnings.filter(({ code }: { code: string }) => code === remark.code)).toEqual([
    { channel: "facebook", ...remark },
  ]);
  const { plan, cost_usd } = await json("post", "publish", id, "--link", "--dry-run");
  const planned = Object.fromEntries(plan.map((one: { channel: string }) => [one.channel, one]));
  expect(planned.web).toMatchObject({ effects: ["out"] });
  for (const channel of ["facebook", "x"]) {
    expect(planned[channel]).toMatchObject({ effects: ["publish"], link: false });
    expect(planned[channel].warnings).toContainEqual(remark);
    expect(planned[channel].text).not.toContain("http");
  }
  expect(cost_usd).toBeLessThan(0.2);
  const before = [await office.visible("facebook"), await office.visible("x")];
  const ended = await json("post", "publish", id, "--yes", "--link", "--max-cost", String(cost_usd));
  expect(ended.code, ended.stderr).toBe(0);
  expect(
    ended.publications.map(
      ({ channel, state, warnings }: { channel: string; state: string; warnings: [] }) => [
        ...[channel, state, warnings],
      ],
    ),
  ).toEqual([
    ["web", "published", []],
    ["facebook", "published", [remark]],
    ["x", "published", [remark]],
  ]);
  const added = [await office.visible("facebook"), await office.visible("x")].map((seen, n) =>
    seen.filter((text) => !before[n]!.includes(text)),
  );
  expect(added.map(({ length }) => length)).toEqual([1, 1]);
  expect(added.flat().join("\n")).not.toMatch(/https?:|blog\.example/);
});

it("sync does not wait for an article that was recorded at another site, nor show it", async () => {
  const id = await office.approve(["web", "facebook"]);
  await office.lines.web.faults({
    ...{ method: "POST", path: "/wp-json/wp/v2/posts/*", times: 1, do: "cut-before" },
  });
  const first = await json("post", "publish", id, "--to", "web,facebook", "--yes");
  expect(first.publications.map(({ state }: { state: string }) => state)).toEqual(["unclear", "planned"]);
  // An editor has looked: it is not there. Somebody else has put it out at a site of their own.
  const rows: { id: string; channel: string }[] = (await office.publications(id)) as never;
  const web = rows.find(({ channel }) => channel === "web")!;
  const decided = { state: "failed", reason: "dicek" };
  const editor = as(office.newsroom, office.editor);
  expect((await editor.put(`/submissions/${id}/publications/${web.id}`, decided)).status).toBe(200);
  expect((await record(id, elsewhere)).status).toBe(201);
  const before = await office.visible("facebook");
  const next = await json("sync");
  expect(next.publications).toContainEqual(
    expect.objectContaining({ channel: "facebook", state: "published", warnings: [remark] }),
  );
  const added = (await office.visible("facebook")).filter((text) => !before.includes(text));
  expect(added).toEqual([expect.not.stringMatching(/https?:|blog\.example/)]);
});

it("shows a link that was recorded at the office's site", async () => {
  const id = await office.approve(["web", "facebook"]);
  // Links are recorded with https, whatever the site's login speaks.
  const url = `https://${new URL(office.lines.web.origin).hostname}/posyandu-dicatat/`;
  expect((await record(id, url)).status).toBe(201);
  const before = await office.visible("facebook");
  expect(await json("post", "publish", id, "--to", "facebook", "--yes")).toMatchObject({ code: 0 });
  const added = (await office.visible("facebook")).filter((text) => !before.includes(text));
  expect(added).toEqual([expect.stringContaining(url)]);
});
