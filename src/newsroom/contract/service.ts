import { z } from "zod";
import { instant } from "./fields.js";

export const service = z.object({
  name: z.literal("kominfo-newsroom"),
  version: z.string(),
  minimum_client: z.string(),
  time: instant,
  limits: z.record(z.string(), z.number()),
});
export const settings = z.object({ categories: z.array(z.string()) });
