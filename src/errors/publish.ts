/** Errors of publishing what was approved. */
export interface PublishErrors {
  "account-not-here": { service: string; account: string };
  /** `post`: as commands take it. */
  "no-channel-account": { channels: readonly string[]; post?: string };
  /** `others`: names of the channels that fit. `mayLink`: it fits with a link, which costs. */
  "publish-unfit": { channel: string; problem: string; others: readonly string[]; mayLink?: boolean };
  "publish-cost-unagreed": { cost: string };
  "publish-cost-over": { cost: string; max: string };
  /** A link that costs was asked for at a time that was set, when nobody is there to agree to it. */
  "publish-link-timed": { channel: string };
  "publish-changed": { state: string };
  "publish-by-kabupaten": undefined;
  /** `links`: of what is out. */
  "link-unrecorded": { link: string; links: readonly string[]; submission: string };
  /** It was out, and is no more. `post`: as commands take it. */
  "publish-taken-down": { post?: string };
  "look-cost-unagreed": { cost: string; submission: string };
  "take-down-cost-unagreed": { cost: string; submission: string };
  "nothing-published": { channels: readonly string[] };
  "bad-take-down-reason": { value: string; causes: readonly string[] };
  "bad-cost": { value: string };
  /** `now`: by the newsroom's clock. Both it and `example` as people write an instant. */
  "bad-time": { flag: string; value: string; now: string; example: string };
}
