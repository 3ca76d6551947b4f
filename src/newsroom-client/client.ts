import type { z } from "zod";
import * as wire from "../contract/contract.js";
import { failed, KominfoError } from "../errors/errors.js";
import { createSharedAgent } from "../http/agent.js";
import { createHttp, type HttpRequest } from "../http/client.js";
import type { OnWait } from "../http/retry.js";
import { createByteSender } from "../http/stream.js";
import type { Language } from "../text/language.js";
import { downloadPhoto } from "./download.js";
import { notNewsroom, problemOf } from "./problems.js";
import type { NewsroomClient, OutletAddress, PreparedSubmission, PublicationAddress } from "./types.js";
import { type UploadConnection, uploadPhoto } from "./upload.js";

interface NewsroomClientOptions {
  origin: string;
  /** Absent before login. */
  token?: string;
  /** Version of kominfo; the newsroom refuses clients that are too old. */
  version: string;
  language: Language;
  signal: AbortSignal;
  onRequest?: (line: string) => void;
  /** The time by this computer's clock, for certificates that are not valid at it. */
  now?: () => Date;
  /** Called before anything is tried again, but for what has its own (`UploadOptions`). */
  onWait?: OnWait;
}

/** Maximum pages of one list: more than any newsroom has, so that a broken one cannot keep the client in a loop. */
const maxPages = 100;

/** Creates a client of a newsroom. Every answer is validated against the contract. Throws `proxy-invalid` (exit 2). */
export function createNewsroomClient(options: NewsroomClientOptions): NewsroomClient {
  const { origin } = options;
  const headers: Record<string, string> = {
    accept: "application/json",
    "accept-language": options.language,
    [wire.clientHeader]: options.version,
    ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
  };
  const { signal, onRequest, now, onWait } = options;
  const agent = createSharedAgent(origin);
  /** The newsroom itself has answered: it is at this address. */
  let hasAnswered = false;
  const http = createHttp({ origin, headers, signal, onRequest, agent, now, neverRedirects: true, onWait });

  /**
   * @param rest.submission id of the submission, for error messages
   * @param rest.feature what an older newsroom does not serve: its "not found" says nothing about the thing that was asked for
   */
  async function call<T extends z.ZodType>(
    shape: T,
    method: HttpRequest["method"],
    path: string,
    rest: {
      json?: unknown;
      headers?: Record<string, string>;
      submission?: string;
      sends?: boolean;
      outlet?: OutletAddress;
      feature?: wire.ServiceFeature;
    } = {},
  ): Promise<z.infer<T>> {
    const answer = await http({
      method,
      path: wire.apiPath + path,
      headers: rest.headers,
      json: rest.json === undefined ? undefined : JSON.stringify(rest.json),
    });
    hasAnswered ||= answer.type === "application/problem+json";
    if (answer.status < 200 || answer.status >= 300) {
      const isMissing = answer.status === 404 || answer.status === 405;
      if (rest.feature && isMissing && !(await serves(rest.feature))) {
        throw failed("newsroom-outdated", { origin });
      }
      throw problemOf(answer, { origin, isThere: hasAnswered, ...rest });
    }
    const read = shape.safeParse(answer.body);
    // Where it has nothing to say it says that with 204: an empty page is somebody else's.
    const isPage = answer.body === undefined && (answer.status !== 204 || answer.type !== "");
    if (!read.success || isPage) throw notNewsroom(answer, origin);
    hasAnswered = true;
    return read.data;
  }

  /** Whether the newsroom names this feature. Without a description of itself it is taken to serve it. */
  async function serves(feature: wire.ServiceFeature): Promise<boolean> {
    const answer = await http({ method: "GET", path: `${wire.apiPath}/` });
    const described = wire.service.safeParse(answer.body);
    return !described.success || described.data.features.includes(feature);
  }

  /** Error for a list with more than `maxPages` pages. */
  const tooManyPages = () => failed("newsroom-not-there", { origin, status: 200, type: "application/json" });
  const submissionPath = (id: string) => `/submissions/${encodeURIComponent(id)}`;
  const publicationPath = ({ submission, publication }: PublicationAddress) =>
    `${submissionPath(submission)}/publications/${encodeURIComponent(publication)}`;
  const readAllPages = async <T extends z.ZodType>(
    shape: T,
    path: string,
    submission?: string,
    filter: Readonly<Record<string, string>> = {},
    feature?: wire.ServiceFeature,
  ) => {
    const items: z.infer<T>[] = [];
    let cursor: string | null = "";
    for (let pages = 0; cursor !== null; pages += 1) {
      if (pages === maxPages) throw tooManyPages();
      const query = new URLSearchParams({ ...filter, ...(cursor && { cursor }) }).toString();
      const page: { items: z.infer<T>[]; next_cursor: string | null } = await call(
        wire.page(shape),
        "GET",
        query === "" ? path : `${path}?${query}`,
        { submission, feature },
      );
      items.push(...page.items);
      cursor = page.next_cursor;
    }
    return items;
  };

  async function findKnownPhotos(sha256: readonly string[]): Promise<Set<string>> {
    const answer = await call(wire.knownAnswer, "POST", "/photos/known", { json: { sha256 } });
    return new Set(answer.sha256);
  }
  const connection: UploadConnection = {
    origin,
    headers,
    send: createByteSender({ origin, onRequest, agent, now }),
    isThere: () => hasAnswered,
    hasPhoto: async (sha256) => (await findKnownPhotos([sha256])).has(sha256),
    bytesPerMs: 0,
    signal,
    onWait,
  };

  return {
    origin,
    service: () => call(wire.service, "GET", "/"),
    me: () => call(wire.me, "GET", "/me"),
    activate: (code, device) => call(wire.issuedToken, "POST", "/activations", { json: { code, device } }),
    checkCode: (code) => call(wire.nothing, "POST", "/activations/check", { json: { code } }),
    endLogin: () => call(wire.nothing, "DELETE", "/me/token"),
    send: (prepared) => {
      const { method, path, json, headers: extra } = requestOf(prepared);
      return call(wire.submission, method, path, { json, headers: extra, submission: prepared.update?.id });
    },
    submission: (id) => call(wire.submission, "GET", submissionPath(id), { submission: id }),
    submissions: (query) => call(wire.page(wire.submissionSummary), "GET", `/submissions${searchOf(query)}`),
    revision: (id, number) =>
      call(wire.revision, "GET", `${submissionPath(id)}/revisions/${number}`, { submission: id }),
    revisions: (id) => readAllPages(wire.revisionSummary, `${submissionPath(id)}/revisions`, id),
    comments: (id) => readAllPages(wire.comment, `${submissionPath(id)}/comments`, id),
    comment: (id, body, key) =>
      call(wire.comment, "POST", `${submissionPath(id)}/comments`, {
        json: { body },
        headers: { "idempotency-key": key },
        submission: id,
      }),
    redactions: (id) => readAllPages(wire.redaction, `${submissionPath(id)}/redactions`, id),
    history: (id) => readAllPages(wire.transition, `${submissionPath(id)}/transitions`, id),
    step: (id, request, revision) =>
      call(wire.submission, "POST", `${submissionPath(id)}/transitions`, {
        json: request,
        headers: revision === undefined ? {} : { "if-match": etagOf(revision) },
        submission: id,
      }),
    record: (id, { channel, url }) =>
      call(wire.publication, "POST", `${submissionPath(id)}/publications`, {
        json: { channel, url, state: "published" },
        submission: id,
      }),
    planPublication: (id, plan) =>
      call(wire.publication, "POST", `${submissionPath(id)}/publications`, { json: plan, submission: id }),
    changePublication: (address, change) =>
      call(wire.publication, "PUT", publicationPath(address), {
        json: change,
        submission: address.submission,
      }),
    askForTakeDown: (address, request) =>
      call(wire.publication, "POST", `${publicationPath(address)}/take-down`, {
        json: request,
        submission: address.submission,
        sends: true,
        feature: "take_down",
      }),
    publications: (query) =>
      readAllPages(wire.listedPublication, "/publications", undefined, query, "publishing"),
    grantAttempt: (address, { key, again = false }) =>
      call(wire.grantedAttempt, "POST", `${publicationPath(address)}/attempts`, {
        json: { again },
        headers: { "idempotency-key": key },
        submission: address.submission,
        sends: true,
        feature: "publishing",
      }),
    updateAttempt: (address, number, update) =>
      call(wire.attempt, "PUT", `${publicationPath(address)}/attempts/${number}`, {
        json: update,
        submission: address.submission,
        sends: true,
      }),
    renderings: (id, revision) =>
      call(
        wire.renderings,
        "GET",
        `${submissionPath(id)}/renderings${searchOf({ revision: revision?.toString() })}`,
        { submission: id, feature: "publishing" },
      ),
    outlets: () => readAllPages(wire.outlet, "/outlets", undefined, {}, "publishing"),
    announceOutlet: ({ channel, account }, outlet) =>
      call(wire.outlet, "PUT", outletPath({ channel, account }), {
        json: outlet,
        outlet: { channel, account },
        feature: "publishing",
      }),
    decideOutlet: (address, decision) =>
      call(wire.outlet, "POST", `${outletPath(address)}/decision`, {
        json: decision,
        outlet: address,
        feature: "accounts",
      }),
    findKnownPhotos,
    upload: (photo, memory, how) => uploadPhoto(connection, photo, memory, how),
    photoPublications: (sha256) =>
      readAllPages(
        wire.outPublication,
        `/photos/${sha256}/publications`,
        undefined,
        {},
        "photo_publications",
      ).catch((error: unknown) => {
        const isUnknown = error instanceof KominfoError && error.code === "submission-not-found";
        throw isUnknown ? failed("photo-unknown-there", { sha256 }) : error;
      }),
    photo: (sha256, of = signal) => downloadPhoto({ ...connection, signal: of }, sha256),
    putAlbum: (kecamatan, slug, album) =>
      call(wire.albumSummary, "PUT", albumPath(kecamatan, slug), { json: album }),
    async album(kecamatan, slug) {
      let { next_cursor, ...album } = await call(wire.album, "GET", albumPath(kecamatan, slug));
      for (let pages = 1; next_cursor !== null; pages += 1) {
        if (pages === maxPages) throw tooManyPages();
        const query = `?cursor=${encodeURIComponent(next_cursor)}`;
        const page = await call(wire.album, "GET", albumPath(kecamatan, slug) + query);
        album.photos.push(...page.photos);
        next_cursor = page.next_cursor;
      }
      return album;
    },
    users: () => readAllPages(wire.user, "/users"),
    addUser: (user) => call(wire.createdUser, "POST", "/users", { json: user }),
    renewCode: (id) =>
      call(wire.createdUser, "POST", `/users/${encodeURIComponent(id)}/logins`, { json: { token: false } }),
    ownDeskLink: () => call(wire.loginLink, "POST", "/me/desk-link"),
    loginLink: (id) => call(wire.loginLink, "POST", `/users/${encodeURIComponent(id)}/links`),
    userTokens: (id) =>
      call(wire.personTokens, "GET", `/users/${encodeURIComponent(id)}/tokens`, { feature: "user_tokens" }),
    endUserToken: (id, token) =>
      call(wire.nothing, "DELETE", `/users/${encodeURIComponent(id)}/tokens/${encodeURIComponent(token)}`),
    changeUser: (id, change) => call(wire.user, "POST", `/users/${encodeURIComponent(id)}/${change}`),
  };
}

function outletPath({ channel, account }: OutletAddress): string {
  return `/outlets/${encodeURIComponent(channel)}/${encodeURIComponent(account)}`;
}

function requestOf(prepared: PreparedSubmission) {
  const { content, message, update, key } = prepared;
  const headers: Record<string, string> = { "idempotency-key": key };
  if (!update) return { method: "POST" as const, path: "/submissions", json: { content, message }, headers };
  return {
    method: "PUT" as const,
    path: `/submissions/${encodeURIComponent(update.id)}`,
    json: { content, message, submit: update.resubmit },
    headers: { ...headers, "if-match": etagOf(update.revision) },
  };
}

/** The query of a request, with what is given of it. */
function searchOf(query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length > 0 ? `?${new URLSearchParams(given)}` : "";
}

function albumPath(kecamatan: string, slug: string): string {
  return `/albums/${encodeURIComponent(kecamatan)}/${encodeURIComponent(slug)}`;
}

function etagOf(revision: number): string {
  return `"r${revision}"`;
}
