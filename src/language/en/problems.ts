import type { problems as original } from "../id/problems.js";

export const problems: typeof original = {
  required: () => "is required",
};
