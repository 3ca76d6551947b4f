/** English help shows the names of `program.ts`. */
export const placeholders: Readonly<Record<string, string>> = {};
