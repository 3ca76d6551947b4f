/** The contact sheet's only style; its hash is in the page's Content Security Policy. */
export const sheetStyle = `
:root {
  color-scheme: light dark;
  --ground: #f4f3f0; --card: #fff; --text: #1d1c1a; --faint: #6b6862; --line: #dedbd4; --sunk: #eceae5;
  --bad: #b3261e; --bad-ground: #fbe9e7; --warn: #7a5200; --warn-ground: #fff3d6;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #161615; --card: #21201f; --text: #eceae6; --faint: #a19d95; --line: #383632; --sunk: #191918;
    --bad: #ffb4ab; --bad-ground: #4a1512; --warn: #ffd68a; --warn-ground: #40300f;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.5rem clamp(.75rem, 3vw, 2.5rem) 3rem; max-width: 100rem;
  background: var(--ground); color: var(--text);
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  overflow-wrap: anywhere;
}
header { margin-bottom: 1.5rem; }
h1 { margin: 0; font-size: 1.7rem; line-height: 1.2; letter-spacing: -.01em; }
.subject { margin: .25rem 0 0; }
.when { margin: 0; color: var(--faint); }
.counts { display: flex; flex-wrap: wrap; gap: .4rem; margin: .9rem 0 0; padding: 0; list-style: none; }
.counts li { padding: .15rem .7rem; border-radius: 1rem; background: var(--card); border: 1px solid var(--line); font-weight: 600; }
.counts .bad { background: var(--bad-ground); color: var(--bad); border-color: transparent; }
.counts .warn { background: var(--warn-ground); color: var(--warn); border-color: transparent; }
.legend { margin: .9rem 0 0; color: var(--faint); line-height: 1.9; }
.chip {
  display: inline-block; padding: 0 .5rem; border-radius: .3rem; white-space: nowrap;
  font-size: .82rem; font-weight: 650; line-height: 1.5; background: var(--hue); color: #fff;
}
.c0 { --hue: #1769c2; } .c1 { --hue: #c2185b; } .c2 { --hue: #1b7f3b; } .c3 { --hue: #b85300; }
.c4 { --hue: #6f42c1; } .c5 { --hue: #00747c; } .c6 { --hue: #8a6d00; } .c7 { --hue: #5d5f63; }
main { display: grid; gap: 1rem; }
article {
  display: grid; grid-template-columns: minmax(16rem, 5fr) 8fr; gap: 1.25rem; align-items: start;
  padding: 1rem; border-radius: .75rem; background: var(--card); border: 1px solid var(--line);
  break-inside: avoid;
}
article.failed { border-color: var(--bad); }
figure { margin: 0; }
.picture { position: relative; display: block; background: var(--sunk); border-radius: .35rem; overflow: hidden; }
.picture img { display: block; width: 100%; height: auto; }
.source .picture { width: fit-content; max-width: 100%; }
.source .picture img { width: auto; max-width: 100%; max-height: 26rem; }
.picture svg { position: absolute; inset: 0; width: 100%; height: 100%; }
rect { fill: none; stroke: var(--hue); stroke-width: 3; vector-effect: non-scaling-stroke; }
rect.halo { stroke: #fff; stroke-width: 5.5; opacity: .85; }
.missing { min-width: 9rem; padding: 2.5rem 1rem; color: var(--faint); text-align: center; }
figcaption { padding-top: .45rem; }
figcaption > span { display: block; color: var(--faint); font-size: .87rem; }
.rest { display: grid; gap: .9rem; min-width: 0; }
.renditions { display: flex; flex-wrap: wrap; gap: 1rem .9rem; align-items: flex-start; }
.renditions figure { width: min-content; min-width: 6.5rem; }
.renditions .picture { width: fit-content; border-top: 4px solid var(--hue); }
.renditions .picture img { width: auto; height: 10.2rem; max-width: 20rem; object-fit: contain; }
.whole { display: inline-block; max-width: 100%; white-space: pre-wrap; }
.whole + .whole::before { content: " · "; }
.renditions .whole { display: block; }
.renditions .whole::before { display: none; }
.problem, .note { margin: 0; padding: .5rem .75rem; border-radius: .4rem; }
.problem { background: var(--bad-ground); color: var(--bad); }
.problem span { display: block; }
.note { background: var(--warn-ground); color: var(--warn); }
.metadata h2 { margin: 0 0 .4rem; font-size: .87rem; font-weight: 600; color: var(--faint); }
.metadata dl { display: flex; flex-wrap: wrap; gap: .4rem; margin: 0; }
.metadata div { padding: .2rem .6rem; border-radius: .4rem; background: var(--sunk); font-size: .87rem; }
.metadata .private { background: var(--warn-ground); color: var(--warn); }
.metadata dt, .metadata dd { display: inline; margin: 0; }
.metadata dt::after { content: ": "; }
.metadata dd { font-weight: 600; }
a { color: inherit; }
footer { margin-top: 2rem; color: var(--faint); font-size: .87rem; }
footer p { margin: 0; }
@media (max-width: 46rem) {
  article { grid-template-columns: minmax(0, 1fr); padding: .75rem; }
  .renditions .picture img { height: 8rem; max-width: 15rem; }
}
@media print {
  body { background: none; max-width: none; padding: 0; font-size: 11px; }
  article { border-color: #bbb; }
  .source .picture img { max-height: 14rem; }
}
`;
