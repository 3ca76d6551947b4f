import type { account as original } from "../id/account.js";

export const account: typeof original = {
  heading: "",
};
