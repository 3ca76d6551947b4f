/** The media type of an answer as it is shown; an answer may have none ("?"). */
export function contentType(type: string): string {
  return type === "?" ? "tanpa jenis isi" : type;
}
