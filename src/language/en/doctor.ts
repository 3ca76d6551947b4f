import type { doctor as original } from "../id/doctor.js";

export const doctor: typeof original = {
  heading: "",
};
