import type { Publication, Rendering, RenderingWarning } from "../../contract/contract.js";
import type { KeptPhotos } from "../../contract/kept-photos.js";
import type { KominfoError } from "../../errors/errors.js";
import type { PlannedPublication } from "../../publish/plan.js";
import type { Sent } from "../../publish/send.js";

/** What has become of one publication in this run. */
export interface PublishResult {
  channel: PlannedPublication["channel"];
  /** The account, as the newsroom and as readers know it. */
  seat: { account: string; label: string };
  /** Of a run over several submissions. */
  submission?: { id: string; title: string };
  /** Absent where it was going on only. */
  planned?: PlannedPublication;
  /** What was approved for the channel, where nothing was planned there: a person has put it there. */
  rendering?: Rendering;
  publication?: Publication;
  sent?: Sent;
  /**
   * The publication is scheduled, out already, waits for the article, or for a person to paste its correction; or it shall be taken down,
   * is proved not to be out, and is not sent any more.
   */
  state?: "scheduled" | "out" | "waiting" | "uncorrected" | "stopped";
  /** Why it goes out without the article's address. */
  linkLeftOut?: RenderingWarning;
  /** Of a take-down, in thousandths of a US dollar. */
  removalCost?: number;
  /** Address of the submission at the desk. */
  page?: string;
  /** Posts on the account that go on showing photos which are not approved any more. */
  kept?: readonly KeptPhotos[];
  error?: KominfoError;
}
