import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { as, content, startNewsroom, type TestNewsroom } from "../support/newsroom.js";
import { deskOf, rates } from "./browser.js";

let newsroom: TestNewsroom;
afterEach(() => newsroom.remove());
const { join, enter } = deskOf(() => newsroom);

/** A submission whose body was "Camat membuka acara." and is "Bupati membuka acara." now; its id. */
async function revised(): Promise<string> {
  const operator = as(newsroom, await newsroom.token("operator"));
  const id = await operator.submit({ body: "Camat membuka acara." });
  const changed = { content: content({ body: "Bupati membuka acara." }) };
  expect((await operator.put(`/submissions/${id}`, changed, { "if-match": '"r1"' })).status).toBe(200);
  return id;
}

describe("a comparison that takes too long", () => {
  it("holds up nobody, and is shown by paragraph with a note that says so", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "kominfo-compare-"));
    try {
      const file = path.join(folder, "hanging.mjs");
      const hang = `import { parentPort } from "node:worker_threads"; parentPort.on("message", () => { for (;;); });`;
      await writeFile(file, hang);
      newsroom = await startNewsroom(rates, undefined, undefined, { texts: { file, deadlineMs: 5000 } });
      const id = await revised();
      await join("Budi", "editor");
      const desk = await enter("Budi");
      let isDone = false;
      const page = desk.get(`/submissions/${id}/compare`).then((answer) => {
        isDone = true;
        return answer;
      });
      for (let i = 0; i < 5; i += 1) expect((await fetch(`${newsroom.url}/healthz`)).status).toBe(200);
      expect(isDone).toBe(false);
      const { status, text } = await page;
      expect(status).toBe(200);
      expect(text).toContain("Terlalu berbeda untuk dibandingkan per kata: ditampilkan per paragraf.");
      expect(text).toMatch(/<del>.*Camat membuka acara\..*<ins>.*Bupati membuka acara\./s);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe("a comparison that was shown before", () => {
  it("shows no word of a revision that was redacted since", async () => {
    newsroom = await startNewsroom(rates);
    const id = await revised();
    await join("Budi", "editor");
    const desk = await enter("Budi");
    const address = `/submissions/${id}/compare?from=1&to=2`;
    expect((await desk.get(address)).text).toContain("Camat");
    const redaction = { submission: id, revision: 1, reason: "Diminta", legal_basis: "UU 27/2022" };
    const admin = as(newsroom, await newsroom.token("admin"));
    expect((await admin.post("/redactions", redaction)).status).toBe(201);
    const { text } = await desk.get(address);
    expect(text).toContain("Bupati");
    expect(text).not.toContain("Camat");
  });
});
