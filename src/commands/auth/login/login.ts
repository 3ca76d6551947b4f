import type { Context } from "../../../context.js";
import type { User } from "../../../contract/contract.js";
import type { Service } from "../../../credentials/types.js";
import { serviceVariables } from "../../../credentials/variables.js";
import { exit, KominfoError } from "../../../errors/errors.js";
import type { NewsroomClient } from "../../../newsroom-client/types.js";
import { findKecamatan } from "../../../region/kecamatan.js";
import { flagOrAnswer, oneOf } from "../../../terminal/prompts/ask.js";
import { untouched } from "../../../terminal/prompts/untouched.js";
import { cleanLine } from "../../../text/clean.js";
import { formatInstant } from "../../../text/instant.js";
import { findWorkspaceFile } from "../../../workspace/find.js";
import { saveSetting } from "../../../workspace/settings-edit.js";
import { askAddress } from "../../config/questions.js";
import { givenAddress } from "../../newsroom/address.js";
import { formatPerson } from "../../newsroom/person.js";
import { logInToChannel } from "./channel.js";
import { readToken } from "./token.js";

interface Input {
  service?: string;
  url?: string;
  account?: string;
  withToken?: boolean;
}

/** A login as the newsroom confirmed it. */
interface Login {
  token: string;
  expires_at: string | null;
  user: User;
}

export async function run(context: Context, input: Input): Promise<void> {
  const service = oneOf("<service>", input.service ?? "newsroom", Object.keys(serviceVariables) as Service[]);
  if (service !== "newsroom") return logInToChannel(context, service, input);
  const messages = context.messages.account;
  const { origin, isAsked } = await addressOrAsk(context, input.url);
  const credentials = await context.credentials();
  const login = input.withToken ? await byToken(context, origin) : await byCode(context, origin);

  const now = context.host.now().toISOString();
  const account = {
    service,
    account: input.account ?? "default",
    origin,
    kind: "personal" as const,
    expires_at: login.expires_at ?? undefined,
  };
  await credentials.save({
    ...account,
    obtained_at: now,
    checked_at: now,
    secret: { token: login.token },
  });

  const { user, expires_at } = login;
  context.output.result({ account: { ...account, source: "vault", expires_at }, user }, (style) =>
    [
      `${style.good("✓")} ${messages.loggedIn({ who: formatPerson(user), origin })}`,
      expires_at
        ? messages.until({ when: formatInstant(expires_at, context.language) })
        : messages.untilRevoked,
    ].join("\n"),
  );
  const shadowing = credentials.shadowing(service);
  if (shadowing.length > 0) context.output.warn(messages.shadowed({ variables: shadowing }));
  if (isAsked) await keepAddress(context, origin);
  await warnOfOtherKecamatan(context, user);
}

/** @returns `isAsked` where neither `--url` nor kominfo.yaml names it */
async function addressOrAsk(
  context: Context,
  url: string | undefined,
): Promise<{ origin: string; isAsked: boolean }> {
  const prompter = await context.prompter();
  const given =
    url ?? (findWorkspaceFile(context.cwd) && (await context.workspace()).settings.newsroom?.origin);
  if (given || !prompter) return { origin: await givenAddress(context, given), isAsked: false };
  const message = context.messages.account.askAddress;
  const typed = await untouched(() => askAddress(context, prompter, { message }));
  return { origin: await givenAddress(context, typed), isAsked: true };
}

/** The workspace's next commands need the address that was just typed. */
async function keepAddress(context: Context, origin: string): Promise<void> {
  if (!findWorkspaceFile(context.cwd)) return;
  const { root } = await context.workspace();
  await saveSetting(root, "newsroom", origin);
  context.output.note(context.messages.account.addressKept({ origin }));
}

/** The vault is opened first: a token that cannot be kept need not be sent anywhere. */
async function byToken(context: Context, origin: string): Promise<Login> {
  const token = await readToken(context);
  await (await context.credentials()).unlock();
  const { user, token: about } = await (await context.newsroomAs(origin, token)).me();
  return { token, user, expires_at: about.expires_at };
}

/**
 * The vault is opened before the code is spent: it works once, and what it gives must not be lost. A wrong one is found before that, so
 * that nobody makes a passphrase for nothing.
 */
async function byCode(context: Context, origin: string): Promise<Login> {
  const messages = context.messages.account;
  const newsroom = await context.newsroomAs(origin);
  if (await context.prompter()) context.output.note(messages.aboutCode({ origin }));
  const code = await flagOrAnswer(context, "--with-token", undefined, (prompter) =>
    prompter.secret({
      message: messages.askCode,
      validate: (typed) => (/^[0-9a-z]{12}$/i.test(typed.replace(/[\s-]/g, "")) ? "" : messages.codeForm),
    }),
  );
  await checkCode(newsroom, code);
  await (await context.credentials()).unlock();
  return newsroom.activate(code, cleanLine(context.host.hostname).slice(0, 100) || "kominfo");
}

async function checkCode(newsroom: NewsroomClient, code: string): Promise<void> {
  try {
    await newsroom.checkCode(code);
  } catch (error) {
    // A newsroom from before this question refuses it; then the code is found wrong when it is spent.
    const isOlder = error instanceof KominfoError && error.exit === exit.failed;
    if (!isOlder) throw error;
  }
}

async function warnOfOtherKecamatan(context: Context, user: User): Promise<void> {
  if (user.role !== "operator" || !findWorkspaceFile(context.cwd)) return;
  const { kecamatan } = (await context.workspace()).settings;
  if (kecamatan.code !== user.kecamatan) {
    context.output.warn(
      context.messages.account.otherKecamatan({
        who: formatPerson(user),
        workspace: kecamatan.name,
        own: findKecamatan(user.kecamatan ?? "")?.slug,
      }),
    );
  }
}
