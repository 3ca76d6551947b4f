import { expect, vi } from "vitest";

/** A service that was watched by its log. */
interface Logged {
  url: string;
  /** Lines of JSON. */
  log: readonly string[];
  /** What the suite has brought about itself. */
  expected: readonly RegExp[];
}

/**
 * Fails if the log has a warning or an error that the suite does not expect: it is a defect, or hides one from whoever reads
 * the log.
 */
export function expectQuietLog({ log, expected }: Omit<Logged, "url">): void {
  const odd = log.filter(
    (line) => /"level":"(warn|error|fatal)"/.test(line) && !expected.some((pattern) => pattern.test(line)),
  );
  expect(odd, `warnings and errors in the log of ${expect.getState().testPath}`).toEqual([]);
}

/** Fails if the service takes a request to be open that is over: the one that asks is the last. */
export async function expectNoneOpen({ url }: Pick<Logged, "url">): Promise<void> {
  await vi.waitFor(
    async () => {
      const answer = await fetch(`${url}/metrics`, { headers: { connection: "close" } });
      const text = await answer.text();
      const open = [...text.matchAll(/^kominfo_http_requests_open\{route="(.*)"\} ([1-9].*)$/gm)];
      expect(
        open.map(([, route, count]) => `${route}: ${count}`),
        `open requests after ${expect.getState().testPath} (HTTP ${answer.status})`,
      ).toEqual(["/metrics: 1"]);
    },
    { timeout: 10_000, interval: 50 },
  );
}
