import type { Context } from "../../../context.js";
import type { User } from "../../../contract/contract.js";
import { abilities, type Role, roles } from "../../../contract/roles.js";
import { cancelled, usage } from "../../../errors/errors.js";
import { parseDay, today } from "../../../post/dates.js";
import { findKecamatan, nearestKecamatan } from "../../../region/kecamatan.js";
import { flagOrAnswer, oneOf } from "../../../terminal/prompts/ask.js";
import type { Prompter } from "../../../terminal/prompts/prompter.js";
import { untouched } from "../../../terminal/prompts/untouched.js";
import { cleanLine } from "../../../text/clean.js";
import { askKecamatan } from "../../config/questions.js";
import { formatPerson } from "../person.js";
import { quotePath } from "../stores.js";
import { showCode } from "./activation-code.js";
import { type DirectoryFlags, openPeople, type People } from "./directory.js";

interface Input extends DirectoryFlags {
  name?: string;
  role?: string;
  kecamatan?: string;
  expires?: string;
  token?: boolean;
}

export async function run(context: Context, input: Input): Promise<void> {
  const messages = context.messages.newsroom;
  const name = await flagOrAnswer(context, "--name", input.name, (prompter) =>
    prompter.text({
      message: messages.askName,
      validate: (typed) => (typed.trim() ? "" : messages.needName),
    }),
  );
  const role = oneOf(
    "--role",
    await flagOrAnswer(context, "--role", input.role, (prompter) => askRole(context, prompter)),
    roles,
  );
  const kecamatan = await kecamatanOf(context, role, input.kecamatan);
  const expires_at = input.expires === undefined ? undefined : endOfDay(context, input.expires);
  const people = await openPeople(context, input);
  await askAboutNamesake(context, people, { name, role, kecamatan: kecamatan ?? null }, input);
  const wantsToken = input.token === true || !abilities[role].codes;
  const added = await people.add({ name, role, kecamatan, expires_at, token: wantsToken });

  const { user, token } = added;
  const made = messages.added({ who: formatPerson(user) });
  if (token !== undefined) {
    // The token alone on stdout, so that `> file` gets nothing else.
    context.output.result({ user, token, expires_at: added.expires_at ?? null }, () => token);
    context.output.note(`${made} ${messages.tokenOnce}`);
    return;
  }
  showCode(context, added, made, people.origin);
}

/**
 * One who is there already is asked about, or told where nobody can be asked: scripts may mean two of one name. Throws `declined` (exit
 * 130) on a no.
 */
async function askAboutNamesake(
  context: Context,
  people: Pick<People, "list">,
  wanted: Pick<User, "name" | "role" | "kecamatan">,
  place: DirectoryFlags,
): Promise<void> {
  const alike = (name: string) => cleanLine(name).normalize("NFC").trim().toLowerCase();
  const known = (await people.list()).find(
    (user) =>
      user.active &&
      alike(user.name) === alike(wanted.name) &&
      user.role === wanted.role &&
      user.kecamatan === wanted.kecamatan,
  );
  if (!known) return;
  const { output, messages } = context;
  output.warn(messages.newsroom.known({ who: formatPerson(known) }));
  const step = (sentence: string, verb: string) => {
    output.note(`  ${sentence}`);
    output.note(
      `    ${output.noteStyle.command(`kominfo newsroom user ${verb} ${known.id}${flagsOf(place)}`)}`,
    );
  };
  if (abilities[known.role].desk) step(messages.newsroom.knownLink, "link");
  if (abilities[known.role].codes) step(messages.newsroom.knownCode, "code");
  else step(messages.newsroom.knownRevoke, "revoke");
  const prompter = await context.prompter();
  const question = { message: messages.newsroom.addNamesake, default: false };
  if (prompter && !(await untouched(() => prompter.confirm(question)))) throw cancelled("declined");
}

/** The place as it was given. The address of a database may hold a password. */
function flagsOf({ data, url }: DirectoryFlags): string {
  if (data !== undefined) return ` --data ${quotePath(data)}`;
  return url === undefined ? "" : ` --url ${url}`;
}

function askRole(context: Context, prompter: Prompter) {
  const messages = context.messages.newsroom;
  return prompter.select<string>({
    message: messages.askRole,
    choices: roles.map((role) => ({ name: role, value: role, description: messages.roles[role] })),
  });
}

/** Only an operator has a kecamatan. Checked before anything is sent. */
async function kecamatanOf(
  context: Context,
  role: Role,
  wanted: string | undefined,
): Promise<string | undefined> {
  if (abilities[role].sees !== "own kecamatan") {
    if (wanted !== undefined) throw usage("newsroom-user-kecamatan", { role, problem: "unwanted" });
    return undefined;
  }
  const name = await flagOrAnswer(context, "--kecamatan", wanted, (prompter) =>
    askKecamatan(context, prompter),
  );
  const found = findKecamatan(name);
  if (!found) throw usage("kecamatan-unknown", { given: name, nearest: nearestKecamatan(name)?.name });
  return found.code;
}

/** The last second of that day in WIB. */
function endOfDay(context: Context, value: string): string {
  const now = context.host.now();
  const day = parseDay(value, today(now));
  if (!day) throw usage("day-invalid", { flag: "--expires", value });
  const end = `${day}T23:59:59+07:00`;
  if (Date.parse(end) <= now.getTime()) throw usage("day-past", { flag: "--expires", value });
  return end;
}
