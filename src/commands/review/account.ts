import { approvalChannels } from "../../channels/registry.js";
import type { Context } from "../../context.js";
import { usage } from "../../errors/errors.js";
import type { NewsroomClient, OutletAddress } from "../../newsroom-client/types.js";
import { findKecamatan, kecamatanOfBekasi, nearestKecamatan } from "../../region/kecamatan.js";
import { oneOf } from "../../terminal/prompts/ask.js";
import { cleanLine } from "../../text/clean.js";
import { kecamatanName } from "../newsroom/person.js";
import { openNewsroom, requiredText, requireFlags } from "./step.js";

interface Input {
  channel: string;
  account: string;
  kecamatan?: string;
  kabupaten?: boolean;
  remove?: boolean;
  reason?: string;
  url?: string;
}

type Owner = { destination: "kecamatan"; kecamatan: string } | { destination: "kabupaten" | null };

/**
 * Says whose account it is, or removes a wrong claim; no machine's announcement changes it afterwards. Throws `flags-together`,
 * `missing-input`, `kecamatan-unknown`, `bad-choice` (exit 2), and as the newsroom's client.
 */
export async function run(context: Context, input: Input): Promise<void> {
  const channel = oneOf("<channel>", input.channel, approvalChannels);
  const owner = ownerOf(await askOwner(context, input));
  await requireFlags(context, { "--reason": input.reason });
  const messages = context.messages.outlets;
  const reason = await requiredText(context, "--reason", input.reason, messages.askReason);
  const newsroom = await openNewsroom(context, input.url);
  const address = await addressOf(newsroom, channel, input.account.trim());
  const account = await newsroom.decideOutlet(address, { ...owner, reason });
  const label = cleanLine(`${account.channel} ${account.label}`);
  context.output.result({ account }, (style) => {
    const line = account.removed_at
      ? messages.removed({ label })
      : messages.moved({ label, owner: kecamatanName(account.kecamatan) || messages.kabupaten });
    return `${style.good("✓")} ${line}`;
  });
}

/** Asks a person whose account it is, where no flag says it. */
async function askOwner(context: Context, input: Input): Promise<Input> {
  const isSaid = input.kecamatan !== undefined || input.kabupaten || input.remove;
  const prompter = isSaid ? undefined : await context.prompter();
  if (!prompter) return input;
  const { missing, outlets } = context.messages;
  const kecamatan = await prompter.select({
    message: missing.owner,
    choices: [
      { name: outlets.kabupaten, value: "" },
      ...kecamatanOfBekasi.map(({ name, code }) => ({
        name: kecamatanName(code),
        value: name,
        description: code,
      })),
    ],
  });
  return kecamatan === "" ? { ...input, kabupaten: true } : { ...input, kecamatan };
}

/** Whom the flags name. */
function ownerOf({ kecamatan, kabupaten, remove }: Input): Owner {
  const given = [
    ...(kecamatan === undefined ? [] : ["--kecamatan"]),
    ...(kabupaten ? ["--kabupaten"] : []),
    ...(remove ? ["--remove"] : []),
  ];
  if (given.length > 1) throw usage("flags-together", { flags: given });
  if (given.length === 0) throw usage("missing-input", { flag: "--kecamatan | --kabupaten | --remove" });
  if (kecamatan === undefined) return { destination: remove ? null : "kabupaten" };
  const found = findKecamatan(kecamatan);
  if (!found) {
    throw usage("kecamatan-unknown", { given: kecamatan, nearest: nearestKecamatan(kecamatan)?.name });
  }
  return { destination: "kecamatan", kecamatan: found.code };
}

/** The account by its id, or by the name that readers see where only one has it. */
async function addressOf(
  newsroom: NewsroomClient,
  channel: OutletAddress["channel"],
  named: string,
): Promise<OutletAddress> {
  const own = (await newsroom.outlets()).filter((outlet) => outlet.channel === channel);
  if (own.some(({ account }) => account === named)) return { channel, account: named };
  const labelled = own.filter(({ label }) => label === named);
  return { channel, account: labelled.length === 1 ? labelled[0]!.account : named };
}
