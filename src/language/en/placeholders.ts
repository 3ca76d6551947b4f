/** As `program.ts` names them. */
export const placeholders: Readonly<Record<string, string>> = {};
