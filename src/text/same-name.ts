/**
 * A name as one reads it: macOS writes "é" as two characters where others write one, and puts U+202F before "PM"; copied names have other
 * spaces. Two names with the same key are the same to a person.
 */
export function nameKey(name: string): string {
  return name
    .normalize("NFC")
    .replace(/[\s\p{Zs}]+/gu, " ")
    .trim();
}

/** `nameKey` for a second look: without case, as Windows and macOS compare names, and without what is not seen. */
export function looseNameKey(name: string): string {
  return nameKey(name.replace(/\p{Cf}/gu, "")).toLowerCase();
}

/**
 * Finds the one of `names` that a person means: the same, else the same as one reads it, else the same without case. Undefined where
 * none is, or several are alike: then nobody can tell.
 */
export function nameFinder(names: readonly string[]): (wanted: string) => string | undefined {
  const exact = new Set(names);
  const indexes = [nameKey, looseNameKey].map((key) => {
    const index = new Map<string, string | null>();
    for (const name of names) index.set(key(name), index.has(key(name)) ? null : name);
    return (wanted: string) => index.get(key(wanted));
  });
  return (wanted) => {
    if (exact.has(wanted)) return wanted;
    for (const find of indexes) {
      const found = find(wanted);
      if (found !== undefined) return found ?? undefined;
    }
    return undefined;
  };
}
