import { channelNames } from "../../../channels/registry.js";
import type { WeeklyReport } from "../../../contract/contract.js";
import { kecamatanOfBekasi } from "../../../region/kecamatan.js";
import type { Store } from "../../store/database/open.js";
import { arrivals, decisions, listKinds, outcomes, published } from "../../store/submissions/reports.js";
import type { Caller } from "../caller.js";
import { invalidField } from "../problem.js";
import { weekOf } from "./week.js";

type Counts = WeeklyReport["total"];
const outcomeStates = ["approved", "returned", "rejected", "withdrawn", "merged"] as const;

/**
 * What the newsroom did in a week, Monday to Sunday in Western Indonesian Time: of everyone for editors, of their own
 * kecamatan for operators. A submission counts once in each column, however often it came there in that week.
 * Throws `invalid` for a week that its year does not have.
 *
 * @param week e.g. "2026-W47"
 */
export async function weeklyReport(store: Store, caller: Caller, week: string): Promise<WeeklyReport> {
  const span = weekOf(week);
  if (!span) throw invalidField("/week", "unknown");
  const [from, until] = [span.from.toISOString(), span.until.toISOString()];
  const asked = { from, until, kecamatan: caller.kecamatan };
  const arrived = await arrivals(store, asked);
  const came = await outcomes(store, asked);
  const out = await published(store, asked);
  const decided = await decisions(store, asked);
  const count = (belongs: (one: { kecamatan: string; kind: string }) => boolean): Counts => ({
    received: arrived.filter(belongs).length,
    ...(Object.fromEntries(
      outcomeStates.map((state) => [
        state,
        came.filter((one) => one.to_state === state && belongs(one)).length,
      ]),
    ) as Pick<Counts, (typeof outcomeStates)[number]>),
    published: new Set(out.filter(belongs).map((one) => one.id)).size,
    median_wait_minutes: median(decided.filter(belongs).map(waitOf)),
  });
  const places = kecamatanOfBekasi.filter(({ code }) => code === (caller.kecamatan ?? code));
  return {
    week,
    from,
    until,
    kecamatan: places.map(({ code, name }) => ({
      kecamatan: code,
      name,
      ...count((one) => one.kecamatan === code),
    })),
    kinds: (await listKinds(store, caller.kecamatan)).map((kind) => ({
      kind,
      ...count((one) => one.kind === kind),
    })),
    channels: channelNames.map((channel) => ({
      channel,
      published: out.filter((one) => one.channel === channel).length,
    })),
    total: count(() => true),
  };
}

/** Minutes. */
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
