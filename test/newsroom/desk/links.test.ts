import { afterEach, describe, expect, it } from "vitest";
import { startNewsroom, type TestNewsroom } from "../support/newsroom.js";
import { deskOf, rates } from "./browser.js";

/* What links for people begin with: the configured address, never what a request calls the newsroom. */

let newsroom: TestNewsroom;
afterEach(() => newsroom.remove());

const forged = { "x-forwarded-host": "attacker.example" };
const https = { "x-forwarded-proto": "https", "x-forwarded-for": "198.51.100.7" };

/** Rina, an admin, at the page of Budi, an editor. */
async function atBudi(headers: Record<string, string>) {
  const { join, enter } = deskOf(() => newsroom, headers);
  await join("Rina", "admin");
  const { user } = await join("Budi", "editor");
  const page = `/people/${user.id}`;
  const rina = await enter("Rina");
  await rina.get(page);
  return { rina, page };
}

describe("links for logging in and addresses beside an activation code", () => {
  it("begin with this machine's own door where nothing is configured", async () => {
    newsroom = await startNewsroom(rates);
    const { rina, page } = await atBudi(forged);
    expect((await rina.post(`${page}/link`)).text).toContain(`${newsroom.url}/login/link?key=`);
    await rina.get(page);
    expect((await rina.post(`${page}/code`)).text).toContain(`${newsroom.url}/activate`);
  });

  it("begin with --public-url where it is configured", async () => {
    newsroom = await startNewsroom(rates, undefined, undefined, {
      behindProxy: true,
      publicUrl: "https://redaksi.example.go.id:8443",
    });
    const { rina, page } = await atBudi({ ...https, "x-forwarded-host": "redaksi.example.go.id" });
    const link = (await rina.post(`${page}/link`)).text;
    expect(link).toContain("https://redaksi.example.go.id:8443/login/link?key=");
    await rina.get(page);
    const code = (await rina.post(`${page}/code`)).text;
    expect(code).toContain("--url https://redaksi.example.go.id:8443<");
    expect(code).toContain("https://redaksi.example.go.id:8443/activate");
  });

  it("are refused behind a proxy without --public-url, which is named; all else works", async () => {
    newsroom = await startNewsroom(rates, undefined, undefined, { behindProxy: true });
    const { rina, page } = await atBudi({ ...https, ...forged });
    const link = await rina.post(`${page}/link`);
    expect(link.status).toBe(409);
    expect(link.text).toContain("--public-url");
    await rina.get(page);
    const code = await rina.post(`${page}/code`);
    expect(code.status).toBe(200);
    expect(code.text).toMatch(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/);
    expect(code.text).toContain("--public-url");
    for (const { text } of [link, code]) expect(text).not.toContain("attacker.example");
  });
});
