import type { FastifyInstance } from "fastify";
import { type State, states } from "../../contract/lifecycle.js";
import { duringOutage } from "../outage.js";
import type { Store } from "../store/database/open.js";
import { countByState, countUnfinishedUploads, oldestWaiting } from "../store/service/metrics-queries.js";
import { diskSpace } from "./disk-space.js";
import { routeOf } from "./log.js";
import { memoize } from "./memoize.js";
import { processFacts } from "./process-facts.js";
import { family, Histogram, type Sample } from "./prometheus-text.js";
import type { RequestWatch } from "./request-watch.js";

interface MetricsDeps {
  store: Store;
  /** The folder whose free disk space is monitored. */
  data: string;
  version: string;
  now: () => Date;
}

/** Upper bounds in seconds: a list takes a millisecond, a photo over a slow line half an hour. */
const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60, 600];
/** Cache time in ms of the open submissions: they are few, so that each scrape of Prometheus counts them again. */
const cacheMs = 15_000;
const waiting: readonly State[] = ["submitted", "in_review", "returned"];
/** Cache time in ms of the closed submissions: counting a million blocks SQLite for a third of a second. */
const doneCacheMs = 10 * 60_000;
const done: readonly State[] = states.filter((state) => !waiting.includes(state));

/**
 * Measures every request and returns the text for Prometheus. No label holds a person, an id or an address.
 */
export function watchMetrics(
  app: FastifyInstance,
  watch: RequestWatch,
  deps: MetricsDeps,
): () => Promise<string> {
  const { store, data, version, now } = deps;
  const requests = new Histogram(
    "kominfo_http_request_duration_seconds",
    "Requests by method, route and status.",
    bounds,
  );
  const open = new Map<string, number>();
  const count = (route: string, change: number) => open.set(route, (open.get(route) ?? 0) + change);
  watch.watch((request) => {
    const route = routeOf(request);
    count(route, 1);
    return ({ status, ms }) => {
      count(route, -1);
      // A client that leaves says nothing of how long the service takes.
      if (status === undefined) return;
      // An address that nobody serves has another route by now.
      const labels = { method: request.method, route: routeOf(request), status: String(status) };
      requests.observe(labels, ms / 1000);
    };
  });
  const processMetrics = processFacts();
  app.addHook("onClose", async () => processMetrics.close());

  const countDone = memoize(doneCacheMs, () => countByState(store, done));
  const storeMetrics = memoize(cacheMs, async () => {
    const byState = new Map([...(await countByState(store, waiting)), ...(await countDone())]);
    const oldest = await oldestWaiting(store);
    const waited = oldest === undefined ? 0 : (now().getTime() - Date.parse(oldest)) / 1000;
    return [
      family(
        "kominfo_submissions",
        "gauge",
        "Submissions by state.",
        states.map((state) => ({ labels: { state }, value: byState.get(state) ?? 0 })),
      ),
      gauge(
        "kominfo_queue_oldest_seconds",
        "How long the oldest submission has waited for an editor.",
        waited,
      ),
      gauge(
        "kominfo_uploads_unfinished",
        "Uploads that were begun and are not whole.",
        await countUnfinishedUploads(store),
      ),
    ].join("\n");
  });

  return async () => {
    const { free, size } = await diskSpace(data);
    const openNow: Sample[] = [...open].map(([route, value]) => ({ labels: { route }, value }));
    return [
      family("kominfo_build_info", "gauge", "The version that runs.", [{ labels: { version }, value: 1 }]),
      requests.text(),
      family(
        "kominfo_http_requests_open",
        "gauge",
        "Requests being answered, streams of the change feed and uploads on their way too.",
        openNow,
      ),
      // What the process itself knows is asked for just when the database is away.
      await storeMetrics().catch(duringOutage("")),
      gauge("kominfo_disk_free_bytes", "Free where photos and uploads are.", free),
      gauge("kominfo_disk_size_bytes", "Size of the disk where photos and uploads are.", size),
      processMetrics.text(),
      "",
    ].join("\n");
  };
}

function gauge(name: string, help: string, value: number): string {
  return family(name, "gauge", help, [{ value }]);
}
