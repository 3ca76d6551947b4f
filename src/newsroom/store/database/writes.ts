import type { KyselyPlugin } from "kysely";
import type { Store } from "./open.js";

/**
 * Returns a view of the store that runs SELECT only. Routes get this one, so that they cannot write but through `Writing`,
 * which checks the caller's permission in the transaction. Any other statement is a bug and throws a TypeError.
 */
export function readOnly(store: Store): Store {
  return store.withPlugin(
    onWrite((statement) => {
      throw new TypeError(`${statement} on a store that only reads`);
    }),
  );
}

/**
 * Watches what is done with a transaction. Work that changed nothing is not recorded, and counts in no quota.
 *
 * @returns the transaction to work with, and whether a statement other than SELECT ran on it
 */
export function watchWrites(transaction: Store): { transaction: Store; hasWritten: () => boolean } {
  let written = false;
  const watch = onWrite(() => {
    written = true;
  });
  return { transaction: transaction.withPlugin(watch), hasWritten: () => written };
}

/** @param react runs before each statement other than SELECT, with its kind */
function onWrite(react: (statement: string) => void): KyselyPlugin {
  return {
    transformQuery({ node }) {
      if (node.kind !== "SelectQueryNode") react(node.kind);
      return node;
    },
    transformResult: async ({ result }) => result,
  };
}
