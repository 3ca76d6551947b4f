/** A submission, as a person names it. */
export interface SubmissionReference {
  id: string;
  /** Where it was named by its address. */
  origin?: string;
}

/** Reads a submission's id, or its address at the newsroom or its desk; undefined for anything else. */
export function parseReference(wanted: string): SubmissionReference | undefined {
  const uuid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  const [, address, id] =
    new RegExp(`^(https?://.+/submissions/)?(${uuid})$`, "i").exec(wanted.trim().replace(/[/#?]*$/, "")) ??
    [];
  if (!id) return undefined;
  return { id: id.toLowerCase(), ...(address && { origin: new URL(address).origin }) };
}
