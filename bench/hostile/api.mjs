// The most expensive requests of each endpoint of the API that its schema admits, and some that it refuses.
import { randomUUID } from "node:crypto";
import { limits } from "../../dist/contract/contract.js";
import { cibitung, photoOf } from "./scene.mjs";
import { bodies, contentOf, largeContent, wrongBodies } from "./texts.mjs";

const max = limits.page_items;
const reason = "Alasan <panjang> & lengkap. ".repeat(150).slice(0, 4000);
const key = () => ({ "idempotency-key": randomUUID() });
const tus = { "tus-resumable": "1.0.0" };
const bytesType = { "content-type": "application/offset+octet-stream" };
const metadataOf = (fields) =>
  Object.entries(fields)
    .map(([name, value]) => `${name} ${Buffer.from(value).toString("base64")}`)
    .join(",");

/** The upload of a photo in one request. */
export function uploadOf(as, { bytes, sha256 }) {
  const fields = { sha256, filename: "f".repeat(255), type: "image/jpeg" };
  const length = { "upload-length": String(bytes.length) };
  const headers = { ...tus, ...bytesType, ...length, "upload-metadata": metadataOf(fields) };
  return { as, path: "/uploads", method: "POST", headers, bytes };
}

/**
 * By endpoint: a list of variants, each a function that prepares a request anew: { as, path, method, headers, body }.
 * @param scene as `setScene` made it @param ask sends one request and returns its JSON @param newPhoto makes a JPEG
 * @param photo gives the SHA-256 of a photo that is stored
 */
export function hostileRequests(scene, ask, newPhoto, photo) {
  const { large, photos, redacted } = scene;
  const [operator] = scene.operators;
  const [editor] = scene.editors;
  const [admin, otherAdmin] = scene.admins;
  let turn = 0;
  /** Another token each time: a person may ask 1,200 times a minute. */
  const anyOperator = () => scene.operators[turn++ % scene.operators.length];
  const get = (path, as = operator) => ({ as, path });
  const post = (path, body, as = anyOperator(), headers = key()) => ({
    as,
    path,
    method: "POST",
    body,
    headers,
  });
  const put = (path, body, as = anyOperator(), headers = {}) => ({ as, path, method: "PUT", body, headers });
  const of = (rest, id = large.id) => `/submissions/${id}${rest}`;

  const submit = async (content = contentOf(), as = operator) =>
    (await ask(post("/submissions", { content }, as))).id;
  const step = (id, body, as = editor) => ask(post(of("/transitions", id), body, as, { "if-match": '"r1"' }));
  async function claimed(content) {
    const id = await submit(content);
    await step(id, { step: "claim" });
    return id;
  }
  const ofChannels = (...channels) => ({
    step: "approve",
    approval: { destinations: ["kabupaten"], channels },
  });
  const everywhere = ofChannels("web", "facebook", "instagram", "x");
  async function approved(content) {
    const id = await claimed(content);
    await step(id, ofChannels("web"));
    return id;
  }
  const site = "bekasikab.example.go.id";
  const outlet = { label: "l".repeat(200), destination: "kabupaten", mode: "publish" };
  /** A publication that a machine may send; its address. */
  async function planned(content) {
    await ask(put(`/outlets/web/${site}`, outlet, editor));
    const id = await approved(content);
    const wanted = { channel: "web", account: site, state: "planned" };
    return of(`/publications/${(await ask(post(of("/publications", id), wanted, editor))).id}`, id);
  }
  /** Lookup keys as long as they may be. */
  const intent = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`kunci_${i}`, "k".repeat(2000)]));
  const newPerson = async (role = "editor") =>
    (await ask(post("/users", { name: "Baru", role }, admin, {}))).user.id;
  async function begun(as, length = 1000) {
    const headers = {
      ...tus,
      "upload-length": String(length),
      "upload-metadata": metadataOf(newFields(randomUUID())),
    };
    const { location } = await ask({ as, path: "/uploads", method: "POST", headers }, "headers");
    return `/uploads/${location.split("/").at(-1)}`;
  }
  const newFields = (text) => ({
    sha256: Buffer.from(text).toString("hex").padEnd(64, "0").slice(0, 64),
    filename: "f".repeat(255),
    type: "image/jpeg",
  });
  const publication = {
    ...{ channel: "web", account: "a".repeat(100), state: "planned", reason },
    ...{ url: `https://a.example/${"x".repeat(1900)}`, remote_id: "r".repeat(300) },
  };
  const thirtyPhotos = photos
    .slice(0, limits.photos_per_submission)
    .map((sha256, i) => photoOf(sha256, i === 0));
  const albumPhoto = (sha256) => ({
    sha256,
    filename: "f".repeat(255),
    caption: "k".repeat(1300),
    alt: "a".repeat(200),
  });
  const why = { reason, legal_basis: "UU 27/2022 ".repeat(40) };
  const raw = (body) => ({ raw: body });

  return {
    readService: [() => get("/")],
    readSettings: [() => get("/settings")],
    updateSettings: [() => put("/settings", { house_style: "# a\n".repeat(5000) }, admin)],
    readChanges: [() => get(`/changes?since=0&limit=${max}`), () => get("/changes?since=0&limit=1000")],
    weeklyReport: [() => get("/reports/weekly?week=2026-W01", admin), () => get("/reports/weekly", admin)],
    redact: [
      () => post("/redactions", { sha256: redacted.photos.pop(), ...why }, admin),
      () => post("/redactions", { submission: redacted.id, revision: 1 + (turn++ % 20), ...why }, admin),
      () => post("/redactions", { submission: large.id, comment: large.comments.pop(), ...why }, admin),
      () => post("/redactions", { submission: large.id, transition: large.transitions.pop(), ...why }, admin),
    ],
    activate: [
      () => post("/activations", { code: "A".repeat(40), device: "d".repeat(100) }, null, {}),
      async () => {
        const { activation_code: code } = await ask(
          post("/users", { name: "Baru", role: "viewer" }, admin, {}),
        );
        return post("/activations", { code, device: "d".repeat(100) }, null, {});
      },
    ],
    readMe: [() => get("/me")],
    rotateToken: [async () => post("/me/tokens/rotate", {}, { token: await tokenOf("operator") }, {})],
    endToken: [
      async () => ({ as: { token: await tokenOf("operator") }, path: "/me/token", method: "DELETE" }),
    ],
    listUsers: [() => get(`/users?limit=${max}`, admin)],
    readAudit: [() => get(`/audit?limit=${max}`, admin)],
    addUser: [() => post("/users", { name: "n".repeat(100), role: "viewer", token: true }, admin, {})],
    issueLogin: [async () => post(`/users/${await newPerson("viewer")}/logins`, { token: true }, admin, {})],
    issueLink: [async () => post(`/users/${await newPerson()}/links`, {}, admin, {})],
    revokeUser: [async () => post(`/users/${await newPerson()}/revoke`, {}, admin, {})],
    suspendUser: [async () => post(`/users/${await newPerson()}/suspend`, {}, admin, {})],
    resumeUser: [async () => post(`/users/${await newPerson()}/resume`, {}, admin, {})],
    createSubmission: [
      () => post("/submissions", { content: largeContent(turn++) }),
      () => post("/submissions", { content: contentOf({ photos: thirtyPhotos, body: bodies.emphasis }) }),
      ...Object.values(bodies).map((body) => () => post("/submissions", { content: contentOf({ body }) })),
      ...Object.values(wrongBodies).map((body) => () => post("/submissions", raw(body))),
    ],
    listSubmissions: [
      () => get(`/submissions?limit=${max}`, editor),
      () => get(`/submissions?limit=${max}&q=${"%25_".repeat(66)}`, editor),
      () => get(`/submissions?limit=${max}&q=posyandu+balita`, editor),
      () => get(`/submissions?limit=${max}&q=tidak+ada`),
      () =>
        get(`/submissions?limit=${max}&since=2020-01-01T00:00:00Z&state=rejected&kind=info-layanan`, editor),
    ],
    readSubmission: [() => get(of("")), () => get(of(""), editor)],
    reviseSubmission: [
      async () =>
        put(of("", await submit(largeContent(1))), { content: largeContent(2 + turn++) }, operator, {
          "if-match": '"r1"',
          ...key(),
        }),
      async () =>
        put(of("", await submit(largeContent(1))), { content: largeContent(1) }, operator, {
          "if-match": '"r1"',
          ...key(),
        }),
      async () =>
        put(of("", await submit()), raw(wrongBodies["many wrong answers"]), operator, {
          "if-match": '"r1"',
        }),
    ],
    listRevisions: [() => get(of(`/revisions?limit=${max}`))],
    readRevision: [() => get(of("/revisions/1"))],
    listTransitions: [() => get(of(`/transitions?limit=${max}`))],
    takeStep: [
      async () =>
        post(of("/transitions", await submit(largeContent(turn++))), { step: "withdraw", reason }, operator),
      async () => {
        const id = await submit(largeContent(turn++));
        return post(of("/transitions", id), { step: "merge", reason, merged_into: large.id }, editor);
      },
      ...Object.values(bodies).map((body) => async () => {
        const id = await claimed(contentOf({ body, title: `Judul ${turn++}` }));
        return post(of("/transitions", id), everywhere, editor, { ...key(), "if-match": '"r1"' });
      }),
    ],
    listComments: [() => get(of(`/comments?limit=${max}`))],
    addComment: [
      async () => post(of("/comments", await submit()), { body: reason, anchor: { paragraph: 1 } }, operator),
    ],
    listRedactions: [
      () => get(of(`/redactions?limit=${max}`)),
      () => get(of(`/redactions?limit=${max}`, redacted.id)),
    ],
    listPublications: [() => get(of(`/publications?limit=${max}`))],
    addPublication: [async () => post(of("/publications", await approved()), publication, editor)],
    changePublication: [
      async () => {
        const id = await approved();
        const made = await ask(post(of("/publications", id), publication, editor));
        return put(of(`/publications/${made.id}`, id), { state: "failed", reason }, editor, key());
      },
    ],
    requestTakeDown: [
      async () => {
        const id = await approved();
        const made = await ask(post(of("/publications", id), { ...publication, state: "published" }, editor));
        return post(of(`/publications/${made.id}/take-down`, id), { cause: "mistake", reason }, editor, {});
      },
    ],
    grantAttempt: [
      async () => post(`${await planned()}/attempts`, {}, editor),
      async () => post(`${await planned(largeContent(turn++))}/attempts`, {}, editor),
    ],
    updateAttempt: [
      async () => {
        const address = await planned();
        const { number, fence } = await ask(post(`${address}/attempts`, {}, editor));
        return put(`${address}/attempts/${number}`, { fence, intent }, editor);
      },
    ],
    readRenderings: [
      ...Object.keys(scene.bodies).map((name) => () => get(of("/renderings", scene.bodies[name]))),
      async () => get(of("/renderings", await submit(largeContent(turn++)))),
    ],
    queryPublications: [
      () => get(`/publications?limit=${max}`, editor),
      () => get(`/publications?limit=${max}&due=true`),
      () => get(`/publications?limit=${max}&take_down=true`, editor),
    ],
    listOutlets: [() => get(`/outlets?limit=${max}`, editor)],
    announceOutlet: [() => put(`/outlets/web/${site}`, outlet, editor)],
    knownPhotos: [
      () => post("/photos/known", { sha256: photos }),
      () => post("/photos/known", { sha256: photos.map(() => 1) }),
      () => post("/photos/known", { sha256: photos.map(() => "x".repeat(190)) }),
    ],
    listPhotoPublications: [async () => get(`/photos/${await photo()}/publications?limit=${max}`)],
    readPhoto: [async () => get(`/photos/${await photo()}`)],
    listAlbums: [() => get(`/albums?limit=${max}`, editor)],
    readAlbum: [() => get(`/albums/${cibitung}/panen?limit=${limits.album_photos_per_call}`)],
    putAlbum: [
      () =>
        put(`/albums/${cibitung}/panen`, {
          photos: photos.slice(0, limits.album_photos_per_call).map(albumPhoto),
        }),
      () => put(`/albums/${cibitung}/lain-${turn++}`, { photos: photos.slice(-600, -100).map(albumPhoto) }),
    ],
    uploadOptions: [() => ({ as: operator, path: "/uploads", method: "OPTIONS", headers: tus })],
    createUpload: [
      () => uploadOf(anyOperator(), newPhoto()),
      () => ({
        as: anyOperator(),
        path: "/uploads",
        method: "POST",
        headers: { ...tus, "upload-length": "9", "upload-metadata": "a b,".repeat(3500) },
      }),
    ],
    readUpload: [async () => ({ as: operator, path: await begun(operator), method: "HEAD", headers: tus })],
    continueUpload: [
      async () => ({
        ...{
          as: operator,
          path: await begun(operator, 19_000_000),
          method: "PATCH",
          bytes: Buffer.alloc(19_000_000, 7),
        },
        headers: { ...tus, ...bytesType, "upload-offset": "0" },
      }),
    ],
    removeUpload: [
      async () => ({ as: operator, path: await begun(operator), method: "DELETE", headers: tus }),
    ],
  };

  async function tokenOf(role) {
    const more = role === "operator" ? { kecamatan: cibitung } : {};
    return (await ask(post("/users", { name: "Baru", role, token: true, ...more }, otherAdmin, {}))).token;
  }
}
