import type { FastifyInstance, FastifyRequest } from "fastify";
import { limits } from "../../contract/contract.js";
import { problem } from "../services/problem.js";

const maxDepth = 32;
/** A body that is parsed in no time, in characters. */
const smallLength = 16 * 1024;

/**
 * Accepts JSON bodies of no more values than the endpoint declares. They are counted in the text, before it is parsed: a
 * body within the limit of bytes may have half a million values, which take a tenth of a second to parse, and seconds to
 * validate. Answers `invalid` otherwise. Large bodies wait for a turn of their own.
 */
export function acceptJson(app: FastifyInstance, takeTurn: (request: FastifyRequest) => Promise<void>): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.addContentTypeParser<string>(
    "application/json",
    { parseAs: "string" },
    async (request: FastifyRequest, body: string) => {
      if (body.length > smallLength) await takeTurn(request);
      const maxValues = request.routeOptions.config.endpoint?.values ?? limits.values_per_body;
      if (isOutsized(body, maxValues)) throw problem("invalid");
      return new Promise((resolve, reject) => {
        parse(request, body, (error, value) => (error ? reject(error) : resolve(value)));
      });
    },
  );
}

/** Whether JSON text has more values, lists and objects included, or more than 32 levels. */
export function isOutsized(json: string, maxValues: number): boolean {
  let values = 1;
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at];
    if (character === '"') at = endOfString(json, at);
    else if (character === ",") values += 1;
    else if (character === "]" || character === "}") depth -= 1;
    else if (character === "[" || character === "{") {
      values += 1;
      depth += 1;
    }
    if (values > maxValues || depth > maxDepth) return true;
  }
  return false;
}

/** The position of the quote that ends the string which begins at `start`, or the end of the text. */
function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === "\\" ? 2 : 1;
  return at;
}
