import type { problems } from "../language/id/problems.js";

/** A stable name of something wrong with one key; its words are in `language/<id|en>/problems.ts`. */
export type ProblemCode = keyof typeof problems;

/** One thing that is wrong in a file that a person edits: where, and what is expected there. */
export interface Problem<C extends ProblemCode = ProblemCode> {
  code: C;
  /** Dotted key, e.g. `foto.0.alt`; absent when the whole file is meant. */
  key?: string;
  /** 1-based line in the file as the person sees it. */
  line?: number;
  params?: Parameters<(typeof problems)[C]>[0];
  /** A warning is shown but stops nothing. */
  severity: "error" | "warning";
}
