/** The day in Asia/Jakarta at this instant, YYYY-MM-DD. */
export function today(_now: Date): string {
  throw new Error("follows");
}
