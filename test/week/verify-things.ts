import { isDeepStrictEqual } from "node:util";
import type { Submission, SubmissionSummary, Transition } from "../../src/contract/contract.js";
import { sha256 } from "../../src/files/hash.js";
import type { Person } from "./asking.js";
import { groupBy, hashOf, type Ledger, type NotedSubmission } from "./ledger.js";

/** A newsroom that is looked at, and what it acknowledged. */
export interface Inspection {
  ledger: Ledger;
  /**
   * Whether it may hold more than the ledger: a backup holds what was acknowledged before it began, and some of what was
   * acknowledged while it was made.
   */
  mayHaveMore: boolean;
  /** Redactions of the whole week: of a backup, some were done while it was made. */
  redactions: Ledger["redactions"];
  /** Editors and admins, who read in turn. */
  readers: readonly Person[];
  /** Everybody by their id. */
  people: ReadonlyMap<string, Person>;
}

const atOnce = 6;

/** Reads all that the ledger has, and gives what is lost, changed, there twice, or of nobody: one sentence each. */
export async function verifyThings(inspection: Inspection): Promise<string[]> {
  const { ledger, readers } = inspection;
  let turn = 0;
  const reader = () => readers[turn++ % readers.length]!;
  const found = [
    ...(await verifyList(inspection, reader())),
    ...(await inTurns(ledger.submissions, (noted) => verifySubmission(inspection, reader(), noted))),
    ...(await verifyPhotos(inspection)),
    ...(await inTurns([...groupBy(ledger.albumPhotos, ({ album }) => album)], ([album, photos]) =>
      verifyAlbum(inspection, reader(), album, photos),
    )),
  ];
  return found;
}

async function inTurns<T>(things: readonly T[], look: (thing: T) => Promise<string[]>): Promise<string[]> {
  const found: string[] = [];
  const left = [...things];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let thing = left.shift(); thing !== undefined; thing = left.shift())
        found.push(...(await look(thing)));
    }),
  );
  return found;
}

/** All items of a list. */
// biome-ignore lint/suspicious/noExplicitAny: the run looks into whatever came
export async function readAll(person: Person, path: string): Promise<any[]> {
  const items: unknown[] = [];
  for (let cursor = ""; ; ) {
    const query = `${path.includes("?") ? "&" : "?"}limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
    const { status, body } = await person.ask({ method: "GET", path: path + query });
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    items.push(...(body.items as unknown[]));
    if (body.next_cursor === null) return items;
    cursor = body.next_cursor;
  }
}

async function verifyList({ ledger, mayHaveMore }: Inspection, reader: Person): Promise<string[]> {
  const listed: SubmissionSummary[] = await readAll(reader, "/submissions");
  const found: string[] = [];
  for (const [title, those] of groupBy(listed, (submission) => submission.title))
    if (those.length > 1) found.push(`twice: ${those.length} submissions "${title}"`);
  const noted = new Set(ledger.submissions.map(({ id }) => id));
  if (noted.size !== ledger.submissions.length)
    found.push("twice: a submission was acknowledged to two requests");
  const ids = new Set(listed.map(({ id }) => id));
  for (const { id, title } of ledger.submissions)
    if (!ids.has(id)) found.push(`lost: submission ${id} "${title}" is in no list`);
  if (!mayHaveMore)
    for (const { id, title } of listed)
      if (!noted.has(id)) found.push(`foreign: submission ${id} "${title}" was acknowledged to nobody`);
  return found;
}

async function verifySubmission(
  inspection: Inspection,
  reader: Person,
  { id, title, kecamatan }: NotedSubmission,
): Promise<string[]> {
  const { ledger, mayHaveMore } = inspection;
  const path = `/submissions/${id}`;
  const { status, body } = await reader.ask({ method: "GET", path });
  if (status !== 200) return [`lost: submission ${id} "${title}": ${status}`];
  const submission: Submission = body;
  const found: string[] = [];
  const compare = (what: string, expected: readonly string[], there: readonly string[]) =>
    found.push(...differences(expected, there, mayHaveMore).map((text) => `${text} of ${id}: ${what}`));
  if (submission.title !== title || submission.kecamatan !== kecamatan)
    found.push(`changed: submission ${id} is "${submission.title}" of ${submission.kecamatan}`);

  const revisions = ledger.revisions.filter((noted) => noted.submission === id);
  const numbers = (await readAll(reader, `${path}/revisions`)).map(({ number }) => String(number));
  compare(
    "revision",
    revisions.map(({ number }) => String(number)),
    numbers,
  );
  for (const { number, hash } of revisions) {
    if (hash === undefined || !numbers.includes(String(number))) continue;
    const read = await reader.ask({ method: "GET", path: `${path}/revisions/${number}` });
    if (read.status !== 200 || hashOf(read.body.content) !== hash)
      found.push(`changed: revision ${number} of ${id}: ${read.status}`);
  }

  const history: Transition[] = await readAll(reader, `${path}/transitions`);
  const steps = ledger.steps.filter((noted) => noted.submission === id);
  compare(
    "step",
    steps.map(({ step }) => step),
    history.map(({ step }) => step),
  );
  for (const [n, { from }] of history.entries())
    if (from !== (history[n - 1]?.to ?? null))
      found.push(`changed: the history of ${id} has a gap before ${n + 1}`);

  const comments = await readAll(reader, `${path}/comments`);
  const notedComments = ledger.comments.filter((noted) => noted.submission === id);
  compare(
    "comment",
    notedComments.map((comment) => comment.id),
    comments.map((comment) => comment.id),
  );
  for (const comment of notedComments) {
    const there = comments.find((candidate) => candidate.id === comment.id);
    const must = redactionOf(inspection, comment.id);
    if (there && must !== "either" && (there.body === comment.body) === (must === "gone"))
      found.push(`${must === "gone" ? "not redacted" : "changed"}: comment ${comment.id}: "${there.body}"`);
  }

  const publications = ledger.publications.filter((noted) => noted.submission === id);
  compare("publication", publications.map(facts), submission.publications.map(facts));
  return found;
}

const facts = ({ id, url }: { id: string; url: string | null }) => `${id} ${url}`;

/** What is expected and not there, and what is there and not expected, each as often as that is so. */
export function differences(
  expected: readonly string[],
  there: readonly string[],
  mayHaveMore: boolean,
): string[] {
  if (isDeepStrictEqual([...expected].sort(), [...there].sort())) return [];
  const more = [...there];
  const missing = expected.filter((one) => {
    const at = more.indexOf(one);
    if (at >= 0) more.splice(at, 1);
    return at < 0;
  });
  return [
    ...missing.map((one) => `lost: ${one}`),
    ...(mayHaveMore ? [] : more.map((one) => `${expected.includes(one) ? "twice" : "foreign"}: ${one}`)),
  ];
}

/** Whether something must be redacted: not as long as nobody asked, surely once it was acknowledged. */
function redactionOf({ ledger, redactions }: Inspection, target: string): "gone" | "there" | "either" {
  if (ledger.redactions.some((redaction) => redaction.target === target)) return "gone";
  return redactions.some((redaction) => redaction.target === target) ? "either" : "there";
}

/** Each photo with its bytes, as who sent it gets it. */
async function verifyPhotos(inspection: Inspection): Promise<string[]> {
  const { ledger, people } = inspection;
  return inTurns(ledger.photos, async ({ sha256: hash, owner }) => {
    const must = redactionOf(inspection, hash);
    const { status, bytes } = await people.get(owner)!.ask({ method: "GET", path: `/photos/${hash}` });
    if (must === "gone" || (must === "either" && status === 404))
      return status === 404 ? [] : [`not redacted: photo ${hash}: ${status}`];
    if (status !== 200) return [`lost: photo ${hash}: ${status}`];
    return sha256(bytes) === hash ? [] : [`changed: photo ${hash}`];
  });
}

async function verifyAlbum(
  inspection: Inspection,
  reader: Person,
  album: string,
  photos: readonly { sha256: string }[],
): Promise<string[]> {
  const { status, body } = await reader.ask({ method: "GET", path: `/albums/${album}?limit=500` });
  if (status !== 200) return [`lost: album ${album}: ${status}`];
  const isThere = ({ sha256 }: { sha256: string }) => redactionOf(inspection, sha256) === "there";
  const expected = photos.filter(isThere).map((photo) => photo.sha256);
  const there = body.photos.filter(isThere).map((photo: { sha256: string }) => photo.sha256);
  return differences(expected, there, inspection.mayHaveMore).map((text) => `${text} of album ${album}`);
}
