/** What the site knows: users with their roles, posts, media, categories and tags. */
import { Refusal } from "./request.mjs";

/**
 * @typedef {object} User
 * @property {number} id
 * @property {string} login
 * @property {string} name
 * @property {string} password
 * @property {readonly string[]} capabilities
 *
 * @typedef {object} Post
 * @property {number} id
 * @property {number} author
 * @property {string} status
 * @property {string} slug
 * @property {string} title
 * @property {string} content
 * @property {string} excerpt
 * @property {number} featured
 * @property {number[]} categories
 * @property {number[]} tags
 *
 * @typedef {object} Medium
 * @property {number} id
 * @property {number} author
 * @property {string} slug
 * @property {string} path
 * @property {string} alt
 * @property {string} caption
 * @property {string} description
 * @property {number} width
 * @property {number} height
 * @property {Buffer} bytes
 * @property {Date} at
 *
 * @typedef {{ id: number, name: string, slug: string }} Term
 */

const author = ["read", "upload_files", "edit_posts", "edit_published_posts", "publish_posts"];

/**
 * Nothing here opens anything elsewhere. The roles are WordPress's editor and author, and an author who may not publish:
 * https://wordpress.org/documentation/article/roles-and-capabilities/
 *
 * @type {readonly User[]}
 */
export const users = [
  {
    ...{ id: 2, login: "redaktur", name: "Redaktur Kecamatan", password: "tiruan01tiruan02tiruan03" },
    capabilities: [...author, "edit_others_posts"],
  },
  { id: 3, login: "penulis", name: "Penulis", password: "tiruan04tiruan05tiruan06", capabilities: author },
  {
    ...{ id: 4, login: "operator", name: "Operator", password: "tiruan07tiruan08tiruan09" },
    capabilities: ["read", "upload_files", "edit_posts"],
  },
];

export function createSite() {
  let lastId = 10;
  return {
    /** @type {Post[]} oldest first */
    posts: [],
    /** @type {Medium[]} oldest first */
    media: [],
    /** @type {Term[]} */
    categories: [
      { id: 1, name: "Berita", slug: "berita" },
      { id: 2, name: "Pemerintahan", slug: "pemerintahan" },
      { id: 3, name: "Ekonomi &amp; Pembangunan", slug: "ekonomi-pembangunan" },
    ],
    /** @type {Term[]} */
    tags: [],
    nextId() {
      lastId += 1;
      return lastId;
    },
  };
}
/** @typedef {ReturnType<typeof createSite>} Site */

/**
 * Who asks, by an application password; undefined for a visitor.
 *
 * @param {import("node:http").IncomingHttpHeaders} headers
 */
export function userOf({ authorization }) {
  if (authorization === undefined) return undefined;
  const [, encoded = ""] = /^Basic (.+)$/.exec(authorization) ?? [];
  const [login, ...password] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  const user = users.find((each) => each.login === login);
  if (!user) throw new Refusal(401, "invalid_username", "Unknown username.");
  // WordPress takes it with or without the gaps in which it shows it.
  if (password.join(":").replaceAll(" ", "") !== user.password)
    throw new Refusal(401, "incorrect_password", "The provided password is an invalid application password.");
  return user;
}

/** @param {User | undefined} user @param {string} capability */
export const can = (user, capability) => user?.capabilities.includes(capability) ?? false;

/**
 * @param {User | undefined} user
 * @param {string} code
 * @param {string} message
 */
export function forbidden(user, code, message) {
  return new Refusal(user ? 403 : 401, code, message);
}

/**
 * The address with -2, -3 … behind it where it is taken: https://developer.wordpress.org/reference/functions/wp_unique_post_slug/
 *
 * @param {string} slug
 * @param {(slug: string) => boolean} isTaken
 */
export function uniqueSlug(slug, isTaken) {
  let unique = slug;
  for (let n = 2; isTaken(unique); n += 1) unique = `${slug}-${n}`;
  return unique;
}
