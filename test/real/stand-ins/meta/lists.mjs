/** Lists in pages: https://developers.facebook.com/docs/graph-api/results */
import { checkFields, readFields, show } from "./fields.mjs";

/**
 * @param {string} node
 * @param {readonly (Record<string, any> & { createdMs: number })[]} all newest first
 * @param {ReadonlyMap<string, string>} given
 */
export function listed(node, all, given) {
  const [since, until] = ["since", "until"].map((name) => seconds(given.get(name)));
  const within = all.filter(
    ({ createdMs }) =>
      createdMs / 1000 >= (since ?? 0) && createdMs / 1000 <= (until ?? Number.POSITIVE_INFINITY),
  );
  const limit = Math.min(Number(given.get("limit") ?? 25), 100);
  const start = given.has("after") ? Number(Buffer.from(given.get("after") ?? "", "base64").toString()) : 0;
  const shown = within.slice(start, start + limit);
  const cursor = (/** @type {number} */ index) => Buffer.from(String(index)).toString("base64");
  const wanted = readFields(given.get("fields") ?? (node === "PagePost" ? "id,message,created_time" : "id"));
  checkFields(node, wanted);
  return {
    data: shown.map((value) => show(node, value, wanted)),
    ...(shown.length > 0 && {
      paging: {
        cursors: { before: cursor(start), after: cursor(start + shown.length) },
        ...(start + shown.length < within.length && { next: "https://graph.facebook.com/next" }),
      },
    }),
  };
}

/** Unix seconds or a date. @param {string | undefined} text */
function seconds(text) {
  if (text === undefined) return undefined;
  return /^\d+$/.test(text) ? Number(text) : Date.parse(text) / 1000;
}
