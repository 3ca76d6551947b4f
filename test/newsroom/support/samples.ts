import { randomUUID } from "node:crypto";
import type { Content } from "../../../src/contract/contract.js";
import { type EndpointName, endpoints } from "../../../src/contract/endpoints/endpoints.js";
import type { Role } from "../../../src/contract/lifecycle.js";
import { addPerson } from "../../../src/newsroom/local-people.js";
import { type ApiRequest, ask, urlOf } from "./api.js";
import { as, cibitung, content, jpeg, photo, type TestNewsroom, uploadPhoto } from "./newsroom.js";

type Client = ReturnType<typeof as>;

/** The people and things that the requests below are about. */
export interface Scene {
  newsroom: TestNewsroom;
  admin: Client;
  adminToken: string;
  editor: Client;
  operator: Client;
  operatorToken: string;
  /** Hash of a photo of Cibitung, which is in its album "panen". */
  ours: string;
  /** Lets somebody in, with a token. */
  person(
    role: Role,
    kecamatan?: string,
    expires_at?: string,
  ): Promise<{ user: { id: string }; token: string }>;
}

/** @param newsroom with rates that no test reaches */
export async function setScene(newsroom: TestNewsroom): Promise<Scene> {
  const adminToken = await newsroom.token("admin");
  const admin = as(newsroom, adminToken);
  // In the data folder: a token over the API makes no admin, and no token for an editor.
  const person: Scene["person"] = async (role, kecamatan, expires_at) => {
    const wanted = { name: `${role} ${randomUUID()}`, role, token: true };
    const place = role === "operator" ? { kecamatan: kecamatan ?? cibitung } : {};
    const until = expires_at ? { expires_at } : {};
    const { user, token = "" } = await addPerson(
      newsroom.place,
      { ...wanted, ...place, ...until },
      newsroom.clock.now,
    );
    return { user, token };
  };
  const operatorToken = (await person("operator")).token;
  const operator = as(newsroom, operatorToken);
  const ours = await uploadPhoto(newsroom, operatorToken, await jpeg(1));
  await operator.put(`/albums/${cibitung}/panen`, { photos: [{ sha256: ours, filename: "a.jpg" }] });
  const editor = as(newsroom, (await person("editor")).token);
  return { newsroom, admin, adminToken, editor, operator, operatorToken, ours, person };
}

/** Makes a request; what it needs is made before. @param caller the sender: a role, or more */
export type Sample = (caller: string, token: string | undefined) => Promise<Omit<ApiRequest, "method">>;

/** Headers of a request that is made once, and of one about the first revision. */
export const key = () => ({ "idempotency-key": randomUUID() });
export const first = { "if-match": '"r1"' };
const approval = { destinations: ["kabupaten"], channels: ["web"] };
/** Account of a website: its host. */
const website = "cibitung.bekasikab.example:8443";

/** A request of each endpoint that is right in everything but, perhaps, who sends it. A new endpoint needs one to compile. */
export function samplesOf(scene: Scene) {
  const { newsroom, admin, editor, operator, operatorToken, ours, person } = scene;
  async function approved(changes: Partial<Content> = {}): Promise<string> {
    const id = await operator.submit(changes);
    await editor.post(`/submissions/${id}/transitions`, { step: "claim" });
    await editor.post(`/submissions/${id}/transitions`, { step: "approve", approval }, first);
    return id;
  }

  /** A planned publication on the website of Cibitung, which anybody there may send. */
  async function planned(): Promise<{ id: string; publication: string }> {
    const id = await operator.submit();
    await editor.post(`/submissions/${id}/transitions`, { step: "claim" });
    const ofKecamatan = { ...approval, destinations: ["kecamatan"] };
    await editor.post(`/submissions/${id}/transitions`, { step: "approve", approval: ofKecamatan }, first);
    const { url, body } = await requests.announceOutlet("operator", undefined);
    await operator.put(url, body);
    const wanted = { channel: "web", account: website, state: "planned" };
    const made = await editor.post(`/submissions/${id}/publications`, wanted);
    return { id, publication: made.body.id };
  }

  async function begunUpload(token: string | undefined): Promise<string> {
    const { url, headers } = await requests.createUpload("operator", token);
    const answer = await ask(newsroom, token, { method: "POST", url, headers: headers! });
    return answer.headers.get("location")?.split("/").at(-1) ?? randomUUID();
  }

  const plain =
    (name: EndpointName, params: Record<string, string> = {}): Sample =>
    async () => ({ url: urlOf(endpoints[name], params) });
  const ofSubmission =
    (name: EndpointName, body?: unknown, headers?: Record<string, string>): Sample =>
    async (caller) => ({
      // A publisher finds nothing but what is approved.
      url: urlOf(endpoints[name], {
        id: await (caller === "publisher" ? approved() : operator.submit()),
        number: "1",
      }),
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

  const requests: Record<EndpointName, Sample> = {
    readService: plain("readService"),
    readSettings: plain("readSettings"),
    updateSettings: async () => ({ url: "/settings", body: { dateline: "CIKARANG" } }),
    readChanges: async () => ({ url: "/changes?since=0" }),
    readAudit: async () => ({ url: "/audit?limit=5" }),
    weeklyReport: async () => ({ url: "/reports/weekly?week=2026-W47" }),
    redact: async () => ({
      url: "/redactions",
      body: {
        submission: await operator.submit(),
        revision: 1,
        reason: "Diminta",
        legal_basis: "UU 27/2022",
      },
    }),
    checkActivation: async () => {
      const { body } = await admin.post("/users", { name: "Baru", role: "editor" });
      return { url: "/activations/check", body: { code: body.activation_code } };
    },
    activate: async () => {
      const { body } = await admin.post("/users", { name: "Baru", role: "editor" });
      return { url: "/activations", body: { code: body.activation_code, device: "laptop" } };
    },
    readMe: plain("readMe"),
    rotateToken: plain("rotateToken"),
    endToken: plain("endToken"),
    issueOwnLink: plain("issueOwnLink"),
    listUsers: plain("listUsers"),
    addUser: async () => ({ url: "/users", body: { name: "Baru", role: "editor" } }),
    issueLogin: ofPerson("issueLogin", {}),
    issueLink: async () => ({
      url: urlOf(endpoints.issueLink, { id: (await person("editor")).user.id }),
    }),
    listUserTokens: ofPerson("listUserTokens"),
    endUserToken: async () => {
      const { user } = await person("editor");
      const { body } = await admin.get(`/users/${user.id}/tokens`);
      return { url: urlOf(endpoints.endUserToken, { id: user.id, token: body.items[0].id }) };
    },
    revokeUser: ofPerson("revokeUser"),
    suspendUser: ofPerson("suspendUser"),
    resumeUser: async () => {
      const { user } = await person("operator");
      await admin.post(`/users/${user.id}/suspend`, {});
      return { url: urlOf(endpoints.resumeUser, { id: user.id }) };
    },
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
    requestTakeDown: async () => {
      const id = await approved();
      const made = await editor.post(`/submissions/${id}/publications`, {
        channel: "web",
        state: "published",
      });
      return {
        url: `/submissions/${id}/publications/${made.body.id}/take-down`,
        body: { cause: "mistake", reason: "Keliru" },
      };
    },
    grantAttempt: async () => ({ url: urlOf(endpoints.grantAttempt, await planned()), body: {} }),
    updateAttempt: async () => {
      const address = await planned();
      const { body } = await operator.post(urlOf(endpoints.grantAttempt, address), {});
      return {
        url: urlOf(endpoints.updateAttempt, { ...address, number: body.number }),
        body: { fence: body.fence },
      };
    },
    readRenderings: ofSubmission("readRenderings"),
    queryPublications: async () => ({ url: "/publications?state=planned" }),
    listOutlets: plain("listOutlets"),
    announceOutlet: async () => ({
      url: urlOf(endpoints.announceOutlet, { channel: "web", account: website }),
      body: { label: "Situs Cibitung", destination: "kecamatan", kecamatan: cibitung, mode: "publish" },
    }),
    decideOutlet: async () => {
      const { url, body } = await requests.announceOutlet("operator", undefined);
      await operator.put(url, body);
      return {
        url: `${url}/decision`,
        body: { destination: "kecamatan", kecamatan: cibitung, reason: "Tetap" },
      };
    },
    knownPhotos: async () => ({ url: "/photos/known", body: { sha256: [ours] } }),
    readPhoto: async (caller) => {
      if (caller === "publisher") await approved({ photos: [photo(ours)] });
      return { url: `/photos/${ours}` };
    },
    listPhotoPublications: async () => ({ url: `/photos/${ours}/publications` }),
    listAlbums: async () => ({ url: `/albums?kecamatan=${cibitung}` }),
    readAlbum: plain("readAlbum", { kecamatan: cibitung, slug: "panen" }),
    putAlbum: async () => ({ url: `/albums/${cibitung}/panen`, body: { title: "Panen", photos: [] } }),
    uploadOptions: plain("uploadOptions"),
    createUpload: async () => {
      const metadata = { sha256: "a".repeat(64), filename: "a.jpg", type: "image/jpeg" };
      const encoded = Object.entries(metadata).map(([name, value]) => `${name} ${btoa(value)}`);
      return {
        url: "/uploads",
        headers: { ...tus, "upload-length": "9", "upload-metadata": encoded.join() },
      };
    },
    readUpload: ofUpload("readUpload"),
    continueUpload: ofUpload(
      "continueUpload",
      { "upload-offset": "0", "content-type": "application/offset+octet-stream" },
      Buffer.from("1234"),
    ),
    removeUpload: ofUpload("removeUpload"),
  };
  return { requests, approved };
}
