import type { stillOut as original } from "../id/still-out.js";

export const stillOut: typeof original = {
  title: "Still out on the channels",
  lead: "What is removed from the newsroom does not vanish from the channels. Readers see these, or may see them:",
  before:
    "A removal touches the newsroom only. What is still out of this submission has to be taken down there:",
  none: "Nothing is out any more.",
  where: "Where is this photo out?",
  photo: ({ number, name }) => `Photo ${number}: ${name}`,
  photoCount: ({ name, count }) =>
    `Photo ${name}: ${count} ${count === 1 ? "publication" : "publications"}, of all submissions`,
  more: "This list is not complete; take these down first, then reload it.",
  back: "Back to the submissions",
  lost: "This photo was removed from the newsroom.",
  next: {
    publishing: () => "It is being sent. Wait for what comes of it, then take it down.",
    unclear: () =>
      "Nobody knows yet whether it is out. Look at the account, decide at the desk, then take it down.",
    handed_over: () => "It is in the hands of that site's editors. Ask them not to publish it.",
    asked: () => "It was asked to be taken down, and is not proved to be gone yet.",
    sent: ({ command }) => `Take it down: ${command}`,
    by_hand: () => "This link was recorded by hand. Take it down on its channel, then mark it at the desk.",
  },
};
