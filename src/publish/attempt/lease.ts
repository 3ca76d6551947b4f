import type { GrantedAttempt } from "../../contract/contract.js";
import { exit, KominfoError } from "../../errors/errors.js";
import { isOfTheLine } from "../../errors/http.js";
import { stopwatch } from "../clock.js";
import { addressOf, type Run } from "./run.js";

/** After this long the lease is renewed, in ms: in time for its ten minutes also where the first try does not arrive. */
const renewAfterMs = 3 * 60_000;
/** How often it is looked at while one request is long under way, and the least time between two tries, in ms. */
const lookEveryMs = 60_000;

/**
 * Does the work of an attempt with a lease that is renewed: a slow line needs more than its ten minutes for a few photos, and another
 * machine would go on with what this one is still sending. It is looked at before each effect, after each wait, and meanwhile once a
 * minute; a line that breaks does not end the attempt by itself. Where the newsroom refuses, the work ends at its next step: throws
 * `publication-refused` (exit 5 for `fence`), or why the login may not go on.
 */
export async function withLease<T>(
  run: Run,
  granted: GrantedAttempt,
  work: (run: Run) => Promise<T>,
): Promise<T> {
  const { session, pictureAddress, photo } = run;
  const { keep, end } = openLease(run, granted);
  try {
    return await work({
      ...run,
      keepLease: keep,
      session: {
        ...session,
        async wait(ms) {
          run.onStep?.("processing");
          await session.wait(ms);
          await keep();
        },
      },
      photo: async (shown) => {
        await keep();
        return photo(shown);
      },
      ...(pictureAddress && {
        pictureAddress: async (shown) => {
          await keep();
          return pictureAddress(shown);
        },
      }),
    });
  } finally {
    end();
  }
}

function openLease(run: Run, { number, fence, lease_until }: GrantedAttempt) {
  const { newsroom, request, local, clock } = run;
  // A grant whose answer was lost was made in the past: less of its lease is left.
  const isFresh = Date.parse(lease_until) - clock.now().getTime() > 2 * renewAfterMs;
  let sinceRenewal = isFresh ? stopwatch(local) : () => Number.POSITIVE_INFINITY;
  let sinceTry = () => Number.POSITIVE_INFINITY;
  let trying: Promise<void> | undefined;
  let refusal: KominfoError | undefined;

  const renew = async () => {
    sinceTry = stopwatch(local);
    const asked = stopwatch(local);
    try {
      await newsroom.updateAttempt(addressOf(request), number, { fence });
      sinceRenewal = asked;
    } catch (error) {
      if (!(error instanceof KominfoError)) throw error;
      const isLine =
        isOfTheLine(error) || (error.exit === exit.temporary && error.code !== "publication-refused");
      if (!isLine) refusal = error;
    } finally {
      trying = undefined;
    }
  };
  const keep = async () => {
    if (sinceRenewal() > renewAfterMs && sinceTry() > lookEveryMs) trying ??= renew();
    await trying;
    if (refusal) throw refusal;
  };
  // What it finds out is thrown at the next step.
  const end = run.repeat?.(lookEveryMs, () => void keep().catch(() => {})) ?? (() => {});
  return { keep, end };
}
