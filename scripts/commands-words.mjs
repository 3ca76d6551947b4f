// What docs/commands.md says beyond the command tree: the JSON that scripts rely on, and rules for every command.

export const notes = [
  "Results go to stdout; progress, questions, warnings and errors to stderr. Questions are only asked where stdin and stderr are both terminals.",
  '`--json` puts exactly one JSON document on stdout. An error is one line on stderr instead, `{"error":{"code","message","hints":[],"exit"}}`, and stdout stays empty; a batch with some failures prints its result and ends with 3.',
  "`--quiet` is silent where a command succeeds: what it does is all it says. Commands that exist for what they print (`list`, `show`, `status`, a dry run, a code or link) print it; warnings and errors stay, and so does the result of what did not succeed.",
  "Which exit code wins: 4 over 5 over 3. A conflict with the newsroom (409, 412) is 1.",
  "An unknown command or flag is exit 2, with the nearest name where one is near.",
  "Paths in JSON are absolute. Lists are `{items:[…],next_cursor}`.",
  "Control, escape and bidirectional characters in anything that came from a server or a file are taken out before it is shown.",
  "`<post>` is a post's folder, its `index.md`, its slug, or a part of the slug that only one post has.",
  "`<path>` is a file, a folder or a pattern; patterns work unexpanded, as on Windows.",
  "No secret is ever a flag's value: it comes from a prompt, from stdin, or from the environment.",
  "Dates are read as `2026-11-22`, `22/11/2026`, `22 November 2026` or `hari ini`, in Asia/Jakarta.",
  "`kominfo` alone offers a menu in a terminal; anywhere else it prints help (exit 0).",
];

export const exitCodes = {
  done: "done",
  failed: "failed; running it again will not help",
  usage: "the command line or a file's content is wrong",
  partial: "a batch ended with some items failed (each is listed)",
  denied: "not logged in, expired, or not allowed",
  temporary: "temporary (network, 429, 5xx); the same command again continues",
  cancelled: "cancelled (Ctrl-C, or a no to a question)",
};

export const environment = {
  KOMINFO_NEWSROOM_TOKEN: "the newsroom's token; wins over the vault, is never stored",
  KOMINFO_STORE:
    "`keychain` or `passphrase`: how a new vault is opened (an existing one knows); `env`: nothing is stored on this machine",
  KOMINFO_BUNDLE_PASSPHRASE_FILE:
    "file with the passphrase of an exported bundle; readable by its owner only, at least 16 characters",
  KOMINFO_PASSPHRASE_FILE: "file with the vault's passphrase; readable by its owner only",
  KOMINFO_NEW_PASSPHRASE_FILE:
    "file with the passphrase that `auth passphrase` gives the vault; readable by its owner only",
  KOMINFO_PASSPHRASE_COMMAND:
    "program that prints the vault's passphrase as its first line; run without a shell",
  KOMINFO_DEBUG:
    "`http`, `photo`, `upload`, `vault`, several with commas, or `*` for all: one line on stderr for each request, photo, step of an upload and use of the vault, also with `--json` and `--quiet`; secrets are taken out, and no headers, bodies or queries are written",
  KOMINFO_LANG: "`id` or `en`; after `--lang`, before `language:` of kominfo.yaml",
  NO_COLOR: "no colour, as `--no-color`; also `TERM=dumb`",
};

const photos =
  "`photos:[{path}]`, and `failed:[{source,code,message}]` when photos could not be used (exit 3)";
const step = "`{submission:{id,revision,state,url}}`";
const published =
  "`{submission:{id,revision,state,url},publications:[{id,channel,account,label,state,url,remote_id,found,cost_usd,bytes,code,message,warnings}],cost_usd,not_before}`; what is scheduled has `scheduled_for`, and so has a dry run with `--at`; `found`: the channel was asked, and nothing was sent; `not_before` where another run may know more; exit 0 all out (also: already), 1 nothing was sent (not approved) or a person has to decide, 2 it does not fit a channel and nothing was sent, 3 some failed or wait for a person to paste the correction (`state` `uncorrected`, with `text`: Instagram), or photos that are not approved any more stay out (`code` `photos-kept`; a warning `photo-left-at-site`), 4 login, 5 line, limit, held by another machine, waits for the article or still unclear; with `--dry-run` `{plan:[{channel,account,label,text,length,limit,photos:[{sha256,crop,alt}],left_out,link,cost_usd,quota,corrects,warnings,effects}],cost_usd,bytes}`; `corrects` is the revision that is out, and on Facebook such a correction has no photos; `text` is what readers get, with the article's address where `link` is true (words in brackets stand for one that is not known yet, and `{url <sha256>}` and `{id <sha256>}` for what only the site tells), while `length` is that of the approved text without the address";
const publication =
  "`{publication:{id,revision,channel,account,state,correction,by,created_at,scheduled_for,published_at,unpublished_at,url,remote_id,reason},submission:{id,revision,state,url}}`; the same link once more gives the same publication";
const account =
  "{channel,account,label,destination,kecamatan,mode,by:{id,name},seen_at,claimed:{by,at},publisher_seen_at,paused:{code,since,by},decided:{by,at,reason},removed_at}";
const person = "`{id,name,role,kecamatan,active,expires_at,last_used_at,created_at}`";
const summary =
  "`id, kecamatan, kind, title, state, priority, needed_by, embargo, revision, author:{id,name}, claimed_by, photos, received_at, updated_at`";

/** By command; one that has no entry here, or an entry without its command, stops the generator. */
export const json = {
  init: "`{workspace:{path,kecamatan:{code,name},newsroom}}`",
  "config show":
    "`{path,config:{newsroom,kecamatan:{code,name},credit,lang}}`; null where kominfo.yaml says nothing",
  "config get": "`{name,value}`; exit 1 where it is not set",
  "config set": "`{name,value,changed}`; comments and everything else in kominfo.yaml stay",
  setup:
    "`{ready,missing}`; where nobody can be asked, exit 2 with what is missing and the commands that do it, and 0 when nothing is",
  doctor: "`{checks:[{id,ok,message,fix}]}`; exit 1 when any is not ok",
  "template list": "`{items:[{name,title,description,own}],next_cursor}`",
  "template show":
    "`{template:{name,title,description,questions:[{key,type,ask,required,repeat,default,choices,fields}]}}`",
  "post new": `\`{post:{slug,path,template,state:"draft"},photos}\`, with \`--copy\` also \`copied_from\`; exit 1 with code \`post-exists\` for \`--from\` where a post of that day and title is there, unless \`--again\`; ${photos}; \`passed_over\` as \`photo resize\`, except with \`--copy\``,
  "post list":
    "`{items:[{slug,path,title,template,state,revision,photos,waiting,link,asked,changed_since}],next_cursor}`; `link` is where readers see it, else null; as known on this machine; `asked` is what its sender has asked of the editors (`withdraw` or `unpublish`) and not got an answer to, else null; `changed_since` is the revision since which index.md was changed here, else null",
  "post show": "`{post:{slug,path,template,state,title,…,photos,answers,internal,body}}`",
  "post attach": `\`{post:{slug,path},photos}\`; ${photos}; \`passed_over\` as \`photo resize\``,
  "post photos":
    "`{post:{slug,path},photos:[{number,path,file,caption,alt,credit,source,children,lead,focus,blur}],changed}`; without a flag that changes something it lists; `changed` is how many photos did",
  "post delete":
    "`{post:{slug,path},bin}`, with `--restore` `{post:{slug,path},restored:true}`; exit 1 for what waits to be sent, and for what the newsroom has unless it is done with it and nothing of it is out: `post withdraw` comes first; `bin` is its name in `.kominfo/sampah/`",
  "post edit": "`{post:{slug,path}}`; needs a terminal",
  "post check":
    "`{post:{slug,path},ok:true,warnings:[{code,key,line,message}]}`; exit 2 when not, and the error then has `problems:[{code,severity,line,field,message}]`, as every error about the content of a file has",
  "post preview":
    "`{preview:{path,bytes},warnings:[{channel,code,message}]}`, with `--whatsapp` also `whatsapp:{text,card}`, paths, `card` null without a usable photo; a post is shown as it is on this machine, a submission and `--revision` as the newsroom has it; exit 2 for a photo that is missing, 4 and 5 only where the newsroom is asked",
  "post submit":
    "`{submission:{id,revision,state,url},photos:{uploaded,present},warnings}`, `warnings` as `post check`; `received_before`: the newsroom has had it since then, from a copy of this draft, and there is no second submission; exit 1 with code `submitted-from-copy` where a copy was sent with another content; without a line exit 5 with code `submission-queued`, and `sync` sends it; what has not changed is not queued: exit 0 with `not_asked:{code,message,hints,exit}`; with `--dry-run` `{post:{slug,path},action,photos:{total,to_prepare},warnings}`",
  "post status":
    "`{post:{slug,path,title},submission:{id,revision,state,updated_at,url},publications:[{…,label}],uncorrected:[{id,channel,account,url,text}],kept_photos:[{id,channel,account,url,photos:[{sha256,filename}]}],waiting,later_changes,comments:[{author,at,body}],next:[…]}`, `later_changes`, only while it waits: index.md says something else by now; `uncorrected` still shows the revision before, and `text` is to be pasted there; `kept_photos` are still shown by posts of earlier revisions, and not approved any more; `next` begins with `post pull` where a newer revision than here is known; `submission` null before the first submit; a comment with `declines` says why a request was declined; where the newsroom does not answer, what is known here with `known_at`, `comments_known_at` and `error:{code,message,hints,exit}`, and that exit code; without a post `{items:[{slug,path,title,id,revision,state,updated_at,waiting,changed_since,asked,link}],next_cursor}`, and `error` as above",
  "post pull":
    "`{post:{slug,path},submission:{id,revision,state,updated_at,url},from,changed,conflicts:[{key,line,text}],photos:{downloaded,gone},kept}`; `from`: the revision that lay here, null where the post was made; `changed`: what differs in index.md (`judul`, `foto/a.jpg.takarir`, `isi`); exit 1 with the result on stdout where there are `conflicts`; `kept`: index.md as it was, or null; with `--dry-run` the same, and nothing is written",
  "post withdraw":
    "`{submission:{id,revision,state,url},asked}`; `asked` true where it was approved or published already: it stays so until an editor agrees; `taken_out` true where it waited to be sent and does no more: then the newsroom was not asked, and `submission` is what stays there, or null",
  "post publish": published,
  "review publish": published,
  publisher:
    "with `--once` `{publications:[{id,channel,account,label,state,url,remote_id,found,cost_usd,bytes,code,message,warnings}]}` and exit codes as `post publish`; without it a line of log for each, until SIGTERM",
  "post unpublish":
    '`{submission:{id,revision,state,url},publications:[{id,channel,account,label,state,url,remote_id,how:"here"|"elsewhere"|"by_hand"|"gone"|"stop"|"undecided"|"handed_over",cost_usd,code,message}],cost_usd,left}`; `state` is `unpublished` once it is proved to be gone, `failed` of what was not out yet and is stopped (`how` "stop"); `left`: addresses of photos that this computer has stored at the website for what never came out, and that may still open (with `data-pribadi` and `anak` they are removed; exit 3 where some are left); with `--dry-run` `{plan:[{id,channel,account,url,how,cost_usd}],cost_usd}`; `--yes` needs `--max-cost` as soon as anything costs; exit 0 when all is gone or stopped, 1 while nobody knows whether it is out, 3 when some failed or waits for a person, 4 for a login, 5 when it waits for another computer or may go on later',
  "post record": publication,
  "photo resize":
    "`{renditions:[{source,preset,path,width,height,bytes,sha256,crop,notes,skipped}],failed:[{source,code,message}],passed_over,summary:{sources,written,skipped,failed,videos},sheet}`; `passed_over:{folders:[path],unreadable:[path],files:[{kind,count,paths}]}`: what lies among the photos and was not taken, `kind` the ending in capitals, `unfinished`, `misnamed`, `blurred` or `other`; `crop` and `sheet` where there is one; with `--dry-run` `{would_write:[{source,preset,path}],failed,passed_over,summary}`",
  "photo inspect":
    "`{photos:[{source,format,width,height,orientation,color,bytes,private:{gps,serial_numbers,owner,taken_at,…},own_text:{caption,alt,credit,copyright,date,place}}],failed:[{source,code,message}],passed_over,sheet}`; `own_text` is what kominfo itself wrote, else null; `passed_over` as `photo resize`",
  "photo blur":
    "`{photo:{path,boxes},post:{slug,path},result}`; `boxes` in percent of the upright photo; `post` null and `result` the new file for a photo of no post, and with `--out`; else `result` is what will be sent, null where nothing is blurred any more",
  "photo where":
    '`{photos:[{sha256,filename,publications:[{id,channel,account,label,revision,state,url,remote_id,next:"publishing"|"unclear"|"handed_over"|"asked"|"sent"|"by_hand",submission:{id,kecamatan,title,url}}]}]}`; `next` is what takes it from its readers: `sent` by `post unpublish`, `by_hand` by a person; `filename` null for a photo that was named by its hash; a photo may be a file, as it was sent or as the original, or the name that a post of this workspace has for it (`panen.jpg`, `musrenbang/panen.jpg`): then `sha256` is what was sent of it where this computer knows that, else the file\'s; exit 0 also when nothing is out, 1 for a photo that the newsroom does not know, 2 for a file that is not there',
  "photo upload":
    '`{album:{kecamatan,slug,title}}` or `{post:{slug}}`, with `photos:[{source,sha256,url,bytes,status:"uploaded"|"present"|"failed"|"waiting",attached,code,message}]`, `passed_over` as `photo resize`, `summary:{total,uploaded,present,failed,waiting,bytes_sent}` and, where the batch is not finished, `paused:{code,message,hints,exit}`; `same_as` is the source of an earlier photo with the same picture, the one that is listed; `code` and `message` where a photo failed; a paused batch ends with the exit code of what paused it, its result on stdout; with `--dry-run` `photos:[{source,caption,alt,credit}],failed,passed_over,summary:{total,to_prepare,ready,bytes_ready,failed}`',
  desk: "`{user,link,expires_at}`; for operators, with their own login; in a terminal with a QR code for the phone; each call replaces the link before",
  sync: "with `--forget` `{forgotten:[{album|post,photos}]}`, which sends nothing; else `{uploads:[{album|post,summary,paused}],submissions:[{post,submission:{id,revision,state,url},unchanged,later_changes,error:{code,message,hints,exit}}],publications,redacted:[{submission,publication,left:[url]}],waiting:[{post,reason}|{album|post,photos,reason}],error}`; `unchanged`: nothing was sent, because the newsroom has it already; `waiting` what still waits on this computer, absent where nothing does; `publications` as `post publish`, those that a run of this machine left undone, and what others asked to take down from accounts that this machine has; in a terminal after a question, without one only what costs nothing; `redacted` those of which this machine forgot what the newsroom has redacted, `left` photos of it that are still at a website; `error` where the newsroom could not be asked for those; `submission` null where `error` is",
  "auth login":
    "`{account:{service,account,origin,kind,expires_at,source},user}`; for the other services `{account,name}`",
  "auth status":
    '`{vault:{path,unlock:"keychain"|"passphrase"|"env",state,open_until},accounts:[{service,account,origin,kind,source,valid,checked_at,expires_at,problem}]}`; `valid` is true, false or null (not checked: offline unless `--check`), exit 4 if any is false; `vault.state` is ok, missing, locked or damaged, `vault.open_until` until when `auth unlock` lets it open without its passphrase, or null',
  "auth logout":
    "`{removed:[{service,account,origin,kind,revoked,problem}]}`; `revoked` says whether the token was ended at the newsroom (null: not tried), `problem` why not; exit 0 also when nothing was there, 2 where logins of one channel share a name and none is chosen by its address, 3 when an account left this computer but its token could not be ended",
  "auth store": "`{vault:{path,unlock,state,open_until},changed}`",
  "auth passphrase":
    "`{vault,changed}`, as `auth store`, and `session_ended`: whether `auth unlock` had it open; the present one comes as ever, the new one from `KOMINFO_NEW_PASSPHRASE_FILE` or a person; exit 4 where the present one is wrong",
  "auth unlock":
    "`{vault,changed}`, as `auth store`; `changed` is false where the keychain opens the vault, which asks nobody",
  "auth lock":
    "`{vault,changed}`, as `auth store`; `changed` is false, and the exit code 0, where nothing was open",
  "auth export":
    "`{bundle:{path,handover},accounts,left_out:[{service,account,origin,kind,revoked,problem}],revoke:[{service,account,origin,kind,url}]}`; the passphrase is never in it: without a terminal it comes from `KOMINFO_BUNDLE_PASSPHRASE_FILE`",
  "auth import":
    "`{dry_run,accounts:[{service,account,origin,kind,action,valid,problem}]}`; exit 4 when a service refuses an account; `action` is `added`, `replaced` or `kept`: another login is here already and stays without `--replace` (exit 3)",
  "newsroom serve":
    "`{url,created}` once it listens; `created` is true where it has made the newsroom, which a terminal asks about, and null for a database; SIGTERM ends it with 0",
  "newsroom init": "`{path,created}`; `created` is false, and the exit code 0, where there is one already",
  "newsroom backup": "`{path,submissions,photos}`",
  "newsroom restore":
    "`{path,submissions,photos}`; `path` is the database without its password, or the data folder",
  "newsroom move": "`{to,dry_run,submissions,photos}`; no service may run on the data folder",
  "newsroom audit":
    "`{items:[{seq,id,at,event,actor,subject,object,via,detail,address,browser,hash}],next_cursor}`, newest first; `--since` takes a date or `7d`. With `--verify` `{entries,head:{seq,hash}}`, or exit 1 at the first entry that was changed or is missing",
  "newsroom user add": `\`{user,activation_code}\`, or with \`--token\` \`{user,token,expires_at}\`; a user is ${person}`,
  "newsroom user code": "`{user,activation_code}`; exit 1 for somebody whose access has ended",
  "newsroom user list": "`{items:[user],next_cursor}`",
  "newsroom user link": "`{user,link,expires_at}`",
  "newsroom user tokens":
    "`{user,items:[{id,label,created_at,last_used_at,expires_at}],ended}`; `items` have not ended, `ended` are those that `--end` has ended just now; a token itself is never shown",
  "newsroom user suspend": "`{user}`",
  "newsroom user revoke": "`{user}`",
  "review list": `\`{items:[…],next_cursor}\`; an item has ${summary}`,
  "review show":
    "`{submission:{…,content,possible,approval,url},comments:[{id,author,at,body,revision,anchor}],history:[{id,at,by,step,from,to,reason,revision,assignee}],redactions:[{id,revision,comment,transition,sha256,by,at,reason,legal_basis}]}`",
  "review claim": step,
  "review comment": step,
  "review return": step,
  "review approve": `${step}; without a terminal \`--revision\`, \`--destination\` and \`--channel\` are required, and \`--photo\` for each photo with \`anak: belum-diperiksa\` (exit 2)`,
  "review reject": step,
  "review release": step,
  "review revoke": step,
  "review reopen": step,
  "review merge": step,
  "review unpublish": step,
  "review record": publication,
  "review confirm-withdrawal": step,
  "review decline": step,
  "review accounts": `\`{items:[${account}],next_cursor}\``,
  "review account": `\`{account:${account}}\``,
  completion: "`{shell,script}`",
};
