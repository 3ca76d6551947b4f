import type { prompt as original } from "../id/prompt.js";

export const prompt: typeof original = {
  yesNo: "(Y/n)",
  noYes: "(y/N)",
  yes: "yes",
  no: "no",
  sayYesOrNo: "Type y for yes or n for no",
  selectKeys: "↑↓ choose • Enter accept",
  longSelectKeys: "↑↓ or first letters choose • Enter accept",
  moreAbove: (p: { count: number }) => `↑ ${p.count} more above`,
  moreBelow: (p: { count: number }) => `↓ ${p.count} more below`,
  editing: "your editor is open; save and close it to go on",
  editorMissing: (p) => `${p.variable} "${p.program}" was not found on this computer.`,
  nanoKeys: "save with Ctrl-O and Enter, close with Ctrl-X",
};
