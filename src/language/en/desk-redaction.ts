import type { deskRedaction as original } from "../id/desk-redaction.js";

export const deskRedaction: typeof original = {
  redaction: {
    title: "Take personal data away",
    list: "Data that was taken away",
    lead: "By UU 27/2022 on the protection of personal data. What is taken away does not come back; who did it, when, why and on what legal basis stays.",
    back: "Back to the submission",
    what: "What is taken away",
    choose: "Choose one",
    wholeRevision: (p) => `Revision ${p.n}, all of its content: ${p.who}, ${p.when}`,
    comment: (p) => `Comment of ${p.who}: ${p.text}`,
    transition: (p) => `Reason of ${p.who}: ${p.text}`,
    photo: (p) => `Photo ${p.name}, in every submission and album`,
    legalBasis: "Legal basis",
    legalBasisHint: "for example UU 27/2022 Pasal 8",
    reason: "Reason",
    reasonHint: "do not repeat the data; the sender reads this reason",
    sure: "I understand that it does not come back",
    go: "Take it away for good",
    needWhat: "Choose what is taken away.",
    needLegalBasis: "Write the legal basis.",
    needSure: "Tick that you understand that it does not come back.",
    gone: "What was chosen is not there any more. Nothing was taken away.",
    was: {
      revision: "The content of a revision",
      comment: "A comment",
      transition: "The reason of a step",
      photo: "A photo",
    },
    by: (p) => `taken away by ${p.who}, ${p.when}`,
  },
};
