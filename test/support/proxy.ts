import { handOn, listen } from "./standing-between.js";

/** Stands between a client and a newsroom, as the bad lines of the field do. */
export interface TestProxy {
  url: string;
  /** Every request that came: "POST /api/v1/submissions". */
  seen: string[];
  /** Bytes of bodies that clients sent so far. */
  sent: number;
  /** Called whenever `sent` or `seen` changes. */
  onTraffic: (() => void) | undefined;
  /** The answers to these requests are lost from now on: the newsroom does the work, the line breaks. */
  loses: RegExp | undefined;
  /** Where it leads; may be changed while it runs. */
  target: string;
  close(): Promise<void>;
}

export async function startProxy(target: string): Promise<TestProxy> {
  const served = await listen((request, response) => {
    const line = `${request.method} ${request.url}`;
    proxy.seen.push(line);
    proxy.onTraffic?.();
    const onward = handOn(proxy.target, request, response, (answer, give) => {
      const isLost = proxy.loses?.test(line);
      // Only once the newsroom has said all: its work is done.
      answer.once("end", () => isLost && response.destroy());
      if (isLost) answer.resume();
      else give();
    });
    response.on("close", () => onward.destroy());
    request.on("data", (chunk: Buffer) => {
      proxy.sent += chunk.length;
      proxy.onTraffic?.();
    });
    request.on("error", () => onward.destroy());
  });
  const proxy: TestProxy = { ...served, seen: [], sent: 0, onTraffic: undefined, loses: undefined, target };
  return proxy;
}
