import { channelNames } from "../../../channels/registry.js";
import type { WeeklyReport } from "../../../contract/contract.js";
import { kecamatanOfBekasi } from "../../../region/kecamatan.js";
import type { Store } from "../../store/database/open.js";
import { arrivals, decisions, listKinds, outcomes, published } from "../../store/submissions/reports.js";
import { type Caller, territoryOf } from "../caller.js";
import { invalidField } from "../problem.js";
import { weekOf } from "./week.js";

type Counts = WeeklyReport["total"];
const outcomeStates = ["approved", "returned", "rejected", "withdrawn", "merged"] as const;

/**
 * Counts the newsroom's work in a week, Monday to Sunday in Western Indonesian Time: for editors of all kecamatan, for
 * operators of their own. A submission counts at most once per column and week.
 * Throws `invalid` for a week that its year does not have.
 *
 * @param week e.g. "2026-W47"
 */
export async function weeklyReport(store: Store, caller: Caller, week: string): Promise<WeeklyReport> {
  const bounds = weekOf(week);
  if (!bounds) throw invalidField("/week", "unknown");
  const [from, until] = [bounds.from.toISOString(), bounds.until.toISOString()];
  const territory = territoryOf(caller);
  const span = { from, until, kecamatan: territory };
  const received = await arrivals(store, span);
  const reached = await outcomes(store, span);
  const publications = await published(store, span);
  const decided = await decisions(store, span);
  const count = (belongs: (row: { kecamatan: string; kind: string }) => boolean): Counts => ({
    received: received.filter(belongs).length,
    ...(Object.fromEntries(
      outcomeStates.map((state) => [
        state,
        reached.filter((row) => row.to_state === state && belongs(row)).length,
      ]),
    ) as Pick<Counts, (typeof outcomeStates)[number]>),
    published: new Set(publications.filter(belongs).map((row) => row.id)).size,
    median_wait_minutes: median(decided.filter(belongs).map(waitOf)),
  });
  const places = kecamatanOfBekasi.filter(({ code }) => code === (territory ?? code));
  return {
    week,
    from,
    until,
    kecamatan: places.map(({ code, name }) => ({
      kecamatan: code,
      name,
      ...count((row) => row.kecamatan === code),
    })),
    kinds: (await listKinds(store, territory)).map((kind) => ({
      kind,
      ...count((row) => row.kind === kind),
    })),
    channels: channelNames.map((channel) => ({
      channel,
      published: publications.filter((row) => row.channel === channel).length,
    })),
    total: count(() => true),
  };
}

/** Time from arrival to decision, in minutes. */
function waitOf({ received_at, decided_at }: { received_at: string; decided_at: string | null }): number {
  return (Date.parse(decided_at ?? received_at) - Date.parse(received_at)) / 60_000;
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1]!, sorted[middle]!];
  return Math.round((low + high) / 2);
}
