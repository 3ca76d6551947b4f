import { clean, cleanLine, escapeHtml } from "./clean.js";

/** HTML that this program generated itself. Views and `html` escape everything else. */
export class Html {
  readonly html: string;
  constructor(html: string) {
    this.html = html;
  }
}

/** A template tag that cleans and escapes every value but `Html`. `false`, null, undefined and "" give nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly unknown[]): Html {
  const escaped = values.map((value): string => {
    if (value instanceof Html) return value.html;
    if (Array.isArray(value)) return value.map((item) => html`${item}`.html).join("");
    return value === false || value === undefined || value === null
      ? ""
      : escapeHtml(cleanLine(String(value)));
  });
  return new Html(String.raw({ raw: parts }, ...escaped));
}

/**
 * Cleans and escapes a text that a channel shows, and keeps its lines. The zero-width joiners stay: U+200C keeps "M.Si" from
 * becoming a link, and U+200D holds an emoji together.
 */
export function htmlText(text: string): Html {
  return new Html(escapeHtml(cleanPost(text)));
}

/** Cleans a text as `clean` does, and keeps the joiners (U+200C, U+200D), which belong to what is sent. */
export function cleanPost(text: string): string {
  return text.replace(/[^\u200c\u200d]+/g, clean);
}
