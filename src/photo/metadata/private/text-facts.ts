import { type IimTexts, readIim } from "../blocks/iim.js";
import type { XmpText } from "../blocks/xmp.js";
import { coordinateText, positionOf } from "./coordinates.js";
import type { Findings } from "./findings.js";
import {
  addCaption,
  addCategories,
  addComment,
  addKeyword,
  addUserFolders,
  positionIn,
} from "./free-text.js";

/** IPTC Core and Extension, in structures of theirs as well; Lightroom and Photoshop; EXIF in XMP. Local names. */
const placeNames: Readonly<Record<string, "site" | "city" | "state" | "country">> = {
  Location: "site",
  Sublocation: "site",
  LocationName: "site",
  // An address at GeoNames or the like names the place as well as words do.
  LocationId: "site",
  WorldRegion: "country",
  City: "city",
  State: "state",
  ProvinceState: "state",
  Country: "country",
  CountryName: "country",
};
const ownerNames =
  /^(OwnerName|CameraOwnerName|Owner|creator|Artist|[aA]uthor|Photographer|ImageCreatorName|CopyrightOwnerName|ImageSupplierName|LicensorName|Licensor(Email|Telephone1|Telephone2|StreetAddress)|ImageEditor|Ci(EmailWork|TelWork|AdrExtadr|UrlWork))$/;
/** "GPSLatitude", "GPSDestLongitudeRef", "lat" (W3C), "GpsLongtitude" (DJI's spelling). */
const coordinateName = /^(?:gps)?(dest)?(lat(?:itude)?|lon(?:g(?:t?itude)?)?)(ref)?$/i;
/** Dublin Core, Photoshop, IPTC; what programs show as words about the picture, its keywords, and what else people write. */
const captionNames =
  /^(description|ImageDescription|title|Headline|AltTextAccessibility|ExtDescrAccessibility)$/;
const keywordNames =
  /^(subject|hierarchicalSubject|TagsList|LastKeyword(XMP|IPTC)|CatalogSets|[kK]eywords?|tags|Category|SupplementalCategories)$/;
const commentNames =
  /^(Instructions|UserComment|[cC]omments?|[nN]otes|caption|CaptionWriter|Event|contributor|publisher|coverage|Source|Nickname|Client|AuthorsPosition|TransmissionReference|AdditionalModelInformation|ModelAge|RegistryItemID|Person(EmailDigest|LiveIdCID)|CiAdr(City|Region|Pcode)|EventId|ModelReleaseID|PropertyReleaseID|DocumentName|ImageHistory|Label|Transcript|PersonDescription|PersonId)$/;
/** One field for both coordinates: GeoRSS, Google. */
const pointName = /^(point|pos|where|latlong?|lat_?lon|coordinates?|gpscoordinates|geotag)$/i;
/** A value as long as this is no text but a file in base64: Google's panoramas and depth maps hold pictures so. */
const longestText = 20_000;

/** Adds what the texts of an XMP packet tell. */
export function addXmp(findings: Findings, texts: readonly XmpText[]): void {
  for (const { path, text } of texts) {
    const name = path.at(-1)!;
    const level = placeNames[name];
    // Where the picture was made of others, with their paths: DerivedFrom, History, Ingredients, DocumentAncestors.
    if (text.length <= longestText) addUserFolders(findings, text);
    if (level) findings.places.add(level, text);
    else if (/serial/i.test(name)) {
      if (/[1-9a-z]/i.test(text)) findings.serials.add(text);
    } else if (ownerNames.test(name)) findings.owners.add(text);
    else if (/^(rights|Credit|CreditLine|WebStatement|CopyrightNotice)$/.test(name))
      findings.rights.add(text);
    else if (isPerson(path)) findings.persons.add(text);
    else if (captionNames.test(name)) addCaption(findings, text);
    else if (keywordNames.test(name)) addKeyword(findings, text);
    else if (commentNames.test(name)) addComment(findings, text);
    else if (pointName.test(name) && addPoint(findings, text)) continue;
    else if (name === "categories") addCategories(findings, text);
    else if (/makernote/i.test(name)) findings.unread.add("maker-note");
    else if (text.length > longestText && /^[\w+/=\r\n-]+$/.test(text)) findings.unread.add("picture");
    else addCoordinate(findings, path.slice(0, -1).join("/"), name, text);
  }
  // Values of one packet never complete those of another.
  findings.positions.finish();
}

/** IPTC Extension, the Metadata Working Group's and Microsoft's face regions. */
function isPerson(path: readonly string[]): boolean {
  const name = path.at(-1)!;
  // iView and Expression Media name people in a list of their own.
  if (/^(Person(InImage|Name|DisplayName)|People)$/.test(name)) return true;
  if (name === "Name" && path.includes("PersonInImageWDetails")) return true;
  return name === "Name" && path.some((one) => /^(Regions|RegionList|RegionInfo|ImageRegion)$/.test(one));
}

/** "-6.25 107.1" (GeoRSS); whether it is a place. */
function addPoint(findings: Findings, text: string): boolean {
  const plain = /^\s*([-+]?\d{1,2}(?:\.\d+)?)[\s,;]+([-+]?\d{1,3}(?:\.\d+)?)\s*$/.exec(text);
  const position = plain
    ? positionOf(coordinateText(plain[1]!), coordinateText(plain[2]!), true)
    : positionIn(text);
  if (position) findings.positions.add(position);
  return Boolean(position);
}

function addCoordinate(findings: Findings, group: string, name: string, text: string): boolean {
  const match = coordinateName.exec(name);
  if (!match) return false;
  const [, isDestination = "", axis = "", reference = ""] = match;
  const field = axis.slice(0, 3).toLowerCase() + reference.toLowerCase();
  findings.positions.addField(`${group}/${isDestination}`, field, text);
  return true;
}

/** Adds what an IIM block tells. */
export function addIim(findings: Findings, block: Buffer): void {
  const { texts, isWhole } = readIim(block);
  addIimTexts(findings, texts);
  if (!isWhole) findings.unread.add("text");
}

/** IPTC-IIM 4.2, record 2. */
export function addIimTexts(findings: Findings, texts: IimTexts): void {
  const each = (key: string, add: (text: string) => void) => {
    for (const text of texts.get(key) ?? []) add(text);
  };
  each("2:27", (text) => findings.places.add("site", text));
  each("2:92", (text) => findings.places.add("site", text));
  each("2:90", (text) => findings.places.add("city", text));
  each("2:95", (text) => findings.places.add("state", text));
  each("2:101", (text) => findings.places.add("country", text));
  each("2:80", (text) => findings.owners.add(text));
  each("2:118", (text) => findings.owners.add(text));
  for (const key of ["2:116", "2:110"]) each(key, (text) => findings.rights.add(text));
  for (const key of ["2:5", "2:105", "2:120"]) each(key, (text) => addCaption(findings, text));
  for (const key of ["2:15", "2:20", "2:25"]) each(key, (text) => addKeyword(findings, text));
  // Instructions, job, position, source, writer, and the fields that programs name as they like (2:200 to 2:219).
  for (const key of ["2:22", "2:40", "2:85", "2:103", "2:115", "2:121", "2:122"])
    each(key, (text) => addComment(findings, text));
  for (const all of texts.values()) for (const text of all) addUserFolders(findings, text);
}

/** Keywords of a PNG whose texts programs write: times, sizes and settings; "exif:", "tiff:", … are ImageMagick's. */
const programKeyword =
  /^(Software|Creation Time|(Modify|Create)[ _-]?Date|(exif|tiff|jpeg|png|icc|date|dng|gif|bmp|webp|heic|psd|photoshop|xmp|pdf|svg|aux|crs|calib|Thumb):.*|signature|Compression|Resolution|Gamma|Density|dpi)$/i;

/** Adds what a text of a PNG tells: "Author", "exif:GPSLatitude" (ImageMagick). */
export function addNamedText(findings: Findings, keyword: string, text: string): void {
  const name = keyword.replace(/^.*:/, "");
  if (/^(Author|Artist|Owner(Name)?|CameraOwnerName)$/i.test(name)) findings.owners.add(text);
  else if (/^Copyright$/i.test(name)) findings.rights.add(text);
  else if (/serial/i.test(name)) findings.serials.add(text);
  else if (/^(title|description|caption|ImageDescription)$/i.test(name)) addCaption(findings, text);
  else if (!addCoordinate(findings, "text", name, text)) {
    if (/^(GPSInfo|GPSVersionID|GPSTag)$/i.test(name)) return;
    if (/gps|location|address/i.test(name)) findings.unread.add("text");
    if (/keyword|subject/i.test(name)) addKeyword(findings, text);
    else if (programKeyword.test(keyword) && !/comment/i.test(name)) addUserFolders(findings, text);
    else addComment(findings, text);
  }
}
