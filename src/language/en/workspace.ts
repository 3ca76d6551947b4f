import type { workspace as original } from "../id/workspace.js";

export const workspace: typeof original = {
  bug: [
    "This is a fault of kominfo, not yours.",
    "Run it again with --verbose and send what it prints to kominfo's maintainers.",
  ],
  askKecamatan: "Which kecamatan?",
  askNewsroom: "The newsroom's address (leave empty if you do not know it yet)",
  made: (p) => `The workspace of Kecamatan ${p.name} is ready in ${p.root}`,
  next: "Next:",
  menu: "What would you like to do?",
  menuChoices: {
    setup: "Set up kominfo on this computer, step by step",
    init: "Make a workspace in this folder",
    new: "Write a new post",
    submit: "Submit a post to the newsroom",
    status: "See states and the editor's remarks",
    edit: "Mend a post",
    list: "List the posts",
    login: "Log in to the newsroom",
    doctor: "Check what works and what does not",
    help: "See all commands",
    leave: "Leave",
  },
  whichPost: "Which post?",
  noPosts: "There are no posts yet.",
};
