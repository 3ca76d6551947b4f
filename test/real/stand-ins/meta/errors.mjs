/**
 * Errors as the Graph API writes them: https://developers.facebook.com/docs/graph-api/guides/error-handling, and Instagram's
 * https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes (2026-06-02).
 */

/** What the stand-in refuses, as Meta would. */
export class Refusal extends Error {
  /**
   * @param {number} code
   * @param {string} message
   * @param {{ subcode?: number, status?: number, userMessage?: string, headers?: Record<string, string> }} [more]
   */
  constructor(code, message, more = {}) {
    super(message);
    this.code = code;
    this.more = more;
  }

  answer() {
    const { subcode, status = 400, userMessage, headers = {} } = this.more;
    return {
      status,
      headers,
      json: {
        error: {
          message: this.message,
          type: "OAuthException",
          code: this.code,
          ...(subcode !== undefined && { error_subcode: subcode }),
          is_transient: false,
          ...(userMessage !== undefined && { error_user_title: "Error", error_user_msg: userMessage }),
          fbtrace_id: "AbCdEfGhIjKlMnOpQrStUv",
        },
      },
    };
  }
}

/**
 * Of an id that is not there, or that this login may not see: Meta does not distinguish them.
 *
 * @param {string} method
 * @param {string} id
 */
export function notThere(method, id) {
  const message = `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`;
  return new Refusal(100, message, { subcode: 33 });
}

/** @param {string} message */
export function invalid(message) {
  return new Refusal(100, `(#100) ${message}`);
}
