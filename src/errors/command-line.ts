/** Errors about the command line and the terminal. */
export interface CommandLineErrors {
  cancelled: undefined;
  /** A person has answered a question with no. */
  declined: undefined;
  /** Stopped, with answers that wait. `isNew`: for a new post, not for changes of one. */
  "answers-kept": { isNew: boolean; command: string };
  /** `elsewhere`: commands of other groups that are called so. */
  "unknown-command": { name: string; nearest?: string; command: string; elsewhere?: readonly string[] };
  "unknown-flag": { flag: string; nearest?: string; command: string };
  "missing-argument": { name: string; command: string };
  /** `instead`: the command line that was probably meant. */
  "too-many-arguments": { command: string; instead?: string };
  "missing-flag-value": { flag: string; command: string };
  "bad-command-line": { detail: string; command: string };
  /** `choices`: what it takes, where that is a short list. */
  "missing-input": { flag: string; choices?: readonly string[] };
  "bad-choice": { flag: string; value: string; choices: readonly string[]; nearest?: string };
  /** A text of the command line that has lost letters, or holds what cannot be stored. */
  "flag-letters": { flag: string };
  "bad-number": { flag: string; value: string; min: number; max: number };
  /** `doing`: what failed; "open" where that may be either. */
  "file-system": { path?: string; reason: string; doing: "read" | "write" | "open" };
  "terminal-needed": { instead: string };
  "flags-together": { flags: readonly string[] };
  "day-invalid": { flag: string; value: string };
  "day-past": { flag: string; value: string };
}
