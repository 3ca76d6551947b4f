// What X bills, in thousandths of a US dollar: docs.x.com/x-api/getting-started/pricing.md as of 2026-08-22, read by hand.
// Not the program's own table, so that the two can be compared.

export const prices = {
  /** Content: Create, per request. */
  post: 15,
  /** Content: Create (with URL). */
  postWithLink: 200,
  /** Content: Manage, which is media/metadata. */
  altText: 5,
  /** Owned reads, per post. */
  ownPostRead: 1,
  /** Posts: Read, somebody else's. */
  postRead: 5,
  /** Interaction: Delete, per request. */
  deletion: 10,
  /** User: Read. */
  user: 10,
};
