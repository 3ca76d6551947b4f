import type { review as original } from "../id/review.js";

export const review: typeof original = {
  heading: "",
};
