/**
 * The style of `channelCards`, for the preview's file and for the desk. A post is light in a dark page too, as most of its readers
 * see it. Every class begins with "card", so that it meets no style of the page.
 */
export const cardStyle = `
.cards {
  --card-ground: #fff; --card-ink: #1c1e21; --card-faint: #5d6166; --card-line: #d9dbdf; --card-sunk: #eef0f2;
  --card-link: #0b57b8; --card-warn: #6b4700; --card-warn-ground: #fff2cf;
  display: grid; gap: 1.5rem; align-items: start;
  grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr));
}
.card-web { grid-row: span 3; }
.card { min-width: 0; max-width: 24.375rem; width: 100%; margin: 0; }
.card > h2, .card > h3 { margin: 0 0 .15rem; font-size: 1.1rem; }
.card-facts { margin: 0 0 .6rem; font-size: .875rem; }
.card-facts > span + span::before { content: "· "; }
.card-post {
  overflow: hidden; color-scheme: light; background: var(--card-ground); color: var(--card-ink);
  border: 1px solid var(--card-line); border-radius: .75rem; box-shadow: 0 1px 3px rgb(0 0 0 / 12%);
  font: 15px/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere;
}
.card-post p { margin: 0; }
.card-name { display: flex; gap: .6rem; align-items: center; padding: .75rem 1rem; }
.card-mark {
  flex: none; display: grid; place-items: center; width: 2.25rem; height: 2.25rem; border-radius: 50%;
  background: #1a5a62; color: #fff; font-weight: 700;
}
.card-text { padding: 0 1rem .8rem; }
.card-text span, .card-text p { white-space: pre-wrap; }
.card-text details { display: inline; }
.card-text details[open] summary { display: block; }
.card-text summary { display: inline; margin-left: .25rem; color: var(--card-faint); font-weight: 600; cursor: pointer; list-style: none; }
.card-text summary::-webkit-details-marker { display: none; }
.card-instagram .card-text { padding-top: .7rem; font-size: 14px; }
.card-x .card-text { font-size: 16px; }
.card-x .card-photos { margin: 0 1rem 1rem; border: 1px solid var(--card-line); border-radius: .9rem; overflow: hidden; }
.card-hashtag, .card-article a { color: var(--card-link); }
.card-photos { position: relative; background: var(--card-sunk); }
.card-picture { display: block; width: 100%; height: auto; background: var(--card-sunk); object-fit: cover; }
.card-grid {
  display: grid; gap: 2px; grid-template-columns: 1fr 1fr; grid-auto-rows: minmax(0, 1fr); aspect-ratio: 16 / 9;
  background: var(--card-ground);
}
.card-grid .card-cell:first-child:nth-last-child(3) { grid-row: span 2; }
.card-first { aspect-ratio: 3 / 2; margin-bottom: 2px; overflow: hidden; }
.card-row { display: grid; gap: 2px; grid-auto-flow: column; grid-auto-columns: 1fr; }
.card-row .card-cell { aspect-ratio: 1; }
.card-cell { position: relative; overflow: hidden; }
.card-cell .card-picture, .card-first .card-picture { width: 100%; height: 100%; }
.card-more {
  position: absolute; inset: 0; display: grid; place-items: center; background: rgb(0 0 0 / 55%); color: #fff; font-size: 1.6rem;
}
.card-slides { display: flex; overflow-x: auto; scroll-snap-type: x mandatory; }
.card-slide { position: relative; flex: 0 0 100%; scroll-snap-align: start; }
.card-number {
  position: absolute; top: .6rem; right: .6rem; padding: .05rem .55rem; border-radius: 1rem; background: #1c1e21; color: #fff; font-size: 12px;
}
.card-missing { display: block; padding: 3rem 1rem; text-align: center; color: var(--card-faint); background: var(--card-sunk); }
.card-web .card-post { padding: 0 1.1rem 1.1rem; }
.card-post .card-site { margin: 0 -1.1rem 1rem; padding: .65rem 1.1rem; background: #1a5a62; color: #fff; font-weight: 600; }
.card-kicker { color: #1a5a62; font-size: 12px; font-weight: 700; letter-spacing: .05em; text-transform: uppercase; }
.card-title { margin: .3rem 0 .8rem; font: 700 1.4rem/1.25 Georgia, "Noto Serif", serif; }
.card-post figure { margin: 0 0 1rem; }
.card-article figure:has(> figure) { display: grid; grid-template-columns: 1fr 1fr; gap: .5rem; }
.card-article figure > figure { margin: 0; font-size: 13px; }
.card-post figcaption { padding-top: .35rem; color: var(--card-faint); font-size: 13px; }
.card-article { font: 16px/1.6 Georgia, "Noto Serif", serif; }
.card-article p, .card-article ul, .card-article ol, .card-article blockquote, .card-article pre { margin: 0 0 .8rem; }
.card-article h4, .card-article h5 { margin: 1.1rem 0 .4rem; font-size: 1.1rem; }
.card-article ul, .card-article ol { padding-left: 1.4rem; }
.card-article blockquote { padding-left: .9rem; border-left: 3px solid var(--card-line); }
.card-article pre { white-space: pre-wrap; }
.card-article table { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: 14px; }
.card-article th, .card-article td { padding: .3rem .4rem; border: 1px solid var(--card-line); text-align: left; vertical-align: top; }
.card-tags span { display: inline-block; margin: 0 .2rem .3rem 0; padding: .1rem .6rem; border-radius: 1rem; background: var(--card-sunk); font-size: 13px; }
.card-summary { margin: .8rem 0 0; padding: .6rem .8rem; border-radius: .5rem; background: var(--card-sunk); font-size: 13px; }
.card-summary dt { color: var(--card-faint); }
.card-summary dd { margin: 0; }
.card-warnings {
  margin: .7rem 0 0; padding: .55rem .8rem .55rem 1.8rem; border-radius: .5rem; background: var(--card-warn-ground); color: var(--card-warn);
  font-size: .9375rem; overflow-wrap: anywhere;
}
.card-alts { margin-top: .7rem; font-size: .9375rem; overflow-wrap: anywhere; }
.card-alts summary { cursor: pointer; font-weight: 600; }
.card-alts ol { margin: .3rem 0 0; padding-left: 1.6rem; }
.card-copy { margin-top: .7rem; }
.card-copy label { display: block; margin-bottom: .2rem; font-weight: 600; font-size: .9375rem; }
.card-copy textarea { width: 100%; max-width: 100%; font: inherit; font-size: .875rem; line-height: 1.4; resize: vertical; }
@media print {
  .card { break-inside: avoid; }
  .card-slides { flex-wrap: wrap; }
  .card-slide { flex-basis: 50%; }
}
`;
