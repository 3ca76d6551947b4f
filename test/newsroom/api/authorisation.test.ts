import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Endpoint } from "../../../src/contract/endpoints/endpoint.js";
import { type EndpointName, endpoints, everyEndpoint } from "../../../src/contract/endpoints/endpoints.js";
import type { Role } from "../../../src/contract/lifecycle.js";
import { type ApiRequest, ask, urlOf } from "../support/api.js";
import {
  as,
  cibitung,
  content,
  jpeg,
  photo,
  setu,
  startNewsroom,
  type TestNewsroom,
  uploadPhoto,
} from "../support/newsroom.js";

/*
 * Every endpoint that is declared, for everyone who may call it: which roles are admitted, and which problem the others get. A new
 * endpoint without a request here does not compile.
 */
const callers = [
  "nobody",
  "operator",
  "operator of another kecamatan",
  "editor",
  "admin",
  "suspended operator",
  "revoked editor",
  "expired admin",
] as const;
type CallerName = (typeof callers)[number];
const inactive: readonly CallerName[] = ["suspended operator", "revoked editor", "expired admin"];

let newsroom: TestNewsroom;
let admin: ReturnType<typeof as>;
let editor: ReturnType<typeof as>;
let operatorToken: string;
let operator: ReturnType<typeof as>;
/** Of Cibitung, and of Setu. */
let ours: string;
let theirs: string;
const tokens = {} as Record<CallerName, string | undefined>;

beforeAll(async () => {
  newsroom = await startNewsroom({ token_per_minute: 100_000, activations_per_minute: 1000 });
  admin = as(newsroom, await newsroom.token("admin"));
  for (const name of callers) tokens[name] = await tokenFor(name);
  operatorToken = tokens.operator!;
  operator = as(newsroom, operatorToken);
  editor = as(newsroom, tokens.editor);
  ours = await uploadPhoto(newsroom, operatorToken, await jpeg(1));
  theirs = await uploadPhoto(newsroom, tokens["operator of another kecamatan"]!, await jpeg(2));
  await operator.put(`/albums/${cibitung}/panen`, { photos: [{ sha256: ours, filename: "a.jpg" }] });
}, 60_000);
afterAll(() => newsroom.remove());

async function person(role: Role, kecamatan?: string, expires_at?: string) {
  const wanted = { name: `${role} ${randomUUID()}`, role, token: true };
  const place = role === "operator" ? { kecamatan: kecamatan ?? cibitung } : {};
  const { body } = await admin.post("/users", { ...wanted, ...place, ...(expires_at ? { expires_at } : {}) });
  return body as { user: { id: string }; token: string };
}

async function tokenFor(name: CallerName): Promise<string | undefined> {
  if (name === "nobody") return undefined;
  const role = (/operator|editor|admin/.exec(name)?.[0] ?? "admin") as Role;
  const past = new Date(newsroom.clock.now.getTime() - 1000).toISOString();
  const made = await person(
    role,
    name === "operator of another kecamatan" ? setu : cibitung,
    name === "expired admin" ? past : undefined,
  );
  if (name === "suspended operator") await admin.post(`/users/${made.user.id}/suspend`, {});
  if (name === "revoked editor") await admin.post(`/users/${made.user.id}/revoke`, {});
  return made.token;
}

const key = () => ({ "idempotency-key": randomUUID() });
const first = { "if-match": '"r1"' };
const approval = { destinations: ["kabupaten"], channels: ["web"] };

async function approved(): Promise<string> {
  const id = await operator.submit();
  await editor.post(`/submissions/${id}/transitions`, { step: "claim" });
  await editor.post(`/submissions/${id}/transitions`, { step: "approve", approval }, first);
  return id;
}

async function begunUpload(token: string | undefined): Promise<string> {
  const { url, headers } = await requests.createUpload("operator", token);
  const answer = await ask(newsroom, token, { method: "POST", url, headers: headers! });
  return answer.headers.get("location")?.split("/").at(-1) ?? randomUUID();
}

type Sample = (caller: CallerName, token: string | undefined) => Promise<Omit<ApiRequest, "method">>;
const plain =
  (name: EndpointName, params: Record<string, string> = {}): Sample =>
  async () => ({ url: urlOf(endpoints[name], params) });
const ofSubmission =
  (name: EndpointName, body?: unknown, headers?: Record<string, string>): Sample =>
  async () => ({
    url: urlOf(endpoints[name], { id: await operator.submit(), number: "1" }),
    ...(body === undefined ? {} : { body }),
    ...(headers ? { headers } : {}),
  });
const ofPerson =
  (name: EndpointName, body?: unknown): Sample =>
  async () => ({
    url: urlOf(endpoints[name], { id: (await person("operator")).user.id }),
    ...(body === undefined ? {} : { body }),
  });
const tus = { "tus-resumable": "1.0.0" };
/** An upload is visible to its owner only: each caller requests their own, or the operator's. */
const ofUpload =
  (name: EndpointName, more: Record<string, string> = {}, body?: Uint8Array): Sample =>
  async (caller, token) => {
    const isOwn = caller === "editor" || caller === "admin";
    const id = await begunUpload(isOwn ? token : operatorToken);
    return {
      url: urlOf(endpoints[name], { id }),
      headers: { ...tus, ...more },
      ...(body ? { body } : {}),
    };
  };

/** A request of each endpoint that is right in everything but, perhaps, who sends it. */
const requests: Record<EndpointName, Sample> = {
  readService: plain("readService"),
  readSettings: plain("readSettings"),
  updateSettings: async () => ({ url: "/settings", body: { dateline: "CIKARANG" } }),
  readChanges: async () => ({ url: "/changes?since=0" }),
  weeklyReport: async () => ({ url: "/reports/weekly?week=2026-W47" }),
  redact: async () => ({
    url: "/redactions",
    body: { submission: await operator.submit(), revision: 1, reason: "Diminta", legal_basis: "UU 27/2022" },
  }),
  activate: async () => {
    const { body } = await admin.post("/users", { name: "Baru", role: "editor" });
    return { url: "/activations", body: { code: body.activation_code, device: "laptop" } };
  },
  readMe: plain("readMe"),
  rotateToken: plain("rotateToken"),
  endToken: plain("endToken"),
  listUsers: plain("listUsers"),
  addUser: async () => ({ url: "/users", body: { name: "Baru", role: "editor" } }),
  issueLogin: ofPerson("issueLogin", {}),
  issueLink: async () => ({
    url: urlOf(endpoints.issueLink, { id: (await person("editor")).user.id }),
  }),
  revokeUser: ofPerson("revokeUser"),
  suspendUser: ofPerson("suspendUser"),
  resumeUser: ofPerson("resumeUser"),
  createSubmission: async () => ({ url: "/submissions", body: { content: content() }, headers: key() }),
  listSubmissions: plain("listSubmissions"),
  readSubmission: ofSubmission("readSubmission"),
  reviseSubmission: async (caller) => {
    const id = await operator.submit();
    if (caller !== "operator") await editor.post(`/submissions/${id}/transitions`, { step: "claim" });
    return { url: `/submissions/${id}`, body: { content: content({ body: "Lain." }) }, headers: first };
  },
  listRevisions: ofSubmission("listRevisions"),
  readRevision: ofSubmission("readRevision"),
  listTransitions: ofSubmission("listTransitions"),
  takeStep: async (caller) => ({
    url: `/submissions/${await operator.submit()}/transitions`,
    body: { step: caller === "editor" || caller === "admin" ? "claim" : "withdraw", reason: "Keliru" },
  }),
  listComments: ofSubmission("listComments"),
  addComment: ofSubmission("addComment", { body: "Siapa?" }),
  listRedactions: ofSubmission("listRedactions"),
  listPublications: ofSubmission("listPublications"),
  addPublication: async () => ({
    url: `/submissions/${await approved()}/publications`,
    body: { channel: "web", state: "published" },
  }),
  changePublication: async () => {
    const id = await approved();
    const made = await editor.post(`/submissions/${id}/publications`, { channel: "web", state: "planned" });
    return { url: `/submissions/${id}/publications/${made.body.id}`, body: { state: "published" } };
  },
  knownPhotos: async () => ({ url: "/photos/known", body: { sha256: [ours] } }),
  readPhoto: async () => ({ url: `/photos/${ours}` }),
  listAlbums: async () => ({ url: `/albums?kecamatan=${cibitung}` }),
  readAlbum: plain("readAlbum", { kecamatan: cibitung, slug: "panen" }),
  putAlbum: async () => ({ url: `/albums/${cibitung}/panen`, body: { title: "Panen", photos: [] } }),
  uploadOptions: plain("uploadOptions"),
  createUpload: async () => {
    const metadata = { sha256: "a".repeat(64), filename: "a.jpg", type: "image/jpeg" };
    const encoded = Object.entries(metadata).map(([name, value]) => `${name} ${btoa(value)}`);
    return { url: "/uploads", headers: { ...tus, "upload-length": "9", "upload-metadata": encoded.join() } };
  },
  readUpload: ofUpload("readUpload"),
  continueUpload: ofUpload(
    "continueUpload",
    { "upload-offset": "0", "content-type": "application/offset+octet-stream" },
    Buffer.from("1234"),
  ),
  removeUpload: ofUpload("removeUpload"),
};

const problemStatus = { "not-found": 404, forbidden: 403, invalid: 422 } as const;

/** What the declaration promises a caller. */
function expected({ roles, foreign }: Endpoint, caller: CallerName): "answer" | number {
  if (roles === null) return "answer";
  if (caller === "nobody" || inactive.includes(caller)) return 401;
  const role = /operator|editor|admin/.exec(caller)?.[0] as Role;
  if (!roles.includes(role)) return 403;
  if (caller === "operator of another kecamatan" && foreign && foreign !== "nothing") {
    return problemStatus[foreign];
  }
  return "answer";
}

describe.each(everyEndpoint)("%s", (name, endpoint) => {
  test.each(callers)("asked by: %s", async (caller) => {
    // Ending or renewing a login uses one that no other test needs.
    const spends = name === "endToken" || name === "rotateToken";
    const token = spends ? await tokenFor(caller) : tokens[caller];
    const request = await requests[name](caller, token);
    const answer = await ask(newsroom, token, { method: endpoint.method, ...request });
    const wanted = expected(endpoint, caller);
    if (wanted === "answer") expect(Object.keys(endpoint.answers)).toContain(String(answer.status));
    else expect(answer.status, JSON.stringify(answer.body)).toBe(wanted);
    if (caller === "operator of another kecamatan" && endpoint.foreign === "nothing") {
      expect(JSON.stringify(answer.body)).not.toContain(`"kecamatan":"${cibitung}"`);
      expect(JSON.stringify(answer.body)).not.toContain(ours);
    }
  });
});

describe("ids inside bodies", () => {
  const unknown = [422, "unknown"];
  const outcomeOf = (answer: { status: number; body: { errors: { detail: string }[] } }) => [
    answer.status,
    answer.body.errors[0]?.detail,
  ];

  test("another kecamatan's photo is unknown in a submission, a revision and an album", async () => {
    const stolen = { content: content({ photos: [photo(theirs)] }) };
    expect(outcomeOf(await operator.post("/submissions", stolen, key()))).toEqual(unknown);
    expect(outcomeOf(await operator.put(`/submissions/${await operator.submit()}`, stolen, first))).toEqual(
      unknown,
    );
    const photos = [{ sha256: theirs, filename: "a.jpg" }];
    expect(outcomeOf(await operator.put(`/albums/${cibitung}/curian`, { photos }))).toEqual(unknown);
    expect((await operator.post("/photos/known", { sha256: [theirs] })).body.sha256).toEqual([]);
    expect((await operator.get(`/photos/${theirs}`)).status).toBe(404);
  });

  test("a publication is found only under its own submission", async () => {
    const [one, other] = [await approved(), await approved()];
    const made = await editor.post(`/submissions/${one}/publications`, { channel: "web", state: "planned" });
    const address = `/submissions/${other}/publications/${made.body.id}`;
    expect((await editor.put(address, { state: "published" })).status).toBe(404);
  });
});

describe("the change feed as events", () => {
  test.each(callers)("asked by: %s", async (caller) => {
    const events = { accept: "text/event-stream" };
    const answer = await ask(newsroom, tokens[caller], { method: "GET", url: "/changes", headers: events });
    expect(answer.status).toBe(expected(endpoints.readChanges, caller) === "answer" ? 200 : 401);
  });
});
