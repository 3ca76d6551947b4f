import { accountChannels, approvalChannels, channelNames } from "../../channels/registry.js";
import type { help as original } from "../id/help.js";
import { placeholders } from "./placeholders.js";

export const help: typeof original = {
  description: "From an event in a kecamatan to the regency's newsroom.",
  titles: {},
  placeholders,
  flags: {
    version: "print the version",
    help: "print help",
    workspace: "act as if started in that folder",
    json: "one JSON document on stdout, no questions",
    input: "never ask; what is missing is an error",
    lang: "language of messages",
    color: "no colour",
    quiet: "silent on success",
    verbose: "say more: every request to a server",
  },
  groups: {
    config: "settings of the workspace",
    template: "post templates",
    post: "posts: write, check, submit, follow",
    photo: "event photos",
    auth: "accounts and their secrets",
    newsroom: "run a newsroom",
    user: "the newsroom's people",
    review: "review submissions (for editors)",
  },
  verbs: {
    setup: {
      summary: "get a new laptop ready, from nothing to a first post",
      examples: ["setup", "setup -C berita"],
    },
    init: {
      summary: "make a workspace for one kecamatan",
      kecamatan: "Kemendagri code or name of the kecamatan",
      newsroom: "the newsroom's address",
      examples: [
        "init --kecamatan Cibitung",
        "init news --kecamatan 32.16.07 --newsroom https://newsroom.example.go.id",
      ],
    },
    doctor: { summary: "check what works and what does not", examples: ["doctor", "doctor --json"] },
    configShow: { summary: "show the settings of the workspace", examples: ["config show"] },
    configGet: {
      summary: "show one setting: newsroom, kecamatan, credit, lang",
      examples: ["config get newsroom"],
    },
    configSet: {
      summary: "change one setting: newsroom, kecamatan, credit, lang",
      examples: [
        "config set newsroom https://redaksi.example.go.id",
        "config set kecamatan Muara Gembong",
        'config set credit "Foto: Kecamatan Cibitung"',
        "config set lang en",
      ],
    },
    templateList: { summary: "list the templates", examples: ["template list"] },
    templateShow: {
      summary: "one template's questions and body",
      examples: ["template show berita-kegiatan"],
    },
    postNew: {
      summary: "make a new post from a template",
      title: "title",
      set: "the answer to one question; repeats",
      from: "a file of answers (YAML or JSON); - for stdin",
      photo: "a photo that belongs to it; repeats",
      again: "make it also where a post of that day and title is there",
      copy: "copy another post with its photos",
      edit: "open the body in your editor afterwards",
      examples: [
        "post new",
        'post new berita-kegiatan --title "Camat Cibitung Buka Musrenbang" --photo photos/',
        "post new pengumuman --from answers.yaml",
        "post new berita-kegiatan --set kutipan.0.nama=… --set kutipan.0.isi=…",
      ],
    },
    postList: { summary: "list the posts", state: "only those in this state", examples: ["post list"] },
    postShow: { summary: "show one post", examples: ["post show musrenbang"] },
    postAttach: {
      summary: "add photos to a post",
      caption: "caption",
      alt: "what the photo shows, for readers who do not see it",
      credit: "credit",
      examples: [
        'post attach musrenbang IMG_0001.jpg --caption "The camat opens the meeting" --alt "The camat at a lectern" --credit "Photo: Kecamatan Cibitung"',
      ],
    },
    postPhotos: {
      summary: "change the photos of a post: captions, order, focus, take one out",
      photo: "the photo to change: its number in the list, or its name",
      moveTo: "its place among the photos",
      focus: "the part that is never cut off: top, centre, top-left …, 30%,40%, or auto",
      children:
        "children in the photo: belum-diperiksa (not checked), tidak-ada (none), ada-berizin (with consent), ada-disamarkan (masked), ada-tak-dikenali (unrecognisable)",
      lead: "make it the lead photo",
      remove: "take it out of the post; its file stays",
      examples: [
        "post photos musrenbang",
        'post photos musrenbang --photo 2 --caption "Warga mengisi daftar hadir" --move-to 1',
        "post photos musrenbang --photo IMG_0002.jpg --remove",
      ],
    },
    postDelete: {
      summary: "move a draft to the workspace's bin, or get it back",
      restore: "get a post back from the bin",
      yes: "do not ask",
      examples: ["post delete musrenbang", "post delete musrenbang --restore"],
    },
    postEdit: { summary: "change the answers and the body", examples: ["post edit musrenbang"] },
    postCheck: { summary: "is it ready to be submitted?", examples: ["post check musrenbang"] },
    postPreview: {
      summary: "see a post as readers will, on each channel",
      out: "HTML file to write; default pratinjau.html in the post's folder",
      open: "open it in the browser",
      revision: "a revision at the newsroom instead of the post on this computer",
      whatsapp: "also make a text and a picture card that ask for approval on WhatsApp",
      examples: ["post preview musrenbang --open", "post preview musrenbang --whatsapp"],
    },
    postSubmit: {
      summary: "submit a post to the newsroom, or its correction",
      dryRun: "show what would be sent, and send nothing",
      message: "a short message to the editor",
      examples: ["post submit musrenbang", 'post submit musrenbang --message "Quotation completed"'],
    },
    postStatus: {
      summary: "state, the editor's remarks, and what to do next",
      examples: [
        "post status",
        "post status musrenbang --json",
        "post status 019c3f5e-7a10-7cc2-9d0b-5a1f0c2e8b11",
      ],
    },
    postPull: {
      summary: "bring the newsroom's revision home; on a new laptop, by its number",
      dryRun: "only show the difference, write nothing",
      examples: ["post pull musrenbang", "post pull 019c3f5e-7a10-7cc2-9d0b-5a1f0c2e8b11"],
    },
    postWithdraw: {
      summary: "take back a submitted post; ask for it once it is approved",
      reason: "why",
      examples: ['post withdraw musrenbang --reason "The event was postponed"'],
    },
    postPublish: {
      summary: "publish an approved post on the accounts of this computer",
      to: "only these channels, e.g. web,x; default all that were approved",
      account: "the account to use where there are several, e.g. instagram=humas",
      at: "schedule it; kominfo publisher sends it when it is due",
      link: "add the article's link on X (costs more)",
      maxCost: "the most it may cost, in US dollars",
      again: "send although this channel has a recorded link",
      dryRun: "show what would go where, its length, size and cost",
      yes: "ask nothing",
      examples: [
        "post publish musrenbang --dry-run",
        "post publish musrenbang --to web,instagram",
        'post publish musrenbang --at "30 November 2026 07.00 WIB"',
      ],
    },
    postUnpublish: {
      summary: "take down what is published of a post, at once",
      from: "only from these channels, e.g. web,x; default all",
      reason:
        "why; begins with data-pribadi (personal data), anak (a child), keliru (a mistake) or akun-diretas (hacked)",
      maxCost: "the most it may cost, in US dollars; X bills a deletion",
      dryRun: "show what would be taken down, how, and at what cost",
      yes: "ask nothing",
      examples: [
        'post unpublish musrenbang --reason "anak: the parents ask for it"',
        "post unpublish musrenbang --from web --reason keliru --dry-run",
      ],
    },
    postRecord: {
      summary: "record that a post is out already; it counts in the report",
      url: "address of the publication",
      channel: `${alternatives(channelNames)}; only needed where the address does not tell`,
      examples: [
        "post record musrenbang --url https://www.instagram.com/p/Cx1…/",
        "post record musrenbang --url https://cibitung.example.go.id/musrenbang --channel web",
      ],
    },
    publisher: {
      summary: "publish what is scheduled when it is due, from the office's machine",
      once: "one round only, e.g. from a scheduler",
      examples: ["publisher", "publisher --once --json"],
    },
    photoResize: {
      summary: "prepare photos for each channel",
      preset:
        "sizes, separated by commas without spaces: web, web-small, instagram, instagram-square, instagram-story, facebook, x",
      out: "folder for the results",
      quality: "JPEG quality, 1 to 100 (default 80)",
      effort: "small: files smaller by a fifth, in more time",
      position: "what a crop keeps: attention, centre, top, bottom, left, right, …",
      watermark: "a logo to lay over them, best a transparent PNG",
      noWatermark: "no logo, whatever kominfo.yaml says",
      watermarkCorner: "where it lies (default bottom-right)",
      watermarkOpacity: "how opaque it is (default 80)",
      watermarkWidth: "of the picture's width (default 18, at most 40)",
      keepDate: "keep the date when it was taken",
      sheet: "make a contact sheet too: every photo beside what was made of it",
      jobs: "how many photos at once (default 3)",
      rehash: "read every photo again, also those that seem unchanged",
      recursive: "take what is in subfolders, too",
      dryRun: "show what would be made",
      examples: [
        "photo resize photos/ --preset web,instagram",
        'photo resize "photos/*.jpg" sent.zip --out ready --sheet ready/sheet.html',
      ],
    },
    photoInspect: {
      summary: "see what photos give away: place, serial numbers, owner's name",
      sheet: "make a contact sheet too",
      examples: ["photo inspect photos/", "photo inspect IMG_0001.HEIC --json"],
    },
    photoBlur: {
      summary: "blur parts of a photo, such as a child's face, in all that is sent",
      box: "part to blur: left,top,width,height in pixels or percent; may be repeated",
      clear: "take the parts that are blurred away first",
      out: "write the result into this file",
      examples: [
        "photo blur posts/2026-11-22-musrenbang/foto/IMG_0001.jpg --box 40%,10%,15%,20%",
        "photo blur IMG_0001.jpg --box 800,150,300,300 --box 1500,180,280,290 --out IMG_0001-blurred.jpg",
      ],
    },
    photoWhere: {
      summary: "see where photos are still out, in all submissions",
      examples: [
        "photo where musrenbang",
        "photo where ~/Foto/IMG_0412.jpg",
        "photo where musrenbang --json",
      ],
    },
    photoUpload: {
      summary: "send photos of an event to the newsroom, however many",
      event: "name of the event; its photos go into an album of the kecamatan",
      post: "the post that uses these photos",
      captions: "a list of captions: columns file, caption, alt, credit",
      watch: "watch a folder; each photo is sent as soon as it is complete",
      jobs: "photos at a time, 1 to 8 (default 4)",
      limitRate: "send no faster than this, for example 500k or 2M a second",
      yes: "do not ask about the data plan",
      progress: "json: progress as JSON lines on stderr",
      dryRun: "show what would be sent, and send nothing",
      examples: [
        'photo upload foto/ --event "Musrenbang Cibitung 2026"',
        'photo upload "D:\\DCIM\\*.JPG" --event hut-ri --captions takarir.csv --limit-rate 500k',
        "photo upload foto/ --post musrenbang",
        "photo upload - --event hut-ri --json < daftar.txt",
        "photo upload --watch /media/kartu/DCIM --event hut-ri",
      ],
    },
    desk: {
      summary: "make a login link for your phone, to what is ready to publish",
      examples: ["desk", "desk --json"],
    },
    sync: {
      summary: "finish whatever was interrupted: photos and posts that were not sent",
      forget: "send the photos that wait for this album or post no more",
      examples: ["sync", "sync --json --no-input", "sync --forget rapat-koordinasi"],
    },
    authLogin: {
      summary: `log in to the newsroom, or to ${accountChannels.join(", ")}`,
      url: "its address, when not the one in kominfo.yaml",
      account: "name of the account, when there are several",
      withToken: "read the token from stdin, or one JSON object where there are several fields",
      examples: [
        "auth login newsroom",
        "auth login newsroom --with-token < token.txt",
        "auth login web --url https://kecamatan.example.go.id",
        "auth login facebook --with-token < facebook.json",
      ],
    },
    authStatus: {
      summary: "the accounts kept on this laptop",
      check: "ask each service whether they are still valid (X charges US$0.010)",
      examples: ["auth status", "auth status --check --json"],
    },
    authLogout: {
      summary: "remove an account from this laptop; a newsroom login is ended there too",
      account:
        "name of the account where there are several, or the address of its site where they share a name",
      keepToken: "leave its token valid at the newsroom, e.g. because the new laptop uses it",
      examples: ["auth logout newsroom", "auth logout newsroom --keep-token"],
    },
    authStore: {
      summary: "keep the vault's key in the system's keychain, or open it by a passphrase",
      examples: ["auth store keychain", "auth store passphrase"],
    },
    authPassphrase: {
      summary: "change the vault's passphrase",
      examples: ["auth passphrase"],
    },
    authUnlock: {
      summary: "open the vault for a while: its passphrase is asked for only once",
      for: "for how long (default 8h; 1m to 7d)",
      examples: ["auth unlock", "auth unlock --for 30m"],
    },
    authLock: {
      summary: "lock the vault that auth unlock has opened",
      examples: ["auth lock"],
    },
    authExport: {
      summary: "take the accounts to a new laptop, in one locked file",
      handover: "for your successor: office accounts only; your own login is revoked, and the rest listed",
      examples: ["auth export move.age", "auth export handover.age --handover"],
    },
    authImport: {
      summary: "store the accounts of a locked file, then check each",
      replace: "replace other logins that are on this laptop, too",
      dryRun: "only show what it holds",
      examples: ["auth import move.age --dry-run", "auth import move.age"],
    },
    newsroomServe: {
      summary: "run a newsroom on this machine",
      host: "address to listen on (default 127.0.0.1)",
      port: "port (default 4600; 0 picks a free one)",
      data: "folder for its data",
      database: "PostgreSQL database; default SQLite in the data folder",
      blobs: "where photos go, an S3 store; default the data folder",
      tlsCert: "TLS certificate with its chain (PEM); a renewed one is taken over while serving",
      tlsKey: "that certificate's key (PEM)",
      secretsKey: "the authenticators' key (default secrets.key in the data folder)",
      behindProxy: "a proxy on this machine, such as nginx, serves TLS",
      publicUrl: "address people reach it at; links begin with it (or KOMINFO_PUBLIC_URL)",
      allowOrigin: "other addresses whose pages may use the API (or KOMINFO_ALLOW_ORIGIN)",
      examples: [
        "newsroom serve",
        "newsroom serve --port 0 --data ./newsroom --json",
        "newsroom serve --host 0.0.0.0 --port 443 --tls-cert fullchain.pem --tls-key privkey.pem",
        "newsroom serve --behind-proxy --public-url https://newsroom.example.go.id",
      ],
    },
    newsroomInit: {
      summary: "prepare a data folder for a new newsroom",
      examples: ["newsroom init", "newsroom init --data ./newsroom"],
    },
    newsroomBackup: {
      summary: "back the newsroom up, also while it runs",
      examples: ["newsroom backup ./backup", "newsroom backup ./backup --data ./newsroom"],
    },
    newsroomRestore: {
      summary: "restore a backup to an empty place",
      examples: ["newsroom restore ./backup --data ./newsroom"],
    },
    newsroomMove: {
      summary: "move the newsroom to PostgreSQL and S3",
      to: "the database it moves to",
      dryRun: "only show what would be moved",
      examples: [
        "newsroom move --to postgres://kominfo@localhost/newsroom --dry-run",
        'newsroom move --to postgres://kominfo@localhost/newsroom --blobs "s3://newsroom?endpoint=https://s3.example.org"',
      ],
    },
    newsroomAudit: {
      summary: "show the audit log: who changed access, logged in or exported",
      since: "since this date, or for so many days (default 30d)",
      verify: "check the chain of the log; exits with 1 if anything was changed",
      examples: [
        "newsroom audit --data ./newsroom",
        "newsroom audit --since 7d --json",
        "newsroom audit --verify",
      ],
    },
    userAdd: {
      summary: "add a person; gives an activation code",
      name: "full name",
      role: "operator, editor, admin, viewer or publisher",
      kecamatan: "an operator's kecamatan",
      expires: "valid until this date",
      token: "give a token for scripts instead of an activation code",
      data: "the newsroom's data folder on this machine",
      examples: [
        'newsroom user add --name "Siti Aminah" --role operator --kecamatan Cibitung',
        'newsroom user add --name "Admin" --role admin --data ./newsroom',
      ],
    },
    userCode: {
      summary: "a new activation code for someone who is there already",
      examples: ['newsroom user code "Siti Aminah"', "newsroom user code Siti --data ./newsroom"],
    },
    userList: { summary: "list the people", examples: ["newsroom user list"] },
    userLink: {
      summary: "a one-time login link to the desk, for an editor",
      url: "the newsroom's address, with --data too",
      examples: [
        'newsroom user link "Budi Santoso"',
        "newsroom user link Budi --data ./redaksi --url https://redaksi.example.go.id",
      ],
    },
    userSuspend: {
      summary: "end someone's access for a time",
      lift: "give the access back",
      examples: ["newsroom user suspend <id>", "newsroom user suspend <id> --lift"],
    },
    userTokens: {
      summary: "a person's logins: on which devices, since when, and last used when",
      end: "end this login, or all of them; the person's access stays",
      examples: ["newsroom user tokens Siti", 'newsroom user tokens Siti --end "old laptop"'],
    },
    userRevoke: { summary: "take a person's access away", examples: ["newsroom user revoke <id>"] },
    reviewList: {
      summary: "what has come in",
      state: "only those in this state",
      kecamatan: "only from this kecamatan",
      cursor: "continue after the previous page",
      examples: ["review list", "review list --state submitted --json"],
    },
    reviewShow: { summary: "read one submission", examples: ["review show 0199…"] },
    reviewClaim: { summary: "take a submission to review it", examples: ["review claim 0199…"] },
    reviewComment: {
      summary: "leave a remark",
      message: "the remark",
      examples: ['review comment 0199… --message "What is the speaker\'s name?"'],
    },
    reviewReturn: {
      summary: "send it back to be fixed",
      reason: "what has to be fixed",
      examples: ['review return 0199… --reason "Add the speaker\'s office"'],
    },
    reviewApprove: {
      summary: "approve one revision",
      revision: "number of the revision that was read",
      destination: "kecamatan or kabupaten; repeats",
      channel: `${alternatives(approvalChannels)}; repeats`,
      photo:
        "whether children are in a photo that nobody has looked at: <number>=tidak-ada (none), ada-disamarkan (masked), ada-tak-dikenali (not recognisable), or ada-berizin:<by>,<date>,<for> (with consent); repeats",
      override: "a check that is set aside, and why; repeats",
      message: "a note on the approval",
      examples: [
        "review approve 0199… --revision 2 --destination kabupaten --channel web --channel instagram",
        "review approve 0199… --revision 2 --destination kecamatan --channel web --photo 1=tidak-ada --photo 2=ada-disamarkan",
      ],
    },
    reviewReject: { summary: "reject", examples: ['review reject 0199… --reason "Already published"'] },
    reviewRelease: { summary: "let another editor claim it", examples: ["review release 0199…"] },
    reviewRevoke: {
      summary: "take an approval back, while nothing is published",
      reason: "the reason; the sender reads it",
      examples: ['review revoke 0199… --reason "Waiting for newer figures"'],
    },
    reviewReopen: {
      summary: "open a rejected post again",
      examples: ['review reopen 0199… --reason "It was not published after all"'],
    },
    reviewPublish: {
      summary: "publish an approved submission on the accounts of this computer",
      examples: ["review publish 0199… --dry-run", "review publish 0199… --to web --yes"],
    },
    reviewMerge: {
      summary: "make it part of another post; its sender stays credited",
      into: "number of the post that it becomes part of",
      examples: ['review merge 0199… --into 0198… --reason "The same event"'],
    },
    reviewUnpublish: {
      summary: "ask for everything that is out to be taken down",
      examples: ['review unpublish 0199… --reason "Wrong photo"'],
    },
    reviewRecord: {
      summary: "record that a submission is out already at an address, or was removed from there",
      examples: [
        "review record 0199… https://www.instagram.com/p/Cx1…/",
        'review record 0199… https://www.instagram.com/p/Cx1…/ --taken-down --reason "Wrong photo"',
      ],
      takenDown: "it was removed from that address",
      reason: "why, noted in the history of what was out; with --taken-down only",
    },
    reviewConfirmWithdrawal: {
      summary: "confirm the withdrawal that the sender asks for",
      examples: ["review confirm-withdrawal 0199…"],
    },
    reviewDecline: {
      summary: "decline the sender's request to withdraw or to take down",
      examples: ['review decline 0199… --reason "It is scheduled already"'],
    },
    reviewAccounts: {
      summary: "channel accounts: whose they are, and whether their logins work",
      examples: ["review accounts"],
    },
    reviewAccount: {
      summary: "decide whose account it is, or remove a wrong claim",
      kecamatan: "that kecamatan's account",
      kabupaten: "the kabupaten's account",
      remove: "remove the claim; another owner may announce it",
      reason: "why; the other editors read it",
      examples: [
        'review account x @kec.setu --kecamatan Setu --reason "Setu\'s login is on a computer of Cibitung"',
        'review account facebook 1029384756 --remove --reason "A private page"',
      ],
    },
    completion: {
      summary: "a shell's completion script",
      examples: [
        "completion bash >> ~/.bashrc",
        "completion zsh >> ~/.zshrc",
        "completion fish > ~/.config/fish/completions/kominfo.fish",
        "completion powershell >> $PROFILE",
      ],
    },
  },
};

/** "web, facebook or x" */
function alternatives(names: readonly string[]): string {
  return `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
