import { rm } from "node:fs/promises";
import path from "node:path";
import type { Context } from "../../../context.js";
import { KominfoError } from "../../../errors/errors.js";
import { temporaryName, writeAtomically } from "../../../files/atomic.js";
import { approvalRequest } from "../../../submission/approval-request.js";
import type { Preview } from "../../../submission/preview.js";

/** The files of a request for approval, and what is to be said about them. */
export interface WrittenRequest {
  text: string;
  /** Absent where no photo could be drawn. */
  card?: string;
  remark?: "cardWithoutText" | "cardWithoutPhoto";
}

/** Writes the message and the card for WhatsApp beside the preview. */
export async function writeRequest(
  context: Context,
  preview: Preview,
  beside: string,
): Promise<WrittenRequest> {
  const { kecamatan } = (await context.workspace()).settings;
  const { content } = preview;
  const request = approvalRequest(content, kecamatan.name, context.messages.preview.request);
  const stem = path.join(path.dirname(beside), `${content.slug}-whatsapp`);
  const text = `${stem}.txt`;
  await writeAtomically(text, request.message);
  const lead = leadOf(preview);
  if (!lead) return { text, remark: "cardWithoutPhoto" };
  const card = `${stem}.jpg`;
  const engine = await context.images();
  // The engine reads files; a photo from the newsroom lies in none yet.
  const photo = lead.path ?? temporaryName(card);
  try {
    if (lead.path === undefined) await writeAtomically(photo, lead.jpeg);
    const { jpeg, hasText } = await engine.requestCard({ photo, ...request.card });
    await writeAtomically(card, jpeg);
    return { text, card, ...(hasText ? {} : { remark: "cardWithoutText" }) };
  } catch (error) {
    if (!(error instanceof KominfoError && error.code.startsWith("photo-"))) throw error;
    return { text, remark: "cardWithoutPhoto" };
  } finally {
    if (lead.path === undefined) await rm(photo, { force: true });
  }
}

function leadOf({ content, photos }: Preview) {
  const lead = content.photos.find((photo) => photo.lead) ?? content.photos[0];
  return lead && photos.get(lead.sha256);
}
