/** What the stand-in knows: one page with its linked Instagram account, tokens, and a clock that only control moves. */

/** @typedef {import("./pictures.mjs").Picture} Picture */
/**
 * @typedef {object} Photo
 * @property {string} id
 * @property {Picture} picture
 * @property {string} alt
 * @property {string | null} post the post that shows it
 *
 * @typedef {object} Post
 * @property {string} id
 * @property {string} message
 * @property {number} created
 * @property {Photo[]} photos
 *
 * @typedef {object} Container
 * @property {string} id
 * @property {number} created
 * @property {string} caption
 * @property {string} alt
 * @property {boolean} isChild
 * @property {Picture | undefined} picture
 * @property {Container[]} children
 * @property {"ERROR" | "EXPIRED" | "IN_PROGRESS" | undefined} forced
 * @property {boolean} isPublished
 * @property {boolean} [isForcedEvenPublished]
 *
 * @typedef {object} Media
 * @property {string} id
 * @property {string} shortcode
 * @property {string} caption
 * @property {number} created
 * @property {{ id: string, alt: string, picture: Picture }[]} parts
 *
 * @typedef {"valid" | "expired" | "revoked" | "no-role" | "no-admin"} TokenState
 */

export const pageId = "104206801976382";
export const instagramId = "17841405822304914";
/** Two people may hold a token each: of the page, for both channels. */
export const tokens = [
  "EAAGm0PX4ZCpsBAKZCtokenOfThePage1234567890",
  "EAAGm0PX4ZCpsBAKZCtokenOfColleague123456789",
];

const permissions = [
  "pages_manage_posts",
  "pages_read_engagement",
  "instagram_basic",
  "instagram_content_publish",
];

export function createWorld() {
  let lastId = 0;
  return {
    /** Of the two tokens. @type {Map<string, TokenState>} */
    tokens: new Map(tokens.map((token) => [token, "valid"])),
    permissions: new Set(permissions),
    /** @type {Map<string, Photo>} */
    photos: new Map(),
    /** @type {Post[]} oldest first */
    posts: [],
    /** @type {Map<string, Container>} */
    containers: new Map(),
    /** @type {Media[]} oldest first */
    media: [],
    quota: { total: 100, usedBefore: 0 },
    /** Percentage of what the app may ask for, as the usage headers tell it. */
    usage: { call_count: 3, regain_minutes: 0 },
    /** How long a container is IN_PROGRESS, ms. */
    processingMs: 0,
    /** How long after its effect a post is not listed yet, ms. */
    lagMs: 0,
    /** What the next container becomes. @type {Container["forced"]} */
    nextForced: undefined,
    /** Addresses that pictures were fetched from. @type {string[]} */
    downloads: [],
    /** null: the computer's clock. @type {number | null} */
    frozen: /** @type {number | null} */ (null),
    now() {
      return this.frozen ?? Date.now();
    },
    nextId() {
      lastId += 1;
      return lastId;
    },
  };
}
/** @typedef {ReturnType<typeof createWorld>} World */

/** What readers see. @param {World} world */
export function visible(world) {
  return {
    facebook: world.posts.map(({ id, message, photos }) => ({
      id,
      message,
      photos: photos.map((photo) => ({ id: photo.id, alt: photo.alt, sha256: photo.picture.sha256 })),
    })),
    instagram: world.media.map(({ id, caption, parts }) => ({
      id,
      caption,
      photos: parts.map((part) => ({ id: part.id, alt: part.alt, sha256: part.picture.sha256 })),
    })),
  };
}

/** As Meta writes times: https://developers.facebook.com/docs/graph-api/guides/field-expansion. @param {number} ms */
export function instant(ms) {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, "+0000");
}
