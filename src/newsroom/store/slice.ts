/** Where a list goes on, and one row more than the page holds: it tells whether there is a next page. */
export interface Slice {
  after: string | undefined;
  limit: number;
}
