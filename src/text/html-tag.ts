/** An element of HTML as people paste it from a website. `<nama>` and `3 < 5` are none. */
const htmlTag =
  /<\/?(?:a|abbr|b|big|blockquote|br|center|code|div|em|figure|font|h[1-6]|hr|i|iframe|img|li|ol|p|pre|script|small|span|strong|style|sub|sup|table|tbody|td|th|thead|tr|u|ul)(?:\s[^<>]{0,200})?\/?>/i;

/** The first tag of HTML in a text, at most 40 characters of it. */
export function findTag(text: string): string | undefined {
  return htmlTag.exec(text)?.[0].slice(0, 40);
}

/** A text without its tags; they part words, as a line break does. */
export function withoutTags(text: string): string {
  return text.replace(new RegExp(htmlTag, "gi"), (tag) =>
    /^<\/?(?:br|p|div|li|h[1-6]|hr|td|tr)\b/i.test(tag) ? " " : "",
  );
}
