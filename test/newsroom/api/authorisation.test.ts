import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Endpoint } from "../../../src/contract/endpoints/endpoint.js";
import { type EndpointName, endpoints, everyEndpoint } from "../../../src/contract/endpoints/endpoints.js";
import { type Role, roles } from "../../../src/contract/roles.js";
import { ask } from "../support/api.js";
import {
  cibitung,
  content,
  jpeg,
  photo,
  setu,
  startNewsroom,
  type TestNewsroom,
  uploadPhoto,
} from "../support/newsroom.js";
import { first, key, type Scene, samplesOf, setScene } from "../support/samples.js";

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
  "viewer",
  "publisher",
  "suspended operator",
  "revoked editor",
  "expired admin",
  "suspended publisher",
] as const;
type CallerName = (typeof callers)[number];
const inactive: readonly CallerName[] = [
  "suspended operator",
  "revoked editor",
  "expired admin",
  "suspended publisher",
];

let scene: Scene;
let newsroom: TestNewsroom;
let operator: Scene["operator"];
let editor: Scene["editor"];
let requests: ReturnType<typeof samplesOf>["requests"];
let approved: ReturnType<typeof samplesOf>["approved"];
/** Hashes of a photo of Cibitung, and of one of Setu. */
let ours: string;
let theirs: string;
const tokens = {} as Record<CallerName, string | undefined>;

beforeAll(async () => {
  newsroom = await startNewsroom({ token_per_minute: 100_000, activations_per_minute: 1000 });
  scene = await setScene(newsroom);
  ({ operator, editor, ours } = scene);
  ({ requests, approved } = samplesOf(scene));
  for (const name of callers) tokens[name] = await tokenFor(name);
  tokens.operator = scene.operatorToken;
  theirs = await uploadPhoto(newsroom, tokens["operator of another kecamatan"]!, await jpeg(2));
}, 60_000);
afterAll(() => newsroom.remove());

const roleOf = (name: CallerName) => roles.find((role) => name.split(" ").includes(role));

async function tokenFor(name: CallerName): Promise<string | undefined> {
  if (name === "nobody") return undefined;
  const role = (roleOf(name) ?? "admin") as Role;
  const past = new Date(newsroom.clock.now.getTime() - 1000).toISOString();
  const made = await scene.person(
    role,
    name === "operator of another kecamatan" ? setu : cibitung,
    name === "expired admin" ? past : undefined,
  );
  if (name.startsWith("suspended")) await scene.admin.post(`/users/${made.user.id}/suspend`, {});
  if (name === "revoked editor") await scene.admin.post(`/users/${made.user.id}/revoke`, {});
  return made.token;
}

const problemStatus = { "not-found": 404, forbidden: 403, invalid: 422 } as const;

/** What the declaration promises a caller. */
function expected({ roles, foreign }: Endpoint, caller: CallerName): "answer" | number {
  if (roles === null) return "answer";
  if (caller === "nobody" || inactive.includes(caller)) return 401;
  const role = roleOf(caller) as Role;
  if (!roles.includes(role)) return 403;
  if (caller === "operator of another kecamatan" && foreign && foreign !== "nothing") {
    return problemStatus[foreign];
  }
  return "answer";
}

/** Who is admitted where. A role that is not named is refused, and an endpoint that is not named fails here. */
const admitted: Record<EndpointName, "anybody" | string> = {
  activate: "anybody",
  checkActivation: "anybody",
  readService: "anybody",
  readSettings: "anybody",
  ...named("operator editor admin viewer publisher", ["readMe", "rotateToken", "endToken", "readPhoto"]),
  ...named("operator editor admin viewer publisher", ["listSubmissions", "readSubmission"]),
  ...named("operator editor admin viewer publisher", ["listRevisions", "readRevision", "listPublications"]),
  ...named("operator editor admin viewer publisher", ["readRenderings"]),
  ...named("operator editor admin viewer", ["listTransitions", "listComments"]),
  listRedactions: "operator editor admin viewer publisher",
  ...named("operator editor admin viewer", ["listPhotoPublications"]),
  ...named("operator editor admin viewer", ["readChanges", "weeklyReport"]),
  ...named("operator editor admin", ["addPublication", "changePublication"]),
  ...named("operator editor admin", ["requestTakeDown"]),
  ...named("operator editor admin publisher", ["grantAttempt", "updateAttempt", "announceOutlet"]),
  ...named("operator editor admin viewer publisher", ["readRenderings", "queryPublications", "listOutlets"]),
  ...named("editor admin", ["decideOutlet"]),
  ...named("operator editor admin", ["reviseSubmission", "takeStep", "addComment", "knownPhotos"]),
  ...named("operator editor admin", ["listAlbums", "readAlbum", "putAlbum", "uploadOptions"]),
  ...named("operator editor admin", ["createUpload", "readUpload", "continueUpload", "removeUpload"]),
  ...named("operator", ["createSubmission", "issueOwnLink"]),
  ...named("admin", ["updateSettings", "redact", "listUsers", "addUser", "issueLogin", "issueLink"]),
  readAudit: "admin",
  ...named("admin", ["listUserTokens", "endUserToken"]),
  ...named("admin", ["revokeUser", "suspendUser", "resumeUser"]),
};

function named<N extends EndpointName>(who: string, names: readonly N[]): Record<N, string> {
  return Object.fromEntries(names.map((name) => [name, who])) as Record<N, string>;
}

test.each(everyEndpoint)("%s admits whom it should, and nobody else", (name, { roles: admits }) => {
  expect(admits?.join(" ") ?? "anybody").toBe(admitted[name]);
});

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
    const wanted = expected(endpoints.readChanges, caller);
    expect(answer.status).toBe(wanted === "answer" ? 200 : wanted);
  });
});
