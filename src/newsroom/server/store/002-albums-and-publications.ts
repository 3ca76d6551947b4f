import { sql, type Transaction } from "kysely";
import type { Schema } from "./schema.js";

/** What albums say of an event and its photos, who publishes, and what the weekly report counts by. */
export async function albumsAndPublications(transaction: Transaction<Schema>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(transaction);
}

/** Only what SQLite and PostgreSQL both understand; nothing has filled the changed tables before. */
const statements: readonly string[] = [
  `alter table albums add column title text`,
  `alter table albums add column event_date text`,
  `alter table albums add column photos integer not null default 0`,
  `alter table album_photos add column source_sha256 text`,
  `alter table album_photos add column filename text not null default ''`,
  `alter table album_photos add column alt text`,
  `alter table album_photos add column credit text`,
  `create unique index album_photos_in_order on album_photos (album_id, position)`,
  `create index album_photos_of_photo on album_photos (sha256)`,
  `alter table publications add column by_id text references users(id)`,
  `alter table publications add column correction integer not null default 0`,
  `create index publications_by_time on publications (published_at)`,
  `create index submissions_by_arrival on submissions (received_at)`,
  `create index submissions_by_decision on submissions (decided_at)`,
  `create index submissions_by_kind on submissions (kind)`,
  `create index submissions_by_kind_of_kecamatan on submissions (kecamatan, kind)`,
  `create index transitions_by_time on transitions (at)`,
];
