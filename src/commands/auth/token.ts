import type { Readable } from "node:stream";
import type { Context } from "../../context.js";
import { usage } from "../../errors.js";

/** Longer than any token; what is piped in by mistake is not read to its end. */
const longestToken = 4096;

/** A token from stdin, or typed unseen at a terminal. Throws `token-empty` and `token-malformed` (exit 2). */
export async function readToken(context: Context): Promise<string> {
  const prompter = await context.prompter();
  const given = prompter
    ? await prompter.secret({ message: context.messages.account.askToken })
    : await firstOf(context.host.stdin, longestToken + 1);
  const token = given.replace(/^\ufeff/, "").trim();
  if (token === "") throw usage("token-empty");
  // What a header can carry (RFC 9110, 5.5), without spaces.
  if (token.length > longestToken || !/^[\x21-\x7e]+$/.test(token)) throw usage("token-malformed");
  return token;
}

async function firstOf(stream: Readable, characters: number): Promise<string> {
  let text = "";
  stream.setEncoding("utf8");
  for await (const chunk of stream) {
    text += chunk;
    if (text.length >= characters) break;
  }
  return text;
}
