import type { newsroom as original } from "../id/newsroom.js";

export const newsroom: typeof original = {
  listening: (p) => `The newsroom runs at ${p.url}`,
  dataIn: (p) => `Its data are kept in ${p.path}`,
  noAdmin: "There is no admin yet. In another terminal, make the first one:",
  stopWith: "Ctrl-C to stop",
  stopped: "The newsroom has stopped; everything received is stored.",
  askName: "Full name",
  needName: "Type the name",
  askRole: "As what?",
  roles: {
    operator: "writes and submits for one kecamatan",
    editor: "reviews for all kecamatan",
    admin: "like an editor, and manages the people",
  },
  askKecamatan: "Which kecamatan?",
  added: (p) => `${p.who} was added.`,
  codeOnce: "This activation code is shown only now; it works once, within 72 hours.",
  tellThem: "Hand the code over to them in person; they type:",
  addressPlaceholder: "<address of the newsroom>",
  tokenOnce: "The token is shown only now. Keep it in a safe place.",
  until: (p) => `Valid until ${p.when}.`,
  nobody: "Nobody yet. Add someone with: kominfo newsroom user add",
  columns: ["ID", "Name", "Role", "Kecamatan", "Access", "Valid until", "Last used"],
  active: "active",
  ended: "ended",
  revoked: (p) => `The access of ${p.who} has ended; none of their tokens and codes work any more.`,
};
