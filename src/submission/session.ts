import type { Submission } from "../contract/contract.js";
import type { KominfoError } from "../errors/errors.js";
import type { NewsroomClient } from "../newsroom-client/types.js";
import type { Bundle } from "../workspace/posts.js";
import {
  type PostState,
  readState,
  requireSameOrigin,
  withStateLock,
  writeState,
} from "../workspace/state.js";
import type { SubmitAction } from "./plan.js";

export type Queued = NonNullable<PostState["queued"]>;
export type Pending = NonNullable<PostState["pending"]>;

/** The dependencies of sending a post, without its content. */
export interface SubmitDeps {
  bundle: Bundle;
  newsroom: NewsroomClient;
  /** Returns a new UUID. */
  newKey: () => string;
  /** The local clock, by which an answer is recognised that the newsroom gave before. Absent: none is. */
  now?: () => Date;
  onProgress?: (progress: SubmitProgress) => void;
}

export type SubmitProgress =
  | { step: "preparing"; done: number; total: number }
  /** `sent` and `size` are bytes. */
  | { step: "uploading"; done: number; total: number; sent: number; size: number }
  | { step: "sending" };

/** What sending a post came to. */
export interface Submitted {
  submission: Submission;
  url: string;
  action: SubmitAction["action"];
  photos: { uploaded: number; present: number };
  /** The newsroom has it from a copy of this draft since this instant. */
  receivedBefore?: string;
}

/** Nothing has changed since the newsroom received it, which could not be asked: `submission` is what this computer knows. */
export interface Unasked extends Pick<Submitted, "url" | "action" | "photos"> {
  submission: Pick<Submission, "id" | "revision" | "state">;
  /** Why the newsroom could not be asked. */
  unasked: KominfoError;
}

/** One run of sending a bundle, under its state lock. */
export interface SendSession extends SubmitDeps {
  /** The state as it is on disk. */
  readonly state: PostState;
  /** Writes the state file, then makes `next` the current state. */
  save(next: PostState): Promise<void>;
}

/**
 * Runs `work` under the state lock of a post (`lock-held`, exit 5), with the state as it is on disk. Throws where the post is at another
 * newsroom.
 */
export async function withSession<T>(
  deps: SubmitDeps,
  work: (session: SendSession) => Promise<T>,
): Promise<T> {
  const { bundle, newsroom } = deps;
  return withStateLock(bundle.state, async () => {
    let state = await readState(bundle.state);
    requireSameOrigin(state, newsroom.origin, bundle.slug);
    return work({
      ...deps,
      get state() {
        return state;
      },
      async save(next) {
        await writeState(bundle.state, next);
        state = next;
      },
    });
  });
}
