// The round trips that the protocols force on whoever publishes: which request must have its answer before which other one can leave.
// What may go at the same time (the photos of a channel, its alt texts, channels that do not need each other) counts once; photos'
// encoding counts nothing.

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {"newsroom" | "web" | "meta" | "x"} line
 * @property {string} method
 * @property {RegExp} path
 * @property {readonly string[]} after the steps whose answers it needs
 * @property {number} [opens] round trips for connections: the first one, or those that several requests at once need (HTTP/1.1)
 * @property {number} [within] round trips of the server itself before it answers
 * @property {string} why
 */

const attempt = /\/attempts\/1$/;

/** @param {string} channel @param {string} prepared @param {Pick<Step, "line" | "method" | "path">} commit @returns {Step[]} */
const sent = (channel, prepared, commit) => [
  {
    ...{ name: `${channel}: intent`, line: "newsroom", method: "PUT", path: attempt, after: [prepared] },
    why: "names what was prepared, before it is seen",
  },
  {
    ...commit,
    name: `${channel}: commit`,
    after: [`${channel}: intent`],
    why: "only after the newsroom's consent",
  },
];

/** @type {readonly Step[]} */
export const steps = [
  {
    ...{
      name: "read",
      line: "newsroom",
      method: "GET",
      path: /\/submissions\/[^/]+(\/renderings)?$/,
      after: [],
      opens: 1,
    },
    why: "what is approved",
  },
  {
    ...{ name: "photos", line: "newsroom", method: "GET", path: /\/photos\//, after: ["read"] },
    why: "the approved revision names them",
  },
  {
    ...{ name: "plan", line: "newsroom", method: "POST", path: /\/publications$/, after: ["read"] },
    why: "a row for each channel, which has the id",
  },
  {
    ...{ name: "grant", line: "newsroom", method: "POST", path: /\/attempts$/, after: ["plan"] },
    why: "one machine at a time",
  },
  {
    ...{
      name: "web: find",
      line: "web",
      method: "GET",
      path: /\/wp\/v2\/media$/,
      after: ["read"],
      opens: 1,
    },
    why: "a picture that is there already is found by what it is made of, which the rendering names",
  },
  {
    ...{
      name: "web: store",
      line: "web",
      method: "POST",
      path: /\/wp\/v2\/media$/,
      after: ["grant", "photos", "web: find"],
    },
    why: "nothing is stored without a grant",
  },
  {
    ...{ name: "web: draft", line: "web", method: "POST", path: /\/wp\/v2\/posts$/, after: ["web: store"] },
    why: "names the photos by their ids and addresses",
  },
  ...sent("web", "web: draft", { line: "web", method: "POST", path: /\/wp\/v2\/posts\/\d+$/ }),
  {
    ...{ name: "web: outcome", line: "newsroom", method: "PUT", path: attempt, after: ["web: commit"] },
    why: "has the link",
  },
  {
    ...{ name: "instagram: look", line: "web", method: "GET", path: /\.jpg$/, after: ["web: store"] },
    why: "pictures are looked at as Meta will, before it is told of them",
  },
  {
    ...{
      name: "instagram: items",
      line: "meta",
      method: "POST",
      path: /\/media$/,
      after: ["instagram: look"],
    },
    ...{
      opens: 1,
      within: 3,
      why: "Meta fetches each picture: a connection to the site, robots.txt, the picture",
    },
  },
  {
    ...{
      name: "instagram: items ready",
      line: "meta",
      method: "GET",
      path: /\/\d+$/,
      after: ["instagram: items"],
    },
    why: "a carousel takes only what is ready",
  },
  {
    ...{
      name: "instagram: carousel",
      line: "meta",
      method: "POST",
      path: /\/media$/,
      after: ["instagram: items ready"],
    },
    why: "names its items",
  },
  {
    ...{
      name: "instagram: ready",
      line: "meta",
      method: "GET",
      path: /\/\d+$/,
      after: ["instagram: carousel"],
    },
    why: "only what is ready is published",
  },
  ...sent("instagram", "instagram: ready", { line: "meta", method: "POST", path: /\/media_publish$/ }),
  {
    ...{ name: "instagram: link", line: "meta", method: "GET", path: /\/\d+$/, after: ["instagram: commit"] },
    why: "the answer to the commit has only an id",
  },
  {
    ...{
      name: "instagram: outcome",
      line: "newsroom",
      method: "PUT",
      path: attempt,
      after: ["instagram: link"],
    },
    why: "has the link",
  },
  {
    ...{
      name: "x: upload",
      line: "x",
      method: "POST",
      path: /\/media\/upload$/,
      after: ["grant", "photos"],
      opens: 1,
    },
    why: "nothing is stored without a grant",
  },
  {
    ...{ name: "x: alt", line: "x", method: "POST", path: /\/media\/metadata$/, after: ["x: upload"] },
    why: "names the photo by its id",
  },
  ...sent("x", "x: alt", { line: "x", method: "POST", path: /\/2\/tweets$/ }),
  {
    ...{ name: "x: outcome", line: "newsroom", method: "PUT", path: attempt, after: ["x: commit"] },
    why: "has the link",
  },
];

/**
 * The longest way through the steps to the outcome of each channel, and its round trips. Throws where the log of a run has no request for
 * a step, so that a step that is no longer made cannot count.
 *
 * @param {Record<string, readonly import("./line.mjs").LoggedRequest[]>} logs by line
 * @param {readonly string[]} channels
 * @returns {{ channel: string, roundTrips: number, way: Step[] }[]}
 */
export function chainsOf(logs, channels) {
  for (const { name, line, method, path } of steps) {
    const isMade = logs[line]?.some((request) => request.method === method && path.test(request.path));
    if (!isMade) throw new Error(`no request for "${name}": ${method} ${path} at ${line}`);
  }
  /** @type {Map<string, { roundTrips: number, way: Step[] }>} */
  const ends = new Map();
  for (const step of steps) {
    const before = step.after
      .map((name) => ends.get(name) ?? fail(`"${step.name}" comes before "${name}"`))
      .reduce((longest, end) => (end.roundTrips > longest.roundTrips ? end : longest), {
        roundTrips: 0,
        way: [],
      });
    const roundTrips = before.roundTrips + costOf(step);
    ends.set(step.name, { roundTrips, way: [...before.way, step] });
  }
  return channels.map((channel) => ({ channel, ...(ends.get(`${channel}: outcome`) ?? fail(channel)) }));
}

/** Round trips of one step. @param {Step} step */
export function costOf({ opens = 0, within = 0 }) {
  return opens + 1 + within;
}

/** @param {string} why @returns {never} */
function fail(why) {
  throw new Error(why);
}
