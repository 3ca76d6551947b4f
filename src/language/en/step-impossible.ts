import type { NewsroomErrors } from "../../errors/newsroom.js";

const reasons: Record<string, string> = {
  submitted: "Not yet: it is still waiting for review.",
  returned: "Not yet: its sender is fixing it.",
  approved: "Not possible: it is approved already.",
  rejected: "Not possible: an editor has rejected it.",
  withdrawn: "Not possible: it was withdrawn, and stays withdrawn.",
  merged: "Not possible: it became part of another submission.",
};

const ways: Record<string, (name: string) => string> = {
  withdraw: (name) => `It can be withdrawn: kominfo post withdraw ${name}`,
  ask_withdrawal: (name) => `The editors can be asked to withdraw it: kominfo post withdraw ${name}`,
  ask_unpublish: (name) => `The editors can be asked to take it down: kominfo post withdraw ${name}`,
  resubmit: (name) => `It can be fixed, then sent again: kominfo post edit ${name}`,
  correct: (name) => `A correction can be sent: kominfo post edit ${name}`,
  claim: (name) => `It can be taken for review: kominfo review claim ${name}`,
  reassign: (name) => `It can be taken over: kominfo review claim ${name}`,
  release: (name) => `It can be left to another editor: kominfo review release ${name}`,
  return: (name) => `It can be returned: kominfo review return ${name}`,
  approve: (name) => `It can be approved: kominfo review approve ${name}`,
  reject: (name) => `It can be rejected: kominfo review reject ${name}`,
  reopen: (name) => `It can be opened again: kominfo review reopen ${name}`,
  revoke: (name) => `Its approval can be revoked: kominfo review revoke ${name}`,
  confirm_withdrawal: (name) => `The withdrawal can be confirmed: kominfo review confirm-withdrawal ${name}`,
  decline: (name) => `The sender's request can be declined: kominfo review decline ${name}`,
  merge: (name) => `It can be merged: kominfo review merge ${name} --into <id>`,
  unpublish: (name) => `What is out can be taken down: kominfo review unpublish ${name}`,
};

export function stepImpossible(p: NewsroomErrors["step-impossible"]): readonly string[] {
  const { state = "", editor = "an editor", possible, post, submission, asked, down } = p;
  const name = post ?? submission ?? "<post>";
  const sentence =
    state === "in_review"
      ? `Not yet: ${editor} is reviewing it.`
      : (reasons[state] ?? "Not yet: the submission's present state does not allow it.");
  const anew = ["withdrawn", "rejected", "merged"].includes(state) && post !== undefined;
  // What readers see is kept here.
  const isOut = possible.includes("ask_unpublish") || asked === "unpublish";
  return [
    sentence,
    ...(["submitted", "in_review"].includes(state) && post !== undefined
      ? [`Wait for the editors; look again with: kominfo post status ${post}`]
      : []),
    ...(asked && post !== undefined
      ? [
          `${asked === "withdraw" ? "Its withdrawal was asked for; see the answer with" : "Its take-down was asked for; see the answer with"}: kominfo post status ${post}`,
        ]
      : []),
    ...(state === "approved" && post !== undefined && !possible.includes("correct") && !down
      ? ["A change can be sent as a correction once it is out, or after an editor returns it."]
      : []),
    ...(down && post !== undefined
      ? [`It was taken down. To send it again, make a new post: kominfo post new --copy ${post}`]
      : []),
    ...new Set(possible.flatMap((step) => ways[step]?.(name) ?? [])),
    ...(anew ? [`To send it again, make a new post: kominfo post new --copy ${post}`] : []),
    ...(anew && !isOut ? [`If it is not needed any more: kominfo post delete ${post}`] : []),
    ...(possible.length === 0 && !anew && !asked ? [`See its state: kominfo ${look(post, submission)}`] : []),
  ];
}

function look(post: string | undefined, submission: string | undefined): string {
  return post === undefined && submission !== undefined
    ? `review show ${submission}`
    : `post status ${post ?? "<post>"}`;
}
