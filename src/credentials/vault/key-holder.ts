import type { UnlockedVault, VaultHeader } from "./sealed.js";

/** A vault's key that is held outside this process, and until when. */
export interface HeldKey {
  key: Buffer;
  until: Date;
}

/** What holds the key of an opened vault between the runs of kominfo, for a while and never on disk. */
export interface KeyHolder {
  /** Returns the key that is held for the vault with this header, or undefined. Never throws: without one, a person is asked. */
  held(header: VaultHeader): Promise<HeldKey | undefined>;
  /**
   * Holds a key until then, in place of any that is held. Throws `session-unsupported`, `session-folder-foreign` and
   * `session-unstarted` (exit 1).
   */
  hold(unlocked: UnlockedVault, until: Date): Promise<void>;
  /** Ends the holding. Returns whether anything was held. */
  release(): Promise<boolean>;
}
