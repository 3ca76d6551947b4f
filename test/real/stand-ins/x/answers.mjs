// How X says no: the shapes that its users quote in their bug trackers.
// 403: github.com/akrherz/iembot/issues/163 (2026-02); 400: github.com/abraham/twitteroauth/issues/1082 and /1222;
// 402: github.com/tryethernal/ethernal/issues/1324 (2026-06); rate headers: docs.x.com/x-api/fundamentals/rate-limits.

/** @typedef {import("../control.mjs").Answer} Answer */

/** @param {number} status @param {string} title @param {string} [detail] @returns {Answer} */
function blank(status, title, detail = title) {
  return { status, json: { title, type: "about:blank", status, detail } };
}

export const unauthorized = () => blank(401, "Unauthorized");
export const forbidden = (/** @type {string} */ detail) => blank(403, "Forbidden", detail);
export const tooMany = () => blank(429, "Too Many Requests");
export const notHere = () => blank(404, "Not Found");

/** @returns {Answer} */
export const creditsSpent = () => ({
  status: 402,
  json: {
    account_id: 1,
    title: "CreditsDepleted",
    detail: "Your enrolled account [1] does not have any credits to fulfill this request.",
    type: "https://api.twitter.com/2/problems/credits",
  },
});

/** @returns {Answer} */
export const appNotAllowed = () => ({
  status: 403,
  json: {
    title: "Unsupported Authentication",
    detail:
      "Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.  Supported authentication types are [OAuth 1.0a User Context, OAuth 2.0 User Context].",
    type: "https://api.x.com/2/problems/unsupported-authentication",
    status: 403,
  },
});

/**
 * @param {string} message
 * @param {Record<string, string[]>} [parameters] what was given
 * @returns {Answer}
 */
export const invalid = (message, parameters = {}) => ({
  status: 400,
  json: {
    errors: [{ parameters, message }],
    title: "Invalid Request",
    detail: "One or more parameters to your request was invalid.",
    type: "https://api.x.com/2/problems/invalid-request",
  },
});

/**
 * X answers 200 where one resource was asked for that is not there.
 *
 * @param {"tweet" | "user"} kind
 * @param {string} id
 * @returns {Answer}
 */
export const missing = (kind, id) => ({
  status: 200,
  json: {
    errors: [
      {
        value: id,
        detail: `Could not find ${kind} with id: [${id}].`,
        title: "Not Found Error",
        resource_type: kind,
        parameter: "id",
        resource_id: id,
        type: "https://api.x.com/2/problems/resource-not-found",
      },
    ],
  },
});

/** The fields of a JSON object that X's document does not have for it. */
export function unknownField(/** @type {object} */ given, /** @type {readonly string[]} */ fields, at = "$") {
  const unknown = Object.keys(given).find((name) => !fields.includes(name));
  return unknown === undefined
    ? undefined
    : invalid(
        `${at}.${unknown}: is not defined in the schema and the schema does not allow additional properties`,
      );
}
