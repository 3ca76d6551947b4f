import type { template as original } from "../id/template.js";

export const template: typeof original = {
  required: "required",
  repeats: "repeats",
  internal: "for the newsroom only",
  choices: "choices",
  own: "this workspace's own",
  use: (name) => `kominfo post new ${name}`,
};
