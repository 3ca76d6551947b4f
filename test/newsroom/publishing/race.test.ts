import { afterAll, beforeAll, expect, it } from "vitest";
import { attemptOf, grant, kabupaten, read, type Scene, setScene, site } from "./scene.js";

/** All 200: KOMINFO_RACES=200. */
const races = Number(process.env.KOMINFO_RACES ?? 20);

let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
}, 60_000);
afterAll(() => scene.remove());

it(`two laptops and a publisher that begin at once, ${races} times: one sends, the others are told who`, async () => {
  for (let n = 0; n < races; n++) {
    const id = await scene.approved();
    const machines = [scene.operator, scene.colleague, scene.publisher];
    // They plan it themselves, and in this order by chance.
    const wanted = { channel: "web", account: site, state: "planned" };
    const planned = await Promise.all(
      [scene.operator, scene.colleague, scene.editor].map((client) =>
        client.post(`/submissions/${id}/publications`, wanted),
      ),
    );
    expect(planned.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
    expect(new Set(planned.map(({ body }) => body.id)).size).toBe(1);
    const address = `/submissions/${id}/publications/${planned[0]!.body.id}`;
    const answers = await Promise.all(machines.map((client) => grant(client, address)));
    const winners = answers.filter(({ status }) => status === 201);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const { by, lease_until } = winners[0]!.body;
    for (const { status, body } of answers) {
      if (status === 409) expect(body.held).toEqual({ by: by.name, until: lease_until });
    }
    const sender = machines[answers.indexOf(winners[0]!)]!;
    const attempt = attemptOf(sender, address, winners[0]!.body);
    const intents = await Promise.all([attempt.intend(), attempt.intend()]);
    expect(intents.map(({ status }) => status)).toEqual([200, 200]);
    await attempt.tell("published", { remote_id: String(n) });
    const after = await Promise.all(machines.map((client) => grant(client, address)));
    expect(after.map(({ body }) => body.detail)).toEqual(Array(3).fill("already-out"));
    expect(await read(scene.editor, address)).toMatchObject({ state: "published", remote_id: String(n) });
  }
}, 600_000);

it("revoking and sending at once: either it is not approved any more, or it may be out", async () => {
  for (let n = 0; n < races; n++) {
    const id = await scene.approved();
    const address = await scene.planned(id, { account: kabupaten });
    const revoke = { step: "revoke", reason: "Keliru" };
    const [sent, revoked] = await Promise.all([
      grant(scene.publisher, address),
      scene.editor.post(`/submissions/${id}/transitions`, revoke),
    ]);
    expect([
      [201, 409],
      [409, 200],
      // The publisher sees it no more.
      [404, 200],
    ]).toContainEqual([sent.status, revoked.status]);
  }
}, 600_000);
