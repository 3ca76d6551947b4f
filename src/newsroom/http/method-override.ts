import type { IncomingMessage } from "node:http";
import { apiPath } from "../../contract/contract.js";

export const overrideHeader = "x-http-method-override";

/** The methods of tus. A client that can send only GET and POST names them in a header. */
const methods: readonly string[] = ["DELETE", "HEAD", "OPTIONS", "PATCH", "POST"];
const uploads = new RegExp(`^${apiPath}/uploads(?:[/?]|$)`);

/**
 * Makes a POST to an upload the request that its X-HTTP-Method-Override names (tus 1.0). This is done before the route is
 * looked up, so that the named method's declaration, roles and limits hold, and no other. Where the header is not followed,
 * `uploadRoutes` refuses it.
 */
export function overrideMethod(request: IncomingMessage): void {
  const named = request.headers[overrideHeader];
  if (request.method !== "POST" || typeof named !== "string" || !methods.includes(named)) return;
  if (uploads.test(request.url ?? "")) request.method = named;
}
