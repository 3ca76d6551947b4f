import type {
  Comment,
  Content,
  Person,
  Redaction,
  Submission,
  Transition,
} from "../../../contract/contract.js";
import type { PhotoSize } from "../../store/photos/photo-sizes.js";

/** What a submission's page is made of, as it is stored. */
export interface LoadedSubmission {
  submission: Submission;
  /** Of the revision that is read, which may be an older one. */
  content: Content;
  revision: number;
  revisionAuthor: { id: string; name: string };
  revisions: readonly {
    number: number;
    author: { id: string; name: string };
    at: string;
    message: string | null;
  }[];
  comments: readonly Comment[];
  history: readonly Transition[];
  redactions: readonly Redaction[];
  /** To whom a claim may be handed. */
  colleagues: readonly Person[];
  sizes: ReadonlyMap<string, PhotoSize>;
  lastChange: number;
}
