import type { Context } from "../../context.js";
import type { AuditEntry } from "../../contract/contract.js";
import { failed, usage } from "../../errors/errors.js";
import type { StoreLocation } from "../../newsroom/store/database/open.js";
import { parseDay, today } from "../../post/dates.js";
import { fitTable } from "../../terminal/table.js";
import { cleanLine } from "../../text/clean.js";
import { formatInstant } from "../../text/instant.js";
import { existingStores, type StoreFlags } from "./stores.js";

interface Input extends StoreFlags {
  since?: string;
  verify?: boolean;
}

const defaultSince = "30d";
const dayMs = 24 * 60 * 60 * 1000;

/** Shows the audit log of the newsroom's own stores, or checks its chain. */
export async function run(context: Context, input: Input): Promise<void> {
  const since = sinceOf(context, input.since ?? defaultSince);
  const stores = await existingStores(context, input);
  const place = stores.database ?? stores.data;
  if (input.verify) return verify(context, place);
  const { listAudit } = await import("../../newsroom/local-audit.js");
  const items = await listAudit(place, since, context.host.now());
  const messages = context.messages.desk.audit;
  context.output.result({ items, next_cursor: null }, (style) => {
    if (items.length === 0) return messages.none;
    return fitTable(
      items,
      context.output.resultColumns,
      { head: messages.columns.map(style.faint), row: (entry) => cellsOf(context, entry) },
      (entry) => {
        const [when = "", who = "", what = "", ...rest] = cellsOf(context, entry);
        const more = rest.filter((cell) => cell !== "–").join(" · ");
        return `${style.faint(when)}  ${style.strong(who)}  ${what}${more && `\n  ${more}`}`;
      },
    );
  });
}

/** Checks the whole chain. Throws `newsroom-audit-broken` with the first entry that is not as it was written. */
async function verify(context: Context, place: StoreLocation): Promise<void> {
  const { verifyAudit } = await import("../../newsroom/local-audit.js");
  const { entries, head, broken } = await verifyAudit(place, context.host.now());
  if (broken) throw failed("newsroom-audit-broken", broken);
  const messages = context.messages.newsroom;
  context.output.result({ entries, head: head ?? null }, (style) => {
    if (entries === 0) return messages.auditEmpty;
    const whole = `${style.good("✓")} ${messages.auditWhole({ entries })}`;
    return head ? `${whole}\n  ${messages.auditHead(head)}` : whole;
  });
}

/** Time, who, what, whom, from where; each safe to show. */
function cellsOf({ messages, language }: Context, entry: AuditEntry): string[] {
  const { audit } = messages.desk;
  const nameOf = (person: AuditEntry["actor"]) => person && cleanLine(person.name ?? audit.erased);
  const nobody = entry.via === "command" ? audit.owner : audit.visitor;
  const detail = audit.detail(entry.detail);
  const whom = entry.subject?.id === entry.actor?.id ? null : nameOf(entry.subject);
  return [
    formatInstant(entry.at, language),
    nameOf(entry.actor) ?? nobody,
    audit.events[entry.event] + (detail && ` (${cleanLine(detail)})`),
    whom ?? (entry.object && cleanLine(entry.object)) ?? "–",
    [audit.vias[entry.via], entry.address, entry.browser]
      .flatMap((part) => (part ? [cleanLine(part)] : []))
      .join(", "),
  ];
}

/** A day (its start in WIB), or "7d" for seven days back. Throws `day-invalid`. */
function sinceOf(context: Context, value: string): Date {
  const now = context.host.now();
  const [, days] = /^(\d{1,5})d$/.exec(value.trim()) ?? [];
  if (days !== undefined) return new Date(now.getTime() - Number(days) * dayMs);
  const day = parseDay(value, today(now));
  if (!day) throw usage("day-invalid", { flag: "--since", value });
  return new Date(`${day}T00:00:00+07:00`);
}
