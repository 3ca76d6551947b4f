import type { SetupErrors } from "../../errors/workspace.js";
import type { setup as original } from "../id/setup.js";
import type { ErrorSentences } from "../types.js";
import { counted } from "./counted.js";
import { serviceName } from "./service-name.js";

export const setup: typeof original = {
  welcome:
    "Setting up kominfo on this computer. What is ready is skipped; Ctrl-C stops, go on later with: kominfo setup",
  workspaceHere: (p) => `Make the workspace in ${p.path}?`,
  useKnown: (p) => `Use your workspace in ${p.path}?`,
  chooseKnown: "Which workspace?",
  newWorkspace: "Make a new one",
  askFolder: "Folder for the workspace (you may drag it here; it is made if missing)",
  notAFolder: (p) => `${p.path} is a file, not a folder.`,
  noFile: (p) => (p.path === "" ? "Must be filled in." : `There is no file at ${p.path}.`),
  workThere: (p) => `The next commands work in the workspace: cd ${p.path}`,
  workspaceReady: (p) => `Workspace of Kecamatan ${p.name}: ${p.path}`,
  newsroomAnswers: (p) => `Newsroom: ${p.origin} (to change it: kominfo config set newsroom <address>)`,
  addressAgain: "Address of the newsroom (correct it, or Enter if it is right)",
  addressKept: (p) =>
    `The address ${p.origin} is kept, although nothing answers there now. To change it: kominfo config set newsroom <address>`,
  chooseStart: "How do your accounts get to this computer?",
  starts: {
    login: { name: "Log in with an activation code", description: "The newsroom's admin gives it." },
    import: {
      name: "From my old laptop, or my predecessor",
      description: "A file made with kominfo auth export, and its passphrase.",
    },
    later: { name: "Later", description: "Posts can be written; sending them needs an account." },
  },
  askBundle: "Where the exported file is (it may be dragged here)",
  chooseMore: "Other accounts that you look after?",
  noMore: "None",
  valid: (p) => `The ${p.service} account "${p.account}" is valid`,
  unchecked: (p) => `The ${p.service} account "${p.account}" could not be checked yet`,
  again: (p) => `Log in to ${serviceName(p.service)} again now?`,
  firstPost: "Write a first post now?",
  ready: "kominfo is ready.",
  notYet: "Almost ready. What is missing:",
  missing: {
    workspace: "Workspace",
    newsroom: "Address of the newsroom",
    login: "Newsroom account",
    post: "First post",
  },
};

export const setupErrors: ErrorSentences<SetupErrors> = {
  "setup-incomplete": (p) => [
    `kominfo is not ready on this computer: ${counted(p.commands.length, "thing is", "things are")} missing.`,
    ...p.commands,
    "Or run kominfo setup in a terminal.",
  ],
};
