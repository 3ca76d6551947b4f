import type { newsroom as original } from "../id/newsroom.js";

export const newsroom: typeof original = {
  heading: "",
};
