import { randomUUID } from "node:crypto";
import type { ChannelPublishing, Job, Outcome, Removal, Session } from "../../src/channels/publishing.js";
import type { Attempt, GrantedAttempt, LookupKeys, Rendering } from "../../src/contract/contract.js";
import { temporary } from "../../src/errors/errors.js";
import { createNewsroomClock, type LocalClocks } from "../../src/publish/clock.js";
import type { AttemptClient, SendDeps } from "../../src/publish/send.js";

/** The time of a test: it stands still until the test moves it. */
export function testTime(start = "2026-11-30T00:00:00.000Z"): LocalClocks & { advance(ms: number): void } {
  let ms = Date.parse(start);
  return {
    now: () => new Date(ms),
    monotonic: () => ms,
    advance(by) {
      ms += by;
    },
  };
}
type Time = ReturnType<typeof testTime>;

/** Ends a run where it stands, as SIGKILL does: a step before or after its effect never returns. */
export interface Killer {
  killed: Promise<void>;
  step<T>(effect: () => Promise<T>): Promise<T>;
  /** Steps so far. */
  readonly steps: number;
}

/** @param at the step that never returns, from 1; 0: none */
export function killAt(at: number, when: "before" | "after"): Killer {
  let steps = 0;
  let end = () => {};
  const killed = new Promise<void>((resolve) => {
    end = resolve;
  });
  const stop = (): Promise<never> => {
    end();
    return new Promise(() => {});
  };
  return {
    killed,
    get steps() {
      return steps;
    },
    async step(effect) {
      steps += 1;
      const number = steps;
      if (number === at && when === "before") return stop();
      const result = await effect();
      return number === at ? stop() : result;
    },
  };
}

const submission = "019a0000-0000-7000-8000-000000000001";
const publication = "019a0000-0000-7000-8000-000000000002";
const person = { id: "019a0000-0000-7000-8000-000000000003", name: "Siti" };
export const request = { submission, publication: { id: publication }, link: null };

const rendering: Rendering = {
  channel: "x",
  text: ["Musrenbang"],
  link: null,
  length: 10,
  limit: 280,
  photos: [],
  left_out: [],
  article: null,
  warnings: [],
};

const leaseMs = 10 * 60_000;

/** One publication at a newsroom, by the rules of grant, intent and outcome. The real one is in test/newsroom/publishing. */
export function fakeNewsroom(time: Time) {
  let state: string = "planned";
  let isToGo = false;
  const attempts: (GrantedAttempt & { intent_at: string | null })[] = [];
  const iso = (ms = 0) => new Date(time.now().getTime() + ms).toISOString();
  const running = () => attempts.findLast(({ outcome }) => outcome === null);

  const keys = new Map<string, GrantedAttempt>();
  const grantAttempt: AttemptClient["grantAttempt"] = async (_address, { key }) => {
    const asked = keys.get(key);
    if (asked) return asked;
    const holder = running();
    if (holder && Date.parse(holder.lease_until) > time.now().getTime()) {
      throw temporary("server-busy", { origin: "https://redaksi.example.go.id" });
    }
    if (holder && holder.kind === "send") {
      holder.outcome = holder.intent_at === null ? "failed" : "unclear";
      state = holder.outcome;
    } else if (holder) {
      holder.outcome = "unclear";
    }
    if (state === "published" && !isToGo) throw new Error("granted although it is published");
    const earlier =
      attempts.findLast(({ intent, outcome }) => intent !== null && outcome !== "failed") ?? null;
    const kind = state === "published" ? "take_down" : state === "unclear" ? "look" : "send";
    if (kind === "send") state = "publishing";
    const granted: GrantedAttempt = {
      number: attempts.length + 1,
      kind,
      by: person,
      granted_at: iso(),
      lease_until: iso(leaseMs),
      intent_at: null,
      intent: null,
      outcome: null,
      fence: randomUUID(),
      publication: {
        id: publication,
        revision: 1,
        channel: "x",
        account: "1",
        state: "publishing",
        correction: false,
        by: person,
        created_at: iso(),
        scheduled_for: null,
        published_at: null,
        unpublished_at: null,
        url: null,
        remote_id: kind === "take_down" ? "media-1" : null,
        reason: null,
        held: null,
      },
      rendering,
      earlier,
      look_after:
        kind === "look" ? new Date(Date.parse(earlier?.intent_at ?? iso()) + 120_000).toISOString() : null,
      corrects: null,
    };
    attempts.push(granted);
    keys.set(key, granted);
    return granted;
  };
  const updateAttempt: AttemptClient["updateAttempt"] = async (_address, number, change) => {
    const attempt = attempts[number - 1]!;
    if (attempt.fence !== change.fence) throw new Error("fence");
    if (change.intent) {
      attempt.intent = change.intent;
      attempt.intent_at = iso();
    }
    if (attempt.kind === "take_down") {
      if (change.outcome) attempt.outcome = change.outcome.state;
      if (change.outcome?.state === "unpublished") state = "unpublished";
      return attempt satisfies Attempt;
    }
    if (change.outcome && state !== "published") {
      attempt.outcome = change.outcome.state;
      const isLast = number === attempts.length;
      if (isLast || change.outcome.state === "published" || change.outcome.state === "failed") {
        state = change.outcome.state === "absent" ? "failed" : change.outcome.state;
      }
    }
    return attempt satisfies Attempt;
  };
  return {
    client: { origin: "https://redaksi.example.go.id", grantAttempt, updateAttempt },
    get state() {
      return state;
    },
    askForTakeDown() {
      isToGo = true;
    },
    attempts,
  };
}

/** A channel whose visible posts can be counted. `proves`: a lookup that finds nothing proves that nothing is there. */
export function fakeChannel({ proves }: { proves: boolean }) {
  const visible: string[] = [];
  let prepared = 0;
  const publishing = {
    account: async () => ({ account: "1", label: "@kec", mode: "publish" as const }),
    async prepare(_session: Session, job: Job): Promise<LookupKeys> {
      const media = await job.once("media", async () => {
        prepared += 1;
        return `media-${prepared}`;
      });
      return { media };
    },
    async commit(_session: Session, _job: Job, intent: LookupKeys): Promise<Outcome> {
      visible.push(String(intent.media));
      return { state: "published", remote_id: String(intent.media), url: "https://x.com/i/status/1" };
    },
    async lookup(_session: Session, intent: LookupKeys, _elapsedMs: number): Promise<Outcome> {
      const found = visible.find((media) => media === intent.media);
      if (found) return { state: "published", remote_id: found, url: null };
      return proves ? { state: "absent" } : { state: "unclear" };
    },
    async takeDown(_session: Session, remoteId: string, _removal: Removal) {
      const at = visible.indexOf(remoteId);
      if (at >= 0) visible.splice(at, 1);
    },
  } satisfies ChannelPublishing;
  return { publishing, visible };
}

/** One machine's run, whose every request and effect passes through `killer`. */
export function depsOf(
  time: Time,
  newsroom: ReturnType<typeof fakeNewsroom>,
  channel: ReturnType<typeof fakeChannel>,
  folder: string,
  killer: Killer = killAt(0, "before"),
): SendDeps {
  const { client } = newsroom;
  const { publishing } = channel;
  const clock = createNewsroomClock(time);
  return {
    newsroom: {
      origin: client.origin,
      grantAttempt: (...given) => killer.step(() => client.grantAttempt(...given)),
      updateAttempt: (...given) => killer.step(() => client.updateAttempt(...given)),
    },
    publishing: {
      ...publishing,
      prepare: (session, job) =>
        publishing.prepare(session, {
          ...job,
          once: (key, effect) => job.once(key, () => killer.step(effect)),
        }),
      commit: (...given) => killer.step(() => publishing.commit(...given)),
      lookup: (...given) => killer.step(() => publishing.lookup(...given)),
      takeDown: (...given) => killer.step(() => publishing.takeDown(...given)),
    },
    session: {
      http: async () => {
        throw new Error("no request");
      },
      origin: "https://api.x.com",
      now: time.now(),
      secret: {},
      newsroomNow: clock.now,
      wait: async () => {},
    },
    folder,
    clock,
    local: time,
    newKey: randomUUID,
    photo: async () => new Uint8Array(),
  };
}
