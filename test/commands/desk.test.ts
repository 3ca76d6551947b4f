import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { qrCode } from "../../src/terminal/qr.js";
import { deskOf } from "../newsroom/desk/browser.js";
import { startNewsroom, type TestNewsroom } from "../newsroom/support/newsroom.js";
import { type Laptop, openLaptop } from "../support/laptop.js";

let newsroom: TestNewsroom;
let laptop: Laptop;
beforeEach(async () => {
  newsroom = await startNewsroom({ activations_per_minute: 100 });
  laptop = await openLaptop(newsroom.url);
});
afterEach(async () => {
  await laptop.remove();
  await newsroom.remove();
});
const { browse } = deskOf(() => newsroom);
const login = async (role: "operator" | "editor" | "admin") => ({
  env: { KOMINFO_STORE: "env", KOMINFO_NEWSROOM_TOKEN: await newsroom.token(role) },
});

/** What a phone does with a link: the page that is shown first, and the button on it. */
async function follow(link: string) {
  const { pathname, search, searchParams } = new URL(link);
  const phone = browse();
  await phone.get(pathname + search);
  return { phone, answer: await phone.post("/login/link", { key: searchParams.get("key") ?? "" }) };
}

describe("kominfo desk", () => {
  it("prints a link that lets the operator in on their phone, once, where it is ready", async () => {
    const ran = await laptop.run(["desk"], await login("operator"));
    expect(ran.code, ran.stderr).toBe(0);
    const link = ran.stdout.trim();
    expect(link).toMatch(new RegExp(`^${newsroom.url}/login/link\\?key=[\\w-]{43}$`));
    expect(ran.stderr).toContain("17 November 2026 10.15 WIB");
    // The newsroom of this test is one of this computer.
    expect(ran.stderr).toContain("Alamat ini hanya dapat dibuka di komputer ini, bukan di ponsel.");
    const { phone, answer } = await follow(link);
    expect([answer.status, answer.location]).toEqual([303, "/ready"]);
    expect((await phone.get("/ready")).status).toBe(200);
    expect((await follow(link)).answer.status).toBe(422);
  });

  it("draws it as a QR code for a person who looks on, and for nobody else", async () => {
    const options = await login("operator");
    const terminal = { typed: [], env: { ...options.env, TERM: "xterm" } };
    const shown = await laptop.run(["desk", "--no-color"], terminal);
    const { drawn, columns } = await qrCode(shown.stdout.trim());
    expect(columns).toBeLessThan(80);
    expect(shown.stderr).toContain(drawn);
    expect((await laptop.run(["desk"], options)).stderr).not.toContain("█");
    expect((await laptop.run(["desk", "--quiet"], terminal)).stderr).not.toContain("█");
    expect((await laptop.run(["desk", "--json"], terminal)).stderr).toBe("");
  });

  it("has the keys of the contract; a later link ends the one before", async () => {
    const options = await login("operator");
    const first = await laptop.json<{ link: string }>(["desk"], options);
    expect(Object.keys(first)).toEqual(["user", "link", "expires_at"]);
    const second = await laptop.json<{ link: string }>(["desk"], options);
    expect((await follow(first.link)).answer.status).toBe(422);
    newsroom.clock.now = new Date(newsroom.clock.now.getTime() + 15 * 60_000);
    expect((await follow(second.link)).answer.status).toBe(422);
  });

  it.each(["editor", "admin"] as const)(
    "makes none for an %s: at the desk they can do more than by a token",
    async (role) => {
      const ran = await laptop.run(["desk"], await login(role));
      expect([ran.code, ran.stdout]).toEqual([4, ""]);
      expect(ran.stderr).toContain(`${newsroom.url}/login`);
      expect(ran.stderr).toContain("kominfo newsroom user link");
      expect(
        await newsroom.stores(({ store }) => store.selectFrom("desk_links").selectAll().execute()),
      ).toEqual([]);
    },
  );
});
