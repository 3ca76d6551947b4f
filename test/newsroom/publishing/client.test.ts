import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { KominfoError } from "../../../src/errors/errors.js";
import { publicationRefusals } from "../../../src/errors/newsroom.js";
import { explain } from "../../../src/language/explain.js";
import { loadMessages } from "../../../src/language/index.js";
import { createNewsroomClient } from "../../../src/newsroom-client/client.js";
import { problemOf } from "../../../src/newsroom-client/problems.js";
import { languages } from "../../../src/text/language.js";
import { hour, kabupaten, minute, type Scene, setScene, site, uuid } from "./scene.js";

let scene: Scene;
let client: ReturnType<typeof createNewsroomClient>;
beforeAll(async () => {
  scene = await setScene();
  client = createNewsroomClient({
    origin: scene.newsroom.url,
    token: scene.operatorToken,
    version: "0.1.0",
    language: "id",
    signal: new AbortController().signal,
  });
}, 60_000);
afterAll(() => scene.remove());

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    ({ code, exit, params }: KominfoError) => ({ code, exit, params }),
  );
const link = { url: "https://cibitung.example.go.id/7", remote_id: "7" };

describe("the client of a machine that sends", () => {
  it("announces its account, plans, gets an attempt, announces to send, and tells what came of it", async () => {
    const account = { channel: "web", account: "siaran.example:8443" } as const;
    const outlet = { label: "Siaran", destination: "kecamatan", mode: "publish" } as const;
    expect(await client.announceOutlet(account, outlet)).toMatchObject({ ...account, ...outlet });
    expect(await client.outlets()).toContainEqual(expect.objectContaining(account));
    const id = await scene.approved();
    const planned = await client.planPublication(id, { ...account, state: "planned" });
    const address = { submission: id, publication: planned.id };
    const key = uuid();
    const attempt = await client.grantAttempt(address, { key });
    expect(await client.grantAttempt(address, { key })).toEqual(attempt);
    expect(attempt.rendering).toEqual((await client.renderings(id)).channels[0]);
    expect((await client.renderings(id, 1)).frozen).toBe(true);
    const { fence, number } = attempt;
    await client.updateAttempt(address, number, { fence });
    await client.updateAttempt(address, number, { fence, intent: { slug: "kominfo-1" } });
    await client.updateAttempt(address, number, { fence, outcome: { state: "published", ...link } });
    expect(await client.publications({ state: "published" })).toMatchObject([
      { id: planned.id, state: "published", ...link },
    ]);
    const down = client.changePublication(address, { state: "unpublished", reason: "Keliru" });
    expect(await code(down)).toMatchObject({ code: "not-allowed", exit: 4 });
  });

  it("is told who has it and until when: exit 5", async () => {
    const id = await scene.approved();
    const { id: publication } = await client.planPublication(id, {
      channel: "web",
      account: site,
      state: "planned",
    });
    const address = { submission: id, publication };
    const { by, lease_until } = await client.grantAttempt(address, { key: uuid() });
    const held = await code(client.grantAttempt(address, { key: uuid() }));
    expect(held).toEqual({ code: "publication-held", exit: 5, params: { by: by.name, until: lease_until } });
  });

  it("is told by the newsroom's clock that a schedule is in the past, and has a minute for its own", async () => {
    const id = await scene.approved();
    const at = (ms: number) => new Date(scene.newsroom.clock.now.getTime() + ms).toISOString();
    const schedule = (ms: number) =>
      client.planPublication(id, {
        channel: "web",
        account: site,
        state: "scheduled",
        scheduled_for: at(ms),
      });
    const refused = await code(schedule(-minute - 1));
    expect(refused).toEqual({ code: "schedule-too-early", exit: 2, params: { soonest: at(-minute) } });
    const { id: publication } = await schedule(-minute);
    await client.changePublication({ submission: id, publication }, { state: "planned" });
    const late = { state: "scheduled" as const, scheduled_for: at(-hour) };
    expect(await code(client.changePublication({ submission: id, publication }, late))).toEqual(refused);
  });

  it("is told from when on it may be sent: exit 5; a link that is recorded too early is refused: exit 1", async () => {
    const embargo = new Date(scene.newsroom.clock.now.getTime() + hour).toISOString();
    const id = await scene.approved({ embargo });
    const { id: publication } = await client.planPublication(id, {
      channel: "web",
      account: site,
      state: "planned",
    });
    const early = await code(client.grantAttempt({ submission: id, publication }, { key: uuid() }));
    expect(early).toEqual({ code: "under-embargo", exit: 5, params: { until: embargo } });
    expect(await code(client.record(id, { channel: "web", url: link.url }))).toMatchObject({
      code: "under-embargo",
      exit: 1,
    });
  });

  it("is told what cannot be: exit 1 where the approval has gone, 5 where somebody else has taken over", async () => {
    const id = await scene.approved();
    const { id: publication } = await client.planPublication(id, {
      channel: "web",
      account: site,
      state: "planned",
    });
    const address = { submission: id, publication };
    const { fence, number } = await client.grantAttempt(address, { key: uuid() });
    const { content } = await client.submission(id);
    await client.send({
      key: uuid(),
      update: { id, revision: 1, resubmit: false },
      content: { ...content, body: "Ralat." },
    });
    const intend = () => client.updateAttempt(address, number, { fence, intent: {} });
    expect(await code(intend())).toMatchObject({ exit: 1, params: { refusal: "not-approved" } });
    scene.pass(10 * minute);
    expect(await code(intend())).toMatchObject({ exit: 5, params: { refusal: "fence" } });
    const foreign = await scene.planned(await scene.approved(), { account: kabupaten });
    const [, , submission, , other] = foreign.split("/");
    const granted = client.grantAttempt({ submission: submission!, publication: other! }, { key: uuid() });
    expect(await code(granted)).toMatchObject({ code: "not-allowed", exit: 4 });
  });

  it.each(publicationRefusals)(
    "says in both languages, and in no code, that it is refused for: %s",
    async (refusal) => {
      const body = {
        type: "urn:kominfo:problem:conflict",
        title: "Tidak dapat.",
        status: 409,
        detail: refusal,
      };
      const answer = { status: 409, header: () => undefined, type: "application/problem+json", body };
      const error = problemOf(answer as never, { origin: scene.newsroom.url });
      expect(error.exit).toBe(
        ["fence", "earlier-undecided", "earlier-handed-over", "take-down-open"].includes(refusal) ? 5 : 1,
      );
      for (const language of languages) {
        const { message, hints } = explain(error, await loadMessages(language));
        expect(message).toMatch(/^[A-Z].*\.$/);
        expect(hints).toHaveLength(refusal === "late" ? 2 : 1);
        expect([message, ...hints].join()).not.toContain(refusal.includes("-") ? refusal : `"${refusal}"`);
      }
    },
  );
});
