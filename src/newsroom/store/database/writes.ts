import type { KyselyPlugin } from "kysely";
import type { Store } from "./open.js";

/**
 * Watches what is done with a transaction. Work that changed nothing is not recorded, and counts in no quota.
 *
 * @returns the transaction to work with, and whether a statement other than SELECT ran on it
 */
export function watchWrites(transaction: Store): { transaction: Store; hasWritten: () => boolean } {
  let written = false;
  const watch: KyselyPlugin = {
    transformQuery({ node }) {
      if (node.kind !== "SelectQueryNode") written = true;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return { transaction: transaction.withPlugin(watch), hasWritten: () => written };
}
