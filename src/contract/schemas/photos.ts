import { z } from "zod";
import { limits } from "../limits.js";
import { sha256, text } from "./fields.js";

export const knownRequest = z.strictObject({ sha256: z.array(sha256).max(limits.hashes_per_question) });
export const knownAnswer = z.object({ sha256: z.array(sha256) });

/** Metadata of a tus upload (`Upload-Metadata`); all required but source_sha256. */
export const uploadMetadata = z.object({
  sha256,
  source_sha256: sha256.optional(),
  filename: text(255),
  type: z.enum(["image/jpeg", "image/png", "image/webp"]),
});
