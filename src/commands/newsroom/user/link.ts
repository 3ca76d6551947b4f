import type { Context } from "../../../context.js";
import { formatInstant } from "../../../text/instant.js";
import { publicUrlOf } from "../address.js";
import { formatPerson } from "../person.js";
import { type DirectoryFlags, openPeople } from "./directory.js";

/** The default address of `newsroom serve`. */
const defaultAddress = "http://127.0.0.1:4600";

/** With `--data`, `--url` or KOMINFO_PUBLIC_URL names the address; else it is the one at which the newsroom was served last. */
export async function run(context: Context, input: DirectoryFlags & { user: string }): Promise<void> {
  const { url: _, ...place } = input;
  const isHere = place.data !== undefined || place.database !== undefined;
  const people = await openPeople(context, isHere ? place : input);
  const named = isHere ? publicUrlOf(context, input.url) : undefined;
  const origin = named ?? people.origin ?? defaultAddress;
  const { user, path, expires_at } = await people.link(input.user);
  const when = formatInstant(expires_at, context.language);
  // Only the link goes to stdout, so that a script can use it.
  context.output.result({ user, link: origin + path, expires_at }, () => origin + path);
  context.output.note(context.messages.newsroom.linkFor({ who: formatPerson(user), when }));
}
