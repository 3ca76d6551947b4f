/** Whether a value is an object with keys and not a list, e.g. from YAML or photo metadata. */
export function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
