import type { Context } from "../context.js";
import { usage } from "../errors.js";
import { nearest } from "../language/nearest.js";
import type { State } from "../newsroom/lifecycle.js";

/** A state by its name on the wire or as it is shown. Throws `bad-choice` (exit 2) with the nearest. */
export function stateOf<S extends State | "draft">(context: Context, value: string, known: readonly S[]): S {
  const shown = context.messages.post.states;
  const wanted = value.trim().toLowerCase();
  const found = known.find((state) => state === wanted || shown[state] === wanted);
  if (found) return found;
  const choices = known.map((state) => `${state} (${shown[state]})`);
  const near = nearest(wanted, [...known, ...known.map((state) => shown[state])]);
  throw usage("bad-choice", { flag: "--state", value, choices, nearest: near });
}
