// What has been approved in the sample newsroom, and what machines have made of it: a plan, a failure, and one of which nobody knows.
import { randomUUID } from "node:crypto";
import { addPerson } from "../dist/newsroom/local-people.js";
import { musrenbang, post } from "./desk-sample.mjs";

const cibitung = "32.16.07";
const minute = 60_000;
const site = "cibitung.bekasikab.go.id";
const accounts = [
  ["web", site, site],
  ["facebook", "104855591234567", "Kecamatan Cibitung"],
  ["instagram", "17841405822304914", "@kec.cibitung"],
  ["x", "1490000000000000000", "@kec_cibitung"],
];

/**
 * Publishes in a running newsroom, as its people and the office's machine would.
 *
 * @param {string} url of the newsroom
 * @param {string} data its folder
 * @param {{ people: Record<string, { id: string, token: string }>, photos: object[] }} sample from `fillNewsroom`
 * @param {{ now: Date }} clock the newsroom's; it is moved on, and put back
 * @returns {Promise<{ planned: string, troubled: string, ready: string }>} ids of submissions
 */
export async function publishSample(url, data, { people, photos }, clock) {
  const start = clock.now;
  clock.now = new Date(start.getTime() - 40 * minute);
  const wanted = { name: "Mesin kantor Kominfo", role: "publisher", token: true };
  const machine = await addPerson(data, wanted, clock.now);
  const ask = async (token, method, address, body, headers = {}) => {
    const answer = await fetch(`${url}/api/v1${address}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        "idempotency-key": randomUUID(),
        ...headers,
      },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${address}: ${answer.status} ${text}`);
    return text === "" ? null : JSON.parse(text);
  };
  const siti = (...words) => ask(people["Siti Aminah"].token, ...words);
  const budi = (...words) => ask(people["Budi Santoso"].token, ...words);
  const office = (...words) => ask(machine.token, ...words);

  const announce = (channel, account, label, more = {}) =>
    office("PUT", `/outlets/${channel}/${account}`, {
      ...{ label, destination: "kecamatan", kecamatan: cibitung, mode: "publish" },
      ...more,
    });
  for (const [channel, account, label] of accounts) await announce(channel, account, label);
  await announce("web", "www.bekasikab.go.id", "www.bekasikab.go.id", {
    ...{ destination: "kabupaten", kecamatan: undefined },
  });
  const approved = async (changes, channels) => {
    const { id } = await siti("POST", "/submissions", { content: post(changes) });
    await budi("POST", `/submissions/${id}/transitions`, { step: "claim" });
    const approval = { destinations: ["kecamatan"], channels };
    const step = { step: "approve", approval };
    await budi("POST", `/submissions/${id}/transitions`, step, { "if-match": '"r1"' });
    return id;
  };
  const schedule = (id, channel, at) => {
    const [, account] = accounts.find(([name]) => name === channel);
    const scheduled = { channel, account, state: "scheduled", scheduled_for: at.toISOString() };
    return budi("POST", `/submissions/${id}/publications`, scheduled);
  };
  const attempt = async (id, channel) => {
    const publication = await schedule(id, channel, clock.now);
    const address = `/submissions/${id}/publications/${publication.id}/attempts`;
    const { number, fence } = await office("POST", address, {});
    return (more) => office("PUT", `${address}/${number}`, { fence, ...more });
  };

  const troubled = await approved(
    {
      ...{ title: "Posyandu Remaja Dibuka di Desa Wanasari", slug: "posyandu-remaja", category: "kesehatan" },
      photos: photos.slice(0, 2),
    },
    ["web", "facebook", "instagram", "x"],
  );
  const web = await attempt(troubled, "web");
  await web({ intent: { slug: "kominfo-1" } });
  const link = `https://${site}/2026/11/posyandu-remaja/`;
  await web({ outcome: { state: "published", url: link, remote_id: "4711" } });
  const facebook = await attempt(troubled, "facebook");
  const reason = "Error validating access token: Session has expired on Monday, 23-Nov-26 10:00:00 PST.";
  await facebook({ outcome: { state: "failed", code: "190/463", reason } });
  const instagram = await attempt(troubled, "instagram");
  await instagram({ intent: { container: "1" } });
  clock.now = new Date(clock.now.getTime() + 20 * minute);
  const x = await attempt(troubled, "x");
  await x({ intent: { text: "1" } });

  const planned = await approved(
    {
      ...{ title: "Kerja Bakti Serentak Jelang Musim Hujan", slug: "kerja-bakti", category: "lingkungan" },
      photos: photos.slice(1),
    },
    ["web", "facebook", "instagram"],
  );
  const noon = new Date(start.getTime() + 140 * minute);
  await schedule(planned, "web", noon);
  const ready = await approved(
    {
      ...musrenbang,
      ...{ title: "Hasil Musrenbang Cibitung: Jalan Lingkungan dan Drainase Diutamakan", photos },
      body: "CIBITUNG – Jalan lingkungan dan drainase menjadi usulan terbanyak dalam Musrenbang Kecamatan Cibitung.\n\nDari 112 usulan yang masuk, 40 disepakati sebagai prioritas.",
    },
    ["web", "facebook", "instagram", "x"],
  );
  await announce("facebook", accounts[1][1], accounts[1][2], { paused: { code: "190/463" } });
  clock.now = start;
  return { planned, troubled, ready };
}
