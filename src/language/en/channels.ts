import type { channels as original } from "../id/channels.js";

export const channels: typeof original = {
  askAddress: "Address of the WordPress site",
  about: {
    web: (p) =>
      `Application passwords are made at ${p.source}\nLog in with the account that writes the news, name it "kominfo", and copy the password.`,
    facebook: (p) =>
      `Page tokens are made at ${p.source}\nChoose the system user that manages the Page, then Generate token; the Page's number is in Page > About > Page transparency.`,
    instagram: (p) =>
      `The account's number is at ${p.source}\nThe account must be professional and linked to a Facebook Page; its token is made like a Page token.`,
    x: (p) =>
      `Keys are made at ${p.source}\nChoose the app (permission Read and write), then Keys and tokens.`,
  },
  fields: {
    user: "WordPress user name",
    app_password: "Application password",
    page_id: "Number of the Page (page id)",
    account_id: "Number of the Instagram account (account id)",
    token: "Token",
    api_key: "API Key",
    api_secret: "API Key Secret",
    access_token: "Access Token",
    access_secret: "Access Token Secret",
  },
  fieldForm: "Not complete, or with a character that cannot be; copy all of it again",
  loggedIn: (p) => `${p.name}: the ${p.service} account at ${p.origin} is valid and stored.`,
  noEnd: "The service names no end.",
  chooseWay: "How do you log in to X?",
  ways: {
    keys: {
      name: "Four keys (OAuth 1.0a)",
      description: "Copied from developer.x.com; valid until revoked.",
    },
    browser: { name: "In the browser (OAuth 2.0)", description: "Renews itself; needs the app's Client ID." },
  },
  aboutBrowser: (p) =>
    `In the User authentication settings of that app: its type is Native App, its Callback URI exactly ${p.redirect}`,
  clientId: "Client ID",
  openThis: (p) =>
    `Open this address in a browser on this computer, log in with the office's X account, and agree:\n\n${p.url}`,
  browserDone: "Done. Close this page and go back to the terminal.",
  browserDeclined: "Permission was not given. Close this page and go back to the terminal.",
  browserStranger: "This page is only for the answer that kominfo is waiting for.",
  stillValidThere: (p) => `At ${p.service} itself the account stays valid until it is revoked: ${p.url}`,
};
