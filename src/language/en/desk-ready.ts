import type { deskReady as original } from "../id/desk-ready.js";

export const deskReady: typeof original = {
  title: "Ready to publish",
  lead: "Posts that were approved. Open one, copy its text into the app, upload its photos, then paste the link here.",
  back: "Back to Ready to publish",
  open: "Ready to publish: copy the text, download the photos, record the link",
  whole: "Read the whole post, its comments and its history",
  list: "Approved posts",
  views: { open: "Not published yet", out: "Published", all: "All" },
  viewsLabel: "Views of the approved posts",
  pages: "Pages of the approved posts",
  channel: "Channel",
  everyChannel: "All channels",
  empty: {
    open: "Nothing waits to be published.",
    out: "No post is out on all of its channels yet.",
    all: "No post has been approved yet.",
  },
  remaining: (p) => `Not published yet on ${p.count} of ${p.total} channels:`,
  allOut: "Published on all of its channels:",
  allDecided: "Nothing waits: published, taken down, or stopped.",
  stillOpen: "not published yet",
  from: (p) => `from ${p.when}`,
  approved: "Approval",
  destinations: "For",
  waits: (p) => `May not be published before ${p.when}. Prepare it now; its link can be recorded after that.`,
  readOnly:
    "This post was approved for the regency's channels, and you are neither its sender nor a contributor: an editor publishes it. You can only read it.",
  hindrances: {
    "not-approved":
      "The approval of this post no longer holds: it was revoked, or the post is being changed. Do not publish it yet; wait until it is approved again.",
    redacted: "What this revision said was removed for good (personal data). There is nothing to publish.",
    "photo-removed":
      "A photo of this post was removed for good (personal data). Do not publish this version; send a corrected post without that photo.",
    stopped:
      "Some of this post shall be taken down. Publish it nowhere until an editor has decided. Record here links that are out already.",
    "not-frozen":
      "This approval is older than Ready to publish, so its texts and photos have not been prepared for each channel yet.",
  },
  stoppedForOthers:
    "Some of this post shall be taken down. Operators cannot publish the rest until you schedule it yourself or approve it again.",
  freeze: "Prepare texts and photos",
  corrects: "An earlier revision is out on this channel; what follows corrects it. Correct what is out:",
  undecided:
    "Do not publish here: what another computer sent may be out already. Look at the account, and tell an editor what you see; an editor decides.",
  willSend: (p) =>
    `The office's machine will send it at ${p.when}. Do not send it yourself, or ask an editor to cancel that first.`,
  isPlanned:
    "It is planned to be sent by kominfo. Do not send it yourself, or ask an editor to cancel that first.",
  handedOver:
    "It was handed over to the site's editors and waits to be published there. Do not send it yourself; once it is out, paste its link below.",
  publishing:
    "Another computer is sending it. Do not publish it yourself; load this page again in a few minutes.",
  failed:
    "It was not sent. You can publish it yourself: copy the text and download the photos below, then paste the link.",
  goes: "It shall be taken down: remove it from the channel, then tell an editor.",
  text: "Text",
  webTitle: "Title",
  webSummary: "Summary (excerpt)",
  webBlocks: "Body for WordPress",
  webPlain: "Body without formatting",
  webHint:
    "In WordPress: make a new post, paste the title, then paste “Body for WordPress” into the body; its formatting comes along. Add the photos yourself: photo 1 as the featured image, the others as a gallery.",
  webFirst: "Publish the web article first and record its link: its address then is part of this text.",
  copyText: "Copy text",
  copyTitle: "Copy title",
  copySummary: "Copy summary",
  copyBlocks: "Copy body for WordPress",
  copy: (p) => `Copy ${p.what.charAt(0).toLowerCase()}${p.what.slice(1)}`,
  copied: "Copied.",
  notCopied: "It cannot be copied here. Press the text for long, select all, then copy.",
  altOf: (p) => `Alt text of photo ${p.n}`,
  captionOf: (p) => `Caption of photo ${p.n}`,
  saveOne: (p) => `Download photo ${p.n}`,
  saveAll: "Download all (ZIP)",
  leftOut: (p) =>
    p.count === 1
      ? "1 photo of this post is not shown on this channel."
      : `${p.count} photos of this post are not shown on this channel.`,
  photosLabel: (p) =>
    p.count === 1 ? "The photo, with its alt text" : `${p.count} photos one by one, with their alt texts`,
  share: "Share",
  shareNow: "Share now",
  fetching: "Preparing photos …",
  notShared: "It cannot be shared from here. Copy the text and download the photos.",
  paste: "Paste the link",
  pasteHint: "once it is out: in the app choose Share, then Copy link",
  account: "Name of the account, if there are several",
  otherAccount: "not named, or another account",
  more: "Account and time (may be left empty)",
  newer: (p) =>
    `Since this page was opened, revision ${p.n} was approved; the text below is what counts now. The link is not recorded yet. If the old text is out, correct it on the channel first, then record it again.`,
  notRecorded: (p) => `This link is not recorded: ${p.url}`,
  stopped: "stopped",
  othersDecide: (p) =>
    `This was handed over to the editors of the kabupaten's site, so an editor records it. Send this link to an editor: ${p.url}`,
  record: "Record as published",
  recordAlready: "Record a link that is out already",
  recordAnother: "Record another link",
  toField: (p) => `To the field of the ${p.channel} link`,
};
