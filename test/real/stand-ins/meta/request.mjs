/** What a call names: its token, parameters and files. */
import { invalid, Refusal } from "./errors.mjs";

/**
 * @typedef {object} Request
 * @property {string} token
 * @property {Map<string, string>} given of the query and of the body
 * @property {Map<string, Uint8Array>} files
 */

/**
 * @param {import("../control.mjs").Asked} asked
 * @returns {Promise<Request>}
 */
export async function readRequest({ query, headers, body }) {
  const given = new Map(query);
  /** @type {Map<string, Uint8Array>} */
  const files = new Map();
  const type = String(headers["content-type"] ?? "");
  if (body.length > 0) {
    if (type.startsWith("application/json")) {
      for (const [name, value] of Object.entries(JSON.parse(body.toString("utf8")))) {
        given.set(name, typeof value === "string" ? value : JSON.stringify(value));
      }
    } else if (/^(multipart\/form-data|application\/x-www-form-urlencoded)/.test(type)) {
      const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
      for (const [name, value] of form) {
        if (typeof value === "string") given.set(name, value);
        else files.set(name, new Uint8Array(await value.arrayBuffer()));
      }
    } else throw invalid(`A body of this type is not taken: ${type}`);
  }
  const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1];
  const token = bearer ?? given.get("access_token");
  if (token === undefined)
    throw new Refusal(2500, "An active access token must be used to query information");
  return { token, given, files };
}

/**
 * What Meta says of a token that is not valid any more: https://developers.facebook.com/docs/graph-api/guides/error-handling
 *
 * @type {Record<string, [subcode: number, message: string]>}
 */
const invalidTokens = {
  expired: [463, "Error validating access token: Session has expired"],
  revoked: [460, "Error validating access token: The session has been invalidated"],
  // Of somebody who has no role on the page any more.
  "no-role": [492, "Error validating access token: The user does not have a role on the Page"],
};

/** @param {import("./world.mjs").TokenState | undefined} state */
export function checkToken(state) {
  if (state === undefined) throw new Refusal(190, "Invalid OAuth access token - Cannot parse access token");
  if (state === "no-admin") {
    const message = "(#200) The user does not have sufficient administrative permission for this Page";
    throw new Refusal(200, message, { status: 403 });
  }
  const [subcode, message] = invalidTokens[state] ?? [];
  if (subcode !== undefined) throw new Refusal(190, String(message), { subcode, status: 401 });
}

/**
 * @param {ReadonlySet<string>} granted
 * @param {string} permission
 */
export function need(granted, permission) {
  if (granted.has(permission)) return;
  if (permission.startsWith("pages_")) {
    throw new Refusal(200, `(#200) If posting to a page, requires the permission ${permission}`, {
      status: 403,
    });
  }
  throw new Refusal(10, "(#10) Application does not have permission for this action", { status: 403 });
}
