import path from "node:path";

/** The names of photos forwarded by WhatsApp, which removes author, date and most of the pixels. */
const whatsappName = /^(IMG-\d{8}-WA\d+|WhatsApp Image )/i;

export function isWhatsappName(file: string): boolean {
  return whatsappName.test(path.basename(file));
}
