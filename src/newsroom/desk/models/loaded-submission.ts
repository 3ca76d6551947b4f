import type {
  Comment,
  Content,
  Person,
  Redaction,
  RevisionSummary,
  Submission,
  Transition,
} from "../../../contract/contract.js";
import type { PhotoSize } from "../../store/photos/photo-sizes.js";

/** The stored data that a submission's page shows. */
export interface LoadedSubmission {
  submission: Submission;
  /** Content of the shown revision, which may be an older one. */
  content: Content;
  revision: number;
  revisionAuthor: { id: string; name: string };
  revisions: readonly RevisionSummary[];
  comments: readonly Comment[];
  history: readonly Transition[];
  redactions: readonly Redaction[];
  /** The editors that a claim may be handed to. */
  colleagues: readonly Person[];
  sizes: ReadonlyMap<string, PhotoSize>;
  lastChange: number;
}
