// Many submissions in a few statements.
import { sql } from "kysely";
import { insertUser } from "../../dist/newsroom/store/people/users.js";

/** How many are made by one statement. */
const step = 50_000;

/** Submissions with a revision, a step and a change each; a queue of about 60, the rest decided, over 23 kecamatan. */
export async function fill(store, isPostgres, count, now) {
  const author = await insertUser(
    store,
    { name: "Operator", role: "operator", kecamatan: "32.16.07", until: null },
    now,
  );
  const hex = (value, digits) =>
    isPostgres ? `lpad(to_hex(${value}), ${digits}, '0')` : `printf('%0${digits}x', ${value})`;
  const id = `'019a' || ${hex("(i / 65536)", 4)} || '-' || ${hex("(i % 65536)", 4)} || '-7000-8000-' || ${hex("i", 12)}`;
  const at = "'2026-01-01T00:00:00.000Z'";
  const of = (digits) =>
    isPostgres ? `lpad((i % 23 + 1)::text, ${digits}, '0')` : `printf('%0${digits}d', i % 23 + 1)`;
  const state = `case when i > ${count - 60} then 'submitted' when i % 50 = 0 then 'rejected' else 'approved' end`;
  const kind = `case i % 5 when 0 then 'pengumuman' when 1 then 'info-layanan' else 'berita-kegiatan' end`;
  const title = `'Posyandu balita desa ' || (i % 187) || ' seri ' || i`;
  const content = JSON.stringify({
    kind: "berita-kegiatan",
    slug: "posyandu",
    title: "Posyandu",
    priority: "normal",
    tags: [],
    channel_texts: {},
    photos: [],
    answers: {},
    internal: {},
    body: "Kegiatan berlangsung tertib. ".repeat(30),
  });
  for (let from = 1; from <= count; from += step) {
    const to = Math.min(count, from + step - 1);
    const n = `with recursive n(i) as (select ${from} union all select i + 1 from n where i < ${to})`;
    const statements = [
      `insert into submissions (id, kecamatan, state, author_id, contributors, revision, kind, title, priority, photos, received_at, updated_at)
       ${n} select ${id}, '32.16.' || ${of(2)}, ${state}, '${author}', '[]', 1, ${kind}, ${title}, 'normal', 0, ${at}, ${at} from n`,
      `insert into revisions (submission_id, number, author_id, at, content) ${n} select ${id}, 1, '${author}', ${at}, '${content}' from n`,
      `insert into transitions (id, submission_id, at, by_id, step, to_state, revision) ${n} select ${id}, ${id}, ${at}, '${author}', 'submit', 'submitted', 1 from n`,
      `insert into changes (at, submission_id, kecamatan, what) ${n} select ${at}, ${id}, '32.16.07', 'submitted' from n`,
    ];
    await store.transaction().execute(async (transaction) => {
      for (const statement of statements) await sql.raw(statement).execute(transaction);
    });
  }
  if (isPostgres) await sql`vacuum analyze`.execute(store);
}
