import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Scene, setScene, site } from "../publishing/scene.js";
import { deskOf } from "./browser.js";

let scene: Scene;
let desk: Awaited<ReturnType<ReturnType<typeof deskOf>["enter"]>>;
beforeAll(async () => {
  scene = await setScene();
  const { join, enter } = deskOf(() => scene.newsroom);
  await join("Rina", "editor");
  desk = await enter("Rina");
});
afterAll(() => scene.remove());

/** Out at a link that a person has recorded. */
async function recorded(): Promise<string> {
  const id = await scene.approved();
  const link = { channel: "web", state: "published", url: `https://${site}/${id}` };
  expect((await scene.editor.post(`/submissions/${id}/publications`, link)).status).toBe(201);
  return id;
}
const step = (id: string, name: string) =>
  scene[name.startsWith("ask") ? "operator" : "editor"].post(`/submissions/${id}/transitions`, {
    ...{ step: name, reason: "Fotonya keliru." },
  });
const page = async (id: string) => (await desk.get(`/submissions/${id}`)).text;
const form = 'id="step-unpublish"';

describe("taking everything down", () => {
  it("is offered while something is out, and as the answer where its sender has asked for it", async () => {
    const id = await recorded();
    const before = await page(id);
    expect(before).toContain(form);
    expect(before).toContain("Turunkan semuanya");
    await step(id, "ask_unpublish");
    const asked = await page(id);
    expect(asked).toContain(form);
    expect(asked).toContain("Penuhi permintaan: turunkan semuanya");
    expect(asked).toContain("Tolak permintaan");
  });

  it("is not offered once all of it is asked to go, and says so", async () => {
    const id = await recorded();
    await step(id, "unpublish");
    const text = await page(id);
    expect(text).not.toContain(form);
    expect(text).toContain("semuanya sudah diminta turun");
    expect(text).toContain("memutuskan terbitannya diturunkan");
  });
});
