/** Pictures as Meta takes them: from a form, or fetched from the address that it was given. */
import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import robotsParser from "robots-parser";
import sharp from "sharp";
import { invalid, Refusal } from "./errors.mjs";

/** https://developers.facebook.com/docs/sharing/webmasters/web-crawlers */
const userAgent = "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)";
const maxInstagramBytes = 8 * 2 ** 20;
const maxPageBytes = 10 * 2 ** 20;

/** @typedef {{ sha256: string, width: number, height: number, bytes: number }} Picture */

/**
 * @param {Uint8Array} bytes
 * @param {readonly string[]} formats
 */
async function measure(bytes, formats) {
  // The pixels are decoded too: a header alone is no picture.
  const image = sharp(bytes, { failOn: "warning" });
  const { format = "", width = 0, height = 0 } = await image.metadata();
  if (!formats.includes(format)) throw new Error(format);
  await image.raw().toBuffer();
  return { sha256: createHash("sha256").update(bytes).digest("hex"), width, height, bytes: bytes.length };
}

/**
 * A picture from `source` of a page's photos: https://developers.facebook.com/docs/graph-api/reference/page/photos
 *
 * @param {Uint8Array} bytes
 * @returns {Promise<Picture>}
 */
export async function pagePicture(bytes) {
  const cannotRead = new Refusal(100, "Invalid parameter", {
    subcode: 1366046,
    userMessage:
      "Your photos couldn't be uploaded. Photos should be less than 10 MB and saved as JPG, PNG, GIF or TIFF files.",
  });
  if (bytes.length > maxPageBytes) throw cannotRead;
  return measure(bytes, ["jpeg", "png", "gif", "tiff"]).catch(() => {
    throw cannotRead;
  });
}

/** @param {string} why */
function cannotFetch(why) {
  return new Refusal(9004, "Only photo or video can be accepted as media type.", {
    subcode: 2207052,
    userMessage: `The media could not be fetched from this URI: ${why}`,
  });
}

/**
 * Fetches and checks as for Instagram. That a width outside 320–1440 is refused is stricter than Meta, which scales it:
 * nothing but what was approved is to be shown. Instagram's own ratio is "4:5 to 1.91:1".
 *
 * @param {string} address
 * @param {(address: string) => void} onDownload
 * @returns {Promise<Picture>}
 */
export async function fetchPicture(address, onDownload) {
  if (!URL.canParse(address)) throw invalid("Param image_url must be a valid URI");
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol)) throw invalid("Param image_url must be a valid URI");
  const headers = { "user-agent": userAgent, accept: "*/*" };
  const robotsUrl = new URL("/robots.txt", url).href;
  const robots = await fetch(robotsUrl, { headers }).catch(() => undefined);
  if (!robots || robots.status >= 500) throw cannotFetch("robots.txt is not available");
  const rules = robots.ok ? await robots.text() : "";
  // Only in the next turn its connection is free for the picture; until then fetch opens another one.
  await setImmediate();
  if (robotsParser(robotsUrl, rules).isDisallowed(address, "facebookexternalhit")) {
    throw cannotFetch("Restricted by robots.txt");
  }
  const answer = await fetch(address, { headers, redirect: "manual" }).catch(() => undefined);
  if (answer?.status !== 200) throw cannotFetch(`HTTP ${answer?.status ?? "no answer"}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  onDownload(address);
  if (bytes.length > maxInstagramBytes) {
    const userMessage = "The image is too large to download. It should be less than 8 MiB.";
    throw new Refusal(36000, "The image size is too large.", { subcode: 2207004, userMessage });
  }
  const type = answer.headers.get("content-type")?.split(";")[0];
  const noFormat = new Refusal(36001, "The image format is not supported.", { subcode: 2207005 });
  if (type !== "image/jpeg") throw noFormat;
  const picture = await measure(bytes, ["jpeg"]).catch(() => {
    throw noFormat;
  });
  const ratio = picture.width / picture.height;
  if (ratio < 0.8 || ratio > 1.91) {
    const userMessage = `The submitted image with aspect ratio ('${picture.width}/${picture.height}',) cannot be published.`;
    throw new Refusal(36003, "The aspect ratio is not supported.", { subcode: 2207009, userMessage });
  }
  if (picture.width < 320 || picture.width > 1440) throw noFormat;
  return picture;
}
