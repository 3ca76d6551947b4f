/** Whose account it is, as far as the newsroom tells. */
interface Claim {
  channel: string;
  account: string;
  /** Name of the kecamatan; null: the kabupaten's. */
  kecamatan: string | null;
  /** Who announced or decided it; null where the caller may not know. */
  by: string | null;
  since: string;
}

/** Errors about accounts of channels that the newsroom knows. */
export interface OutletErrors {
  /** Another owner has announced it. */
  "account-taken": Claim;
  /** An editor has given it to another owner. */
  "account-decided": Claim;
  /** An editor has removed this claim. */
  "account-removed": Claim;
  "account-not-known": { channel: string; account: string };
  /** No publisher has ever had these, so nobody sends at a time that was set. */
  "account-unwatched": { accounts: readonly string[] };
}
