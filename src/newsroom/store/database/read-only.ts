import type { KyselyPlugin } from "kysely";
import type { Store } from "./open.js";

/**
 * Returns a view of the store that runs SELECT only. Routes get this one, so that they cannot write but through `Write`,
 * which checks the caller's permission in the transaction. Any other statement is a bug and throws a TypeError.
 */
export function readOnly(store: Store): Store {
  return store.withPlugin(selectOnly);
}

const selectOnly: KyselyPlugin = {
  transformQuery({ node }) {
    if (node.kind !== "SelectQueryNode") throw new TypeError(`${node.kind} on a store that only reads`);
    return node;
  },
  transformResult: async ({ result }) => result,
};
