import type { prompt as original } from "../id/prompt.js";

export const prompt: typeof original = {
  yesNo: "(Y/n)",
  noYes: "(y/N)",
  sayYesOrNo: "Type y for yes or n for no",
  selectKeys: "↑↓ choose • Enter accept",
  longSelectKeys: "↑↓ or first letters choose • Enter accept",
  moreChoices: (p: { above: number; below: number }) =>
    [p.above > 0 && `↑ ${p.above} more above`, p.below > 0 && `↓ ${p.below} more below`]
      .filter(Boolean)
      .join(" • "),
  editing: "your editor is open; save and close it to go on",
  nanoKeys: "save with Ctrl-O and Enter, close with Ctrl-X",
};
