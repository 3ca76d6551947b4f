/**
 * Position and number of rows to read. `limit` is the page size plus one: the extra row shows whether there is a next
 * page.
 */
export interface Slice {
  after: string | undefined;
  limit: number;
}
