/** Whether a value is an object of keys, as YAML and the metadata of photos have them: not a list. */
export function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
