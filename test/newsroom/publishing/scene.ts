import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { Content } from "../../../src/contract/contract.js";
import { as, cibitung, setu, startNewsroom, type TestNewsroom } from "../support/newsroom.js";

type Client = ReturnType<typeof as>;

/** The kecamatan's website, the kabupaten's, and another kecamatan's. */
export const site = "cibitung.example.go.id:8443";
export const kabupaten = "bekasikab.example.go.id";
export const siteOfSetu = "setu.example.go.id";

export const minute = 60_000;
export const hour = 60 * minute;

export interface Scene {
  newsroom: TestNewsroom;
  operator: Client;
  colleague: Client;
  neighbour: Client;
  editor: Client;
  admin: Client;
  publisher: Client;
  operatorToken: string;
  /** A submission whose newest revision is approved. */
  approved(changes?: Partial<Content>, approval?: Partial<Approval>): Promise<string>;
  /** Approves a correction of it. */
  correct(id: string, revision: number, approval?: Partial<Approval>): Promise<void>;
  /** A planned publication; its address below /api/v1. */
  planned(id: string, more?: object): Promise<string>;
  /** Moves the newsroom's clock. */
  pass(ms: number): void;
  remove(): Promise<void>;
}

export interface Approval {
  destinations: string[];
  channels: string[];
  not_before: string;
}

export async function setScene(): Promise<Scene> {
  const newsroom = await startNewsroom({ token_per_minute: 1_000_000, activations_per_minute: 1000 });
  const operatorToken = await newsroom.token("operator");
  const client = async (role: Parameters<TestNewsroom["token"]>[0], kecamatan?: string) =>
    as(newsroom, await newsroom.token(role, kecamatan));
  const operator = as(newsroom, operatorToken);
  const editor = await client("editor");
  const scene: Scene = {
    newsroom,
    operator,
    operatorToken,
    colleague: await client("operator"),
    neighbour: await client("operator", setu),
    editor,
    admin: await client("admin"),
    publisher: await client("publisher"),
    async approved(changes = {}, approval = {}) {
      const id = await operator.submit(changes);
      await editor.post(`/submissions/${id}/transitions`, { step: "claim" });
      await approve(id, 1, approval);
      return id;
    },
    async correct(id, revision, approval = {}) {
      const at = `/submissions/${id}`;
      const { content } = (await operator.get(at)).body;
      const corrected = { content: { ...content, body: `Ralat ${revision}.` } };
      const sent = await operator.put(at, corrected, { "if-match": `"r${revision - 1}"` });
      expect([sent.status, sent.body.state]).toEqual([200, "submitted"]);
      await editor.post(`${at}/transitions`, { step: "claim" });
      await approve(id, revision, approval);
    },
    async planned(id, more = {}) {
      const wanted = { channel: "web", account: site, state: "planned", ...more };
      const answer = await editor.post(`/submissions/${id}/publications`, wanted);
      expect([200, 201], JSON.stringify(answer.body)).toContain(answer.status);
      return `/submissions/${id}/publications/${answer.body.id}`;
    },
    pass(ms) {
      newsroom.clock.now = new Date(newsroom.clock.now.getTime() + ms);
    },
    remove: () => newsroom.remove(),
  };
  async function approve(id: string, revision: number, more: Partial<Approval> = {}) {
    const approval = { destinations: ["kecamatan", "kabupaten"], channels: ["web", "x"], ...more };
    const headers = { "if-match": `"r${revision}"` };
    const answer = await editor.post(
      `/submissions/${id}/transitions`,
      { step: "approve", approval },
      headers,
    );
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  }
  await announce(editor, site, { kecamatan: cibitung });
  await announce(editor, siteOfSetu, { kecamatan: setu });
  await announce(editor, kabupaten, { destination: "kabupaten" });
  // The office's machine has the logins of both.
  await announce(scene.publisher, site, { kecamatan: cibitung });
  await announce(scene.publisher, kabupaten, { destination: "kabupaten" });
  return scene;
}

/** Announces an account, of a website where nothing else is said. */
export function announce(client: Client, account: string, more: object = {}, channel = "web") {
  const outlet = { label: account, destination: "kecamatan", mode: "publish", ...more };
  return client.put(`/outlets/${channel}/${encodeURIComponent(account)}`, outlet);
}

/** Grants an attempt. @param address of the publication */
export function grant(client: Client, address: string, body: object = {}, key?: string) {
  return client.post(`${address}/attempts`, body, key === undefined ? {} : { "idempotency-key": key });
}

/** An attempt that somebody has got: its requests. */
export async function granted(client: Client, address: string, body: object = {}) {
  const answer = await grant(client, address, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return attemptOf(client, address, answer.body);
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
export function attemptOf(client: Client, address: string, attempt: any) {
  const put = (more: object) =>
    client.put(`${address}/attempts/${attempt.number}`, { fence: attempt.fence, ...more });
  return {
    ...attempt,
    renew: () => put({}),
    intend: (intent: object = { slug: "kominfo-1" }) => put({ intent }),
    tell: (state: string, more: object = {}) => put({ outcome: { state, ...more } }),
    put,
  };
}

/** The publication as it is now. */
export async function read(client: Client, address: string) {
  const [, , id, , publication] = address.split("/");
  const { items } = (await client.get(`/submissions/${id}/publications`)).body;
  return items.find((item: { id: string }) => item.id === publication);
}

/** Status and detail of a refusal. */
export const why = ({ status, body }: { status: number; body: { detail?: string } }) => [status, body.detail];

export const uuid = randomUUID;
