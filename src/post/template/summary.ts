/** The newsroom's limit, in characters. */
const maxSummaryLength = 160;

/**
 * Proposes a summary: the first paragraph of `body` without its Markdown and dateline. It has at most 160 characters and
 * ends at a sentence, or else at a word. Returns "" when there is no paragraph.
 */
export function proposeSummary(body: string): string {
  const lead = body
    .split(/\n\s*\n/)
    .map(plain)
    .find((paragraph) => /[.!?”"]$/.test(paragraph));
  if (!lead) return "";
  if (lead.length <= maxSummaryLength) return lead;
  const head = lead.slice(0, maxSummaryLength);
  const sentence = /^.*[.!?]["”’)]?(?=\s)/.exec(lead.slice(0, maxSummaryLength + 1))?.[0].trimEnd();
  if (sentence && sentence.length >= 60 && sentence.length <= maxSummaryLength) return sentence;
  const word = head.slice(0, maxSummaryLength - 1).replace(/\s+\S*$/, "");
  return `${word.replace(/[\s,;:–-]+$/, "")}…`.toWellFormed();
}

function plain(paragraph: string): string {
  if (/^\s*(?:#|[-*+] |\d+\. |>|\|)/.test(paragraph)) return "";
  return paragraph
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*_`]{1,3}(\S(?:[^*_`]*\S)?)[*_`]{1,3}/g, "$1")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/^[\p{Lu} ]{3,40} [–-] /u, "");
}
