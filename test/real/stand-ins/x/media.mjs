// Pictures: POST /2/media/upload and /2/media/metadata. https://docs.x.com/x-api/media: 5 MB for an image.
import { createHash } from "node:crypto";
import sharp from "sharp";
import { invalid, unknownField } from "./answers.mjs";

const maxBytes = 5 * 1024 * 1024;
const maxAltText = 1000;
/** A picture that no post has taken after this long is gone. */
const lifeSeconds = 86_400;
const formats = new Map([
  ["jpeg", "image/jpeg"],
  ["png", "image/png"],
  ["webp", "image/webp"],
]);

/**
 * @typedef {object} Medium
 * @property {string} id
 * @property {string} key
 * @property {string} owner
 * @property {number} until ms since 1970
 * @property {string} sha256
 * @property {Buffer} bytes
 * @property {number} width
 * @property {number} height
 * @property {string | null} alt
 */

/**
 * @param {{ now: () => number, nextId: () => string, bill: (item: "altText") => void }} place
 */
export function createMedia({ now, nextId, bill }) {
  /** @type {Map<string, Medium>} */
  const media = new Map();
  return {
    media,
    /** @param {string} owner @param {import("../control.mjs").Asked} asked */
    async upload(owner, { headers, body }) {
      const type = headers["content-type"] ?? "";
      if (!type.startsWith("multipart/form-data"))
        return invalid("Requests with media must be multipart/form-data.");
      /** @type {FormData} */
      let form;
      try {
        form = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
      } catch {
        return invalid("The form cannot be read.");
      }
      const wrong = unknownField(Object.fromEntries(form), ["media", "media_category", "additional_owners"]);
      if (wrong) return wrong;
      const file = form.get("media");
      const category = form.get("media_category");
      if (!(file instanceof File)) return invalid("$.media: is missing but it is required");
      if (category !== "tweet_image")
        return invalid(`media_category: [${String(category)}] is not for images here`);
      if (file.size > maxBytes) return invalid(`File size exceeds ${maxBytes} bytes.`);
      const bytes = Buffer.from(await file.arrayBuffer());
      const picture = await decoded(bytes);
      if (!picture) return invalid("Media file is not valid: unrecognized media format.");
      const id = nextId();
      const key = `3_${id}`;
      media.set(id, {
        ...{ id, key, owner, bytes, alt: null, until: now() + lifeSeconds * 1000 },
        ...{ width: picture.width, height: picture.height },
        sha256: createHash("sha256").update(bytes).digest("hex"),
      });
      return {
        status: 200,
        effect: `uploaded ${id}`,
        json: {
          data: {
            ...{ id, media_key: key, size: bytes.length, expires_after_secs: lifeSeconds },
            image: { image_type: picture.type, w: picture.width, h: picture.height },
          },
        },
      };
    },
    /** @param {string} owner @param {any} given */
    describe(owner, given) {
      const wrong =
        unknownField(given, ["id", "metadata"]) ??
        unknownField(given.metadata ?? {}, ["alt_text"], "$.metadata") ??
        unknownField(given.metadata?.alt_text ?? {}, ["text"], "$.metadata.alt_text");
      if (wrong) return wrong;
      const text = given.metadata?.alt_text?.text;
      if (typeof text !== "string" || text === "") return invalid("$.metadata.alt_text.text: is missing");
      if (text.length > maxAltText)
        return invalid(`$.metadata.alt_text.text: may only be ${maxAltText} characters long`);
      const medium = this.usable(owner, given.id);
      if (!medium) return invalid("Media id is invalid or expired.", { id: [String(given.id)] });
      medium.alt = text;
      bill("altText");
      const json = { data: { id: medium.id, associated_metadata: { alt_text: { text } } } };
      return { status: 200, effect: `described ${medium.id}`, json };
    },
    /** @param {string} owner @param {unknown} id */
    usable(owner, id) {
      const medium = typeof id === "string" ? media.get(id) : undefined;
      return medium && medium.owner === owner && medium.until > now() ? medium : undefined;
    },
  };
}

/** All of its pixels, so that a file that is cut is refused. @param {Buffer} bytes */
async function decoded(bytes) {
  try {
    const picture = sharp(bytes, { failOn: "warning" });
    const { format, width, height } = await picture.metadata();
    const type = formats.get(format ?? "");
    if (!type) return undefined;
    await picture.raw().toBuffer();
    return { type, width, height };
  } catch {
    return undefined;
  }
}
