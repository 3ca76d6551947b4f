import type { AuditEntry } from "../../../contract/contract.js";
import type { Page } from "../../services/page.js";
import type { ViewContext } from "../types.js";
import { formatTime } from "./format.js";

/** The audit log. @param person the only person to show, if any; @param isLater whether this is not the first page */
export function auditModel(
  context: ViewContext,
  { items, next_cursor }: Page<AuditEntry>,
  person: { id: string; name: string } | undefined,
  isLater: boolean,
): object {
  const messages = context.messages.desk.audit;
  const address = (query: Record<string, string>) => {
    const all = new URLSearchParams({ ...(person ? { person: person.id } : {}), ...query }).toString();
    return `/audit${all && `?${all}`}`;
  };
  return {
    person: person ? { href: `/people/${person.id}`, name: person.name } : null,
    first: isLater ? address({}) : null,
    next: next_cursor && address({ cursor: next_cursor }),
    entries: items.map((entry) => ({
      ...describeEntry(context, entry),
      who: personOf(context, entry.actor) ?? {
        name: entry.via === "command" ? messages.owner : messages.visitor,
        href: null,
      },
      whom: entry.subject?.id === entry.actor?.id ? null : personOf(context, entry.subject),
      about: entry.event === "internal-opened" ? { href: `/submissions/${entry.object}` } : null,
    })),
  };
}

/** What happened since the person last confirmed, for their account page; null if nothing did. */
export function newsModel(context: ViewContext, entries: readonly AuditEntry[]): object | null {
  const [newest] = entries;
  if (!newest) return null;
  const messages = context.messages.desk.audit;
  return {
    seq: newest.seq,
    entries: entries.map((entry) => ({
      ...describeEntry(context, entry),
      by:
        entry.actor?.id === entry.subject?.id
          ? null
          : messages.newsBy({ name: personOf(context, entry.actor)?.name ?? messages.owner }),
    })),
  };
}

function describeEntry(context: ViewContext, entry: AuditEntry) {
  const messages = context.messages.desk.audit;
  return {
    seq: entry.seq,
    time: formatTime(context, entry.at),
    what: messages.events[entry.event],
    detail: messages.detail(entry.detail),
    from: [messages.vias[entry.via], entry.browser, entry.address].filter(Boolean).join(", "),
  };
}

function personOf(context: ViewContext, person: AuditEntry["actor"]): { name: string; href: string } | null {
  if (!person) return null;
  return { name: person.name ?? context.messages.desk.audit.erased, href: `/audit?person=${person.id}` };
}
