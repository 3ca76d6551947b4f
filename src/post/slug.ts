/** "2026-11-22-musrenbang-kecamatan-cibitung"; `date` is YYYY-MM-DD. */
export function slugFor(_title: string, _date: string): string {
  throw new Error("follows");
}
export function nextFreeSlug(_slug: string, _taken: ReadonlySet<string>): string {
  throw new Error("follows");
}
