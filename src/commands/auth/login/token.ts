import type { Readable } from "node:stream";
import type { Context } from "../../../context.js";
import { usage } from "../../../errors/errors.js";
import { untouched } from "../../../terminal/prompts/untouched.js";

const maxTokenLength = 4096;
/** Longer than any login; what is piped in by mistake is not read to its end. */
const maxPipedLength = 16_384;

/** A token from stdin, or typed unseen at a terminal. Throws `token-empty` and `token-malformed` (exit 2). */
export async function readToken(context: Context): Promise<string> {
  const token = await readPiped(context);
  // What a header can carry (RFC 9110, 5.5), without spaces.
  if (token.length > maxTokenLength || !/^[\x21-\x7e]+$/.test(token)) throw usage("token-malformed");
  return token;
}

/** What is piped in, or typed unseen at a terminal, without space around. Throws `token-empty` (exit 2). */
export async function readPiped(context: Context): Promise<string> {
  const prompter = await context.prompter();
  const given = prompter
    ? await untouched(() => prompter.secret({ message: context.messages.account.askToken }))
    : await firstOf(context.host.stdin, maxPipedLength + 1);
  const text = given.replace(/^\ufeff/, "").trim();
  if (text === "") throw usage("token-empty");
  return text;
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
