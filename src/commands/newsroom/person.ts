import type { User } from "../../contract/contract.js";
import { findKecamatan } from "../../region/kecamatan.js";
import { cleanLine } from "../../text/clean.js";

/** "Siti Aminah (operator, Cibitung)", safe to show. */
export function formatPerson(user: Pick<User, "name" | "role" | "kecamatan">): string {
  const place = kecamatanName(user.kecamatan);
  return `${cleanLine(user.name)} (${user.role}${place && `, ${place}`})`;
}

/** The name of a kecamatan that a server named by its code; "" for none. */
export function kecamatanName(code: string | null): string {
  return code === null ? "" : (findKecamatan(code)?.name ?? cleanLine(code));
}
