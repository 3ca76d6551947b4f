/**
 * Media type of the Prometheus text format (prometheus.io/docs/instrumenting/exposition_formats, version 0.0.4).
 * This file replaces prom-client: its successor @prometheus-io/client requires Node 22, and we need only this part.
 */
export const prometheusContentType = "text/plain; version=0.0.4; charset=utf-8";

type Labels = Readonly<Record<string, string>>;
export interface Sample {
  labels?: Labels;
  value: number;
}

/** Formats one metric with its samples. @param help one line */
export function family(
  name: string,
  type: "counter" | "gauge",
  help: string,
  samples: readonly Sample[],
): string {
  return [
    ...heading(name, type, help),
    ...samples.map(({ labels, value }) => line(name, labels, value)),
  ].join("\n");
}

/** Counts observations by the upper bounds of buckets, for each combination of labels. */
export class Histogram {
  readonly #name: string;
  readonly #help: string;
  readonly #bounds: readonly number[];
  readonly #series = new Map<string, { labels: Labels; counts: number[]; sum: number; count: number }>();

  /** @param bounds upper bounds, ascending, in the unit of the observed values */
  constructor(name: string, help: string, bounds: readonly number[]) {
    this.#name = name;
    this.#help = help;
    this.#bounds = bounds;
  }

  observe(labels: Labels, value: number): void {
    const key = labelText(labels);
    let series = this.#series.get(key);
    if (!series) {
      series = { labels, counts: this.#bounds.map(() => 0), sum: 0, count: 0 };
      this.#series.set(key, series);
    }
    const bucket = this.#bounds.findIndex((bound) => value <= bound);
    if (bucket >= 0) series.counts[bucket] = (series.counts[bucket] ?? 0) + 1;
    series.sum += value;
    series.count += 1;
  }

  text(): string {
    const lines = heading(this.#name, "histogram", this.#help);
    for (const { labels, counts, sum, count } of this.#series.values()) {
      let below = 0;
      for (const [i, bound] of this.#bounds.entries()) {
        below += counts[i] ?? 0;
        lines.push(line(`${this.#name}_bucket`, { ...labels, le: String(bound) }, below));
      }
      lines.push(line(`${this.#name}_bucket`, { ...labels, le: "+Inf" }, count));
      lines.push(line(`${this.#name}_sum`, labels, sum), line(`${this.#name}_count`, labels, count));
    }
    return lines.join("\n");
  }
}

function heading(name: string, type: string, help: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}

function line(name: string, labels: Labels | undefined, value: number): string {
  return `${name}${labels ? labelText(labels) : ""} ${value}`;
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${value.replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n")}"`,
  );
  return `{${pairs.join(",")}}`;
}
