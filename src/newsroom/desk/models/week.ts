import { channelLabel } from "../../../channels/registry.js";
import type { WeeklyReport } from "../../../contract/contract.js";
import { formatDay, formatWait } from "../../../text/instant.js";
import type { ViewContext } from "../types.js";
import { dayOf, kindName } from "./format.js";

const dayMs = 24 * 60 * 60 * 1000;

/** Returns the ISO 8601 week of an instant in WIB, e.g. "2026-W47". */
export function weekAt(instant: Date): string {
  const day = new Date(`${dayOf(instant)}T00:00:00Z`);
  // A week belongs to the year of its Thursday (ISO 8601).
  const thursday = new Date(day.getTime() + (3 - ((day.getUTCDay() + 6) % 7)) * dayMs);
  const year = thursday.getUTCFullYear();
  const number = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * dayMs)) + 1;
  return `${year}-W${String(number).padStart(2, "0")}`;
}

function yearAndNumber(week: string): { year: number; number: number } {
  const [year, number] = week.split("-W");
  return { year: Number(year), number: Number(number) };
}

type Counts = WeeklyReport["total"];

/** Dimensions of the chart, in SVG units. */
const chart = { width: 460, left: 122, right: 16, bar: 6, gap: 7 };

export function weekModel(context: ViewContext, report: WeeklyReport): object {
  const messages = context.messages.desk.week;
  const [from, until] = [Date.parse(report.from), Date.parse(report.until)];
  const heads = [
    messages.received,
    messages.returned,
    messages.approved,
    messages.rejected,
    messages.published,
    messages.wait,
  ];
  const cells = (counts: Counts) => [
    counts.received,
    counts.returned,
    counts.approved,
    counts.rejected,
    counts.published,
    waitText(context, counts.median_wait_minutes),
  ];
  const row = (name: string, counts: Counts) => ({ name, cells: cells(counts), zero: isZero(counts) });
  return {
    title: report.week === weekAt(context.now) ? messages.title : messages.weekOf(yearAndNumber(report.week)),
    span: messages.of({ from: dayText(context, from), to: dayText(context, until - dayMs) }),
    previous: `/week?week=${weekAt(new Date(from - dayMs))}`,
    next: until <= context.now.getTime() ? `/week?week=${weekAt(new Date(until))}` : null,
    sums: [
      { name: messages.received, value: report.total.received },
      { name: messages.returned, value: report.total.returned },
      { name: messages.approved, value: report.total.approved },
      { name: messages.published, value: report.total.published },
      { name: messages.wait, value: waitText(context, report.total.median_wait_minutes) },
    ],
    chart: chartOf(report.kecamatan),
    tables: [
      {
        key: "kecamatan",
        title: messages.perKecamatan,
        heads: [messages.kecamatan, ...heads],
        rows: report.kecamatan.map((kecamatan) => row(kecamatan.name, kecamatan)),
        total: cells(report.total),
      },
      {
        key: "kind",
        title: messages.perKind,
        heads: [messages.kind, ...heads],
        rows: report.kinds.map((kind) => row(kindName(context.messages, kind.kind), kind)),
        total: cells(report.total),
      },
      {
        key: "channel",
        title: messages.perChannel,
        heads: [messages.channel, messages.published],
        rows: report.channels.map((channel) => ({
          name: channelLabel(channel.channel),
          cells: [channel.published],
          zero: channel.published === 0,
        })),
        total: null,
      },
    ],
  };
}

/** A bar chart with two bars for each kecamatan. Its scale has whole numbers only. */
function chartOf(rows: WeeklyReport["kecamatan"]): object {
  const max = Math.max(1, ...rows.map((kecamatan) => Math.max(kecamatan.received, kecamatan.approved)));
  const step = Math.ceil(max / 4);
  const steps = Math.ceil(max / step);
  const scale = (chart.width - chart.left - chart.right) / (step * steps);
  const pitch = 2 * chart.bar + chart.gap;
  const floor = rows.length * pitch;
  return {
    ...chart,
    height: floor + 24,
    floor,
    label_y: floor + 17,
    name_x: chart.left - 10,
    lines: Array.from({ length: steps + 1 }, (_, n) => ({
      x: chart.left + n * step * scale,
      label: n * step,
    })),
    bars: rows.map((kecamatan, index) => ({
      name: kecamatan.name,
      y: index * pitch + chart.gap / 2,
      y2: index * pitch + chart.gap / 2 + chart.bar,
      text_y: index * pitch + chart.gap / 2 + chart.bar + 4,
      received: kecamatan.received * scale,
      approved: kecamatan.approved * scale,
    })),
  };
}

function isZero({ median_wait_minutes: _, ...counts }: Counts): boolean {
  return Object.values(counts).every((count) => typeof count !== "number" || count === 0);
}

function waitText(context: ViewContext, minutes: number | null): string {
  if (minutes === null) return context.messages.desk.week.dash;
  return formatWait(
    new Date(context.now.getTime() - minutes * 60_000).toISOString(),
    context.now,
    context.language,
  );
}

function dayText(context: ViewContext, instant: number): string {
  return formatDay(dayOf(new Date(instant)), context.language);
}
