import path from "node:path";

/** WhatsApp gives photos these names, and takes away who made them, when, and most of their pixels. */
const whatsappName = /^(IMG-\d{8}-WA\d+|WhatsApp Image )/i;

export function isWhatsappName(file: string): boolean {
  return whatsappName.test(path.basename(file));
}
