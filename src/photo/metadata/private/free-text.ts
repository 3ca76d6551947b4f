import { coordinateOf, type Position, positionOf } from "./coordinates.js";
import type { Findings } from "./findings.js";

/** Characters of one text that are searched: comments may hold megabytes. */
const maxLength = 20_000;
/** Categories within categories that are followed. */
const maxDepth = 40;

/** A number that may be a coordinate. */
interface Written {
  side: string;
  /** Degrees, minutes, seconds. */
  parts: number[];
  /** "lat", "bujur", …; empty where none stands before it. */
  name: string;
  /** Whether it is one without another beside it that is. */
  isSure: boolean;
}

/** What encoders and editors sign a comment with, as whole texts: behind such words nobody hides a name. */
const encoderWords: readonly RegExp[] = [
  /^CREATOR: gd-jpeg v[\d.]+ \(using IJG JPEG v\d+\w?\)(, (default )?quality( = \d+)?)?$/i,
  /^LEAD Technologies(,? Inc\.?)?( V[\d.]+\w?)?$/i,
  /^(created|made|edited) with (the )?GIMP( [\d.]+)?( on a mac)?$/i,
  /^(created|made|edited) with (inkscape|krita|ezgif\.com( GIF maker)?|paint\.net|imagemagick|snapseed|picsart|canva)[\s\d.v]*$/i,
  /^file written by Adobe Photoshop\S{0,3}( [\d.]+)?$/i,
  /^Adobe (Photoshop|ImageReady)( CC| CS\d?)?[\s\d.]*$/i,
  /^(Lavc|Lavf|x264|libjpeg(-turbo)?|mozjpeg|ImageMagick|GraphicsMagick|gd|OpenCV|FFmpeg)[\s\dv./-]*$/i,
  /^Intel\(R\) JPEG Library,? version \[?[\d.]+\]?[\d.\s-]*$/i,
  /^JPEG Encoder Copyright 1998, James R\. Weeks and BioElectroMech\.?$/i,
  /^(Handmade Software, Inc\. Image Alchemy v[\d.]+|ACD Systems Digital Imaging|U-Lead Systems, Inc\.)$/i,
  /^Optimi[sz]ed by JPEGmini [\dxA-F. ]+$/i,
  /^(compressed by jpeg-recompress|optimi[sz]ed using ezgif\.com|resized (on|using) ezgif\.com|gif by ezgif\.com|gifsicle [\d.]+)$/i,
  /^Processed By eBay with ImageMagick, [\w.]+\s*\|*\w{0,3}$/i,
  /^(AppleMark|Exif_JPEG_PICTURE|OLYMPUS DIGITAL CAMERA|SONY DSC|binary comment|untitled|none|null|n\/a)$/i,
];
/** Names of folders of users that name nobody. */
const nobody =
  /^(public|shared|default( user)?|all users|users?|guest|admin(istrator)?|root|runner|ubuntu|pengguna|tamu|publik)$/i;
/** "C:\\Users\\Siti", "/home/siti", "/Users/siti", "C:\\Documents and Settings\\Siti", also as an address of a file. */
const userFolder =
  /[\\/](?:Users|Documents and Settings|Pengguna|home)[\\/]+([^\\/:*?"<>|\r\n\t]{1,60}?)(?=[\\/"'<>|;,:)\r\n]|\s*$)/gi;
const side = "(?:[NSEW]|L[SU]|B[BT]|north|south|east|west|utara|selatan|timur|barat)";
const number = "\\d{1,3}(?:[.,]\\d{1,12})?";
const label = "(?:gps|lat(?:itude)?|lon(?:g(?:itude)?)?|lng|lintang|bujur|koordinat|geo)";
/** One coordinate: its name, its letter, degrees, minutes, seconds, and its letter again. */
const coordinate = new RegExp(
  `(?:\\b(${label})["']?\\s*[:=]?\\s*["']?)?(?<![\\w.])(?:(${side})\\s*)?([-+\\u2212]?${number})(?![\\d])\\s*([°º]|deg\\b|derajat\\b)?` +
    `\\s*(?:(${number})\\s*['′’](?!['′’]))?\\s*(?:(${number})\\s*(?:["″”]|''|′′))?\\s*(?:(${side})(?![a-z]))?`,
  "giu",
);
/** What may stand between the two coordinates of a place. */
const between = /^[\s,;/|&()"'}\]{[-]{0,10}(and|dan|x|y)?[\s,;/|&("'{[]{0,10}$/i;

/** Whether these are an encoder's own words, or no words at all. */
export function isEncoderWord(text: string): boolean {
  // Fields are filled up with zeros; cut apart, so that a name behind them is no encoder's word.
  const bare = text.replace(/[\0\s]+/g, " ").trim();
  if (bare.length > 300) return false;
  return !/[\p{L}\p{N}]/u.test(bare) || encoderWords.some((words) => words.test(bare));
}

/**
 * Adds a comment, in which anybody may write anything: coordinates and the folder of a user are told; any other words,
 * which may be a name, are said to be there, unless they are an encoder's or stand in the caption as well.
 */
export function addComment(findings: Findings, text: string): void {
  if (isEncoderWord(text)) return;
  addEvident(findings, text);
  findings.comments.add(text);
}

/** Adds a caption or a title: it says what the picture shows, and programs show it. */
export function addCaption(findings: Findings, text: string): void {
  addEvident(findings, text);
  findings.told.add(text);
}

/** Keywords below which people stand, in the trees of Lightroom, digiKam, ACDSee and Windows. */
const personRoot =
  /^(people|persons?|faces?|names?|family|friends|who|orang(-orang)?|wajah|nama|keluarga|teman|warga|tokoh|siapa)$/i;

/** Adds a keyword: "Orang|Keluarga|Ani" names a person, any other may. */
export function addKeyword(findings: Findings, keyword: string): void {
  const steps = keyword
    .split(/[|/\\>:]/)
    .map((step) => step.trim())
    .filter(Boolean);
  const root = steps.findIndex((step) => personRoot.test(step));
  if (root >= 0) {
    // The same keywords stand in a flat list beside the tree.
    for (const step of steps) findings.told.add(step);
    findings.told.add(keyword);
    if (root < steps.length - 1) findings.persons.add(steps.at(-1)!);
  } else addComment(findings, keyword);
}

/** Adds the categories of ACDSee, a tree in XML of which those of the picture say `Assigned="1"`. */
export function addCategories(findings: Findings, xml: string): void {
  const open: string[] = [];
  const marks = xml.slice(0, maxLength).matchAll(/<(\/?)Category\b([^>]*)>([^<]*)/g);
  for (const [, end, attributes = "", name = ""] of marks) {
    if (end) open.pop();
    else open.push(name.trim());
    if (!end && open.length <= maxDepth && !/Assigned\s*=\s*["']?0/.test(attributes))
      addKeyword(findings, open.join("|"));
  }
}

/** Adds what is plain in a text: coordinates and users' folders. */
function addEvident(findings: Findings, text: string): void {
  const position = positionIn(text);
  if (position) findings.positions.add(position);
  addUserFolders(findings, text);
}

/** Adds the names of users in whose folders a path leads, as owners. */
export function addUserFolders(findings: Findings, text: string): void {
  // In an address on the web these words are no folders of a person's computer.
  const paths = unescaped(text.slice(0, maxLength)).replace(/\b(?:https?|ftp):\/\/[^\s"'<>]+/gi, " ");
  for (const [, name = ""] of paths.matchAll(userFolder)) {
    if (nobody.test(name.trim()) || !/[\p{L}\p{N}]/u.test(name)) continue;
    findings.owners.add(name);
  }
}

/** "file:///C:/Users/Siti%20Aminah/a.jpg" */
function unescaped(text: string): string {
  if (!/%[0-9a-f]{2}/i.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The first place that a text writes as two coordinates beside each other; undefined where there is none. */
export function positionIn(text: string): Position | undefined {
  // Runs of blanks would be tried in every way that they can be shared out.
  const line = text.slice(0, maxLength).replace(/\s+/g, " ");
  let before: (Written & { end: number }) | undefined;
  for (const match of line.matchAll(coordinate)) {
    const [whole, name = "", front, degrees = "", sign, minutes, seconds, behind] = match;
    const written = degrees.replace("\u2212", "-").replace(",", ".");
    const letter = sideOf(front ?? behind ?? "");
    // A plain number is a coordinate only where it says so, or is as exact as one; "1.000" is a thousand as well.
    const isSure =
      /\.\d{4,}$/.test(written) || Boolean(minutes || (sign && letter) || (name && /\.\d/.test(written)));
    if (!isSure && !/\.\d{3}$/.test(written)) {
      before = undefined;
      continue;
    }
    const parts = [written, minutes, seconds]
      .filter((part) => part !== undefined)
      .map((part) => Number(part.replace(",", ".")));
    const here = {
      end: match.index + whole.length,
      side: letter,
      parts,
      name,
      isSure: isSure || letter !== "" || written.startsWith("-"),
    };
    if (before && (before.isSure || here.isSure) && between.test(line.slice(before.end, match.index))) {
      const position = pair(before, here);
      if (position) return position;
    }
    before = here;
  }
  return undefined;
}

function pair(first: Written, second: Written): Position | undefined {
  // East and west come second, but not in every file; nor do letters, where the names say which is which.
  const isTurned =
    /[EW]/.test(first.side) ||
    /[NS]/.test(second.side) ||
    (/^(lon|lng|bujur)/i.test(first.name) && /^(lat|lintang)/i.test(second.name)) ||
    Math.abs(first.parts[0]!) > 90;
  const [latitude, longitude] = isTurned ? [second, first] : [first, second];
  const isSigned = [first, second].some((one) => one.side !== "" || one.parts[0]! < 0);
  const position = positionOf(
    coordinateOf(latitude.parts, latitude.side),
    coordinateOf(longitude.parts, longitude.side),
    isSigned,
  );
  return position === "unreadable" ? undefined : (position ?? undefined);
}

/** "N", "S", "E", "W" of a letter or a word in English or Indonesian: LS, LU, BT, BB. */
function sideOf(text: string): string {
  const lower = text.toLowerCase();
  if (/^(n|lu|north|utara)$/.test(lower)) return "N";
  if (/^(s|ls|south|selatan)$/.test(lower)) return "S";
  if (/^(e|bt|east|timur)$/.test(lower)) return "E";
  return /^(w|bb|west|barat)$/.test(lower) ? "W" : "";
}
