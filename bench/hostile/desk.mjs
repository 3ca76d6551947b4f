// The most expensive requests of each page of the desk.
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { TOTP } from "otpauth";
import { newTotpSecret } from "../../dist/newsroom/desk/login/totp.js";
import { bodies, contentOf, largeContent, scrambled } from "./texts.mjs";

const routesFolder = path.join(import.meta.dirname, "../../dist/newsroom/desk/routes");
const reason = "Alasan <panjang> & lengkap. ".repeat(150).slice(0, 4000);

/** Every route of the desk, as its sources register them, e.g. "GET /submissions/:id". */
export function deskRoutes() {
  const found = readdirSync(routesFolder)
    .filter((file) => file.endsWith(".js"))
    .flatMap((file) => {
      const source = readFileSync(path.join(routesFolder, file), "utf8");
      return [...source.matchAll(/\b\w+\.(get|post)\(\s*(["`])(\/[^"`]*)\2/g)].map(
        ([, method, , url]) => `${method.toUpperCase()} ${url}`,
      );
    });
  return [...new Set(found)].sort();
}

/**
 * By route: a list of variants, each a function that prepares a request: { path, form, session }, `form` its fields.
 * @param ask `submit` makes a submission, `newPerson` an editor, `inEdit` a submission in the desk's person's hands,
 * `approve` approves one, and `publish` publishes it; each returns an id. `claim` lets the desk's person review one,
 * `newCode` gives an activation code, `photo` a photo that is stored, and `newSession` a login for a request that ends it.
 */
export function hostilePages(
  scene,
  { submit, claim, newPerson, inEdit, approve, publish, newCode, newSession, photo },
) {
  const { large, redacted } = scene;
  const many = new URLSearchParams(Array.from({ length: 200_000 }, (_, i) => [`k${i % 999}`, ""]));
  const form = {
    form: randomUUID(),
    reason,
    body: reason,
  };
  const longest = { password: "p".repeat(200), code: "1".repeat(500) };
  const get = (path) => ({ path });
  const post = (path, fields = {}) => ({ path, form: { ...form, form: randomUUID(), ...fields } });
  const of = (rest, id = large.id) => `/submissions/${id}${rest}`;
  const ofBodies = (rest) => Object.values(scene.bodies).map((id) => () => get(of(rest, id)));
  const published = { channel: "web", state: "published", url: `https://a.example/${"x".repeat(1900)}` };
  const editForm = (content, revision) => ({
    ...{ revision: String(revision), title: content.title, text: content.body, category: content.category },
    ...{ priority: content.priority, tags: "a,".repeat(30), facebook: scrambled(77, 5000), message: reason },
  });
  return {
    "GET /": [
      () => get("/"),
      () => get("/?view=all"),
      () => get("/?view=all&q=tidak+ada"),
      () => get(`/?view=all&q=${"%25_".repeat(66)}`),
      () => get("/?view=all&q=posyandu&kecamatan=32.16.07&kind=pengumuman"),
    ],
    "GET /news": [() => get("/news?since=0"), () => get(`/news?since=0&about=${large.id}`)],
    "GET /submissions/:id": [() => get(of("")), () => get(of("?revision=1")), ...ofBodies("")],
    "GET /submissions/:id/compare": [
      () => get(of("/compare?from=1&to=2")),
      () => get(of("/compare?from=2&to=3")),
      () => get(of("/compare?from=1&to=9", redacted.id)),
      ...ofBodies("/compare?from=1&to=2"),
    ],
    "GET /submissions/:id/edit": [() => get(of("/edit")), ...ofBodies("/edit")],
    "POST /submissions/:id/edit": [
      async () =>
        post(of("/edit", await inEdit()), editForm({ ...largeContent(3), body: bodies.emphasis }, 1)),
      async () => post(of("/edit", large.id), editForm(largeContent(4), 1)),
      async () =>
        post(of("/edit", await inEdit()), editForm({ ...largeContent(4), body: "# a\n".repeat(49_900) }, 1)),
    ],
    "GET /submissions/:id/redact": [() => get(of("/redact"))],
    "POST /submissions/:id/redact": [
      () => post(of("/redact"), { what: "", legal_basis: reason }),
      () => post(of("/redact"), { what: `comment-${large.comments.pop()}`, legal_basis: "UU", sure: "1" }),
      () =>
        post(of("/redact", redacted.id), {
          what: `photo-${redacted.photos.pop()}`,
          legal_basis: "UU",
          sure: "1",
        }),
    ],
    "POST /submissions/:id/comments": [
      () => post(of("/comments"), { body: "", about: "p1" }),
      async () => post(of("/comments", await submit(largeContent(5))), { about: "p1" }),
    ],
    "POST /submissions/:id/steps/:step": [
      () => post(of("/steps/approve"), { revision: "3" }),
      async () => {
        const id = await submit(largeContent(8));
        await claim(id);
        return post(of("/steps/merge", id), { revision: "1", merged_into: large.id });
      },
      async () => {
        const id = await submit(contentOf({ body: bodies["a table"], title: randomUUID() }));
        await claim(id);
        return post(of("/steps/approve", id), { revision: "1", destination: "kabupaten", channel: "web" });
      },
    ],
    "POST /submissions/:id/publications": [
      () => post(of("/publications"), { channel: "web", url: "x".repeat(2000) }),
      async () => post(of("/publications", await approve(largeContent(6))), published),
    ],
    "POST /submissions/:id/publications/:publication/unpublish": [
      () => post(of(`/publications/${randomUUID()}/unpublish`)),
      async () => {
        const id = await approve(largeContent(7));
        return post(of(`/publications/${await publish(id, published)}/unpublish`, id));
      },
    ],
    "POST /submissions/:id/publications/:publication/decide": [
      () => post(of(`/publications/${randomUUID()}/decide`), { url: "x".repeat(2000) }),
    ],
    "GET /photos/:sha256/publications": [async () => get(`/photos/${await photo()}/publications`)],
    "GET /photos/:sha256": [async () => get(`/photos/${await photo()}`)],
    "GET /week": [() => get("/week"), () => get("/week?week=2026-W01")],
    "GET /people": [() => get("/people")],
    "GET /people/new": [() => get("/people/new")],
    "POST /people/new": [
      () => post("/people/new", { name: "n".repeat(900_000), role: "editor" }),
      () => post("/people/new", { name: "n".repeat(100), role: "editor" }),
    ],
    "GET /people/:id": [async () => get(`/people/${await newPerson()}`)],
    "POST /people/:id/${kind}": [async () => post(`/people/${await newPerson()}/token`)],
    "POST /people/:id/${path}": [async () => post(`/people/${await newPerson()}/suspend`)],
    "GET /account": [() => get("/account")],
    "POST /account/news": [() => post("/account/news"), () => post("/account/news", { seq: "1" })],
    "GET /audit": [() => get("/audit")],
    "POST /language": [() => post("/language", { to: "id", back: "/".repeat(900_000) })],
    "POST /logout": [() => ({ path: "/logout", body: many })],
    "POST /logout/everywhere": [() => ({ path: "/logout/everywhere", body: many })],
    "GET /login": [() => get(`/login?next=/${"a".repeat(8000)}`)],
    "POST /login": [() => post("/login", { ...longest, name: "l".repeat(500), next: "/".repeat(8000) })],
    "GET /login/link": [() => get(`/login/link?key=${"k".repeat(8000)}`)],
    "POST /login/link": [() => post("/login/link", { key: "k".repeat(900_000) })],
    "GET /activate": [() => get("/activate")],
    "POST /activate": [
      () => post("/activate", { code: "c".repeat(900_000) }),
      async () => {
        const secret = newTotpSecret();
        const login_name = `bench-${randomUUID().slice(0, 8)}`;
        const totp = new TOTP({ secret }).generate();
        const fields = { ...longest, code: await newCode(), login_name, secret, totp };
        return { ...post("/activate", fields), session: await newSession() };
      },
    ],
  };
}
