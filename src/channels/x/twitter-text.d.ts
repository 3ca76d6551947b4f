// The package's types know only its whole, which takes three times as long to load.
declare module "twitter-text/dist/parseTweet.js" {
  const parseTweet: typeof import("twitter-text").parseTweet;
  export = parseTweet;
}
declare module "twitter-text/dist/extractUrlsWithIndices.js" {
  const extractUrlsWithIndices: typeof import("twitter-text").extractUrlsWithIndices;
  export = extractUrlsWithIndices;
}
