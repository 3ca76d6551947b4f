import type { WarningParamsByCode } from "../../errors/rendering-warnings.js";
import type { WarningSentences } from "../types.js";
import { counted } from "./counted.js";

/** Remarks on what a channel will show, for whoever approves and sends. */
export const rendering = {
  warnings: {
    "too-long": (p) =>
      `The text is too long: ${p.length} characters, ${p.limit} at most. It cannot be sent; please shorten teks_kanal first.`,
    "photo-needed": (p) =>
      p.photo === undefined
        ? "At least one photo is needed. Without one it cannot be sent."
        : `Photo ${p.photo} is too small: what would be shown is ${p.actual} pixels wide, and ${p.width} are needed. Without a photo it cannot be sent.`,
    crop: (p) =>
      `Photo ${p.photo} loses ${p.percent} per cent to its crop. Please look at it; fokus moves it.`,
    "photos-left-out": (p) => `${counted(p.count, "photo is", "photos are")} left out: ${p.limit} at most.`,
    "photo-too-small": (p) =>
      p.actual === undefined
        ? `Photo ${p.photo} is left out: what would be shown is less than ${p.width} pixels wide.`
        : `Photo ${p.photo} is left out: what would be shown is ${p.actual} pixels wide, and ${p.width} are needed.`,
    "photo-removed": (p) => `Photo ${p.photo} is left out: it was removed from the newsroom.`,
    "credit-missing": (p) => `Photo ${p.photo} is not our own, but its credit is empty.`,
    "credit-left-out": (p) => `There is no room for the credit "${p.credit}".`,
    "alt-missing": (p) => `Photo ${p.photo} has no alternative text for blind readers yet.`,
    domain: (p) => `"${p.domain}" becomes a link on X, which costs more.`,
    "title-kept": (p) => `"${p.title}" gets an invisible mark, so that it does not become a paid link.`,
    "link-left-out": () => "There is no room for the article's address.",
    "hashtags-over": (p) =>
      `There ${p.count === 1 ? "is" : "are"} ${counted(p.count, "hashtag")}; ${p.limit} at most.`,
    "mentions-over": (p) =>
      `There ${p.count === 1 ? "is" : "are"} ${counted(p.count, "account")} mentioned; ${p.limit} at most.`,
    "picture-left-out": (p) =>
      `The picture ${p.address} in the body is not shown; please attach it as a photo.`,
    "link-dropped": (p) =>
      `The address "${p.address}" is none of the web, of mail or of a telephone; only its text is shown.`,
    "web-category-unknown": (p) =>
      `The site has no category "${p.category}", so its default one is used. Ask who runs the site to make it.`,
    "article-elsewhere": (p) =>
      `It goes out without the article's link: the web link that was recorded is at ${p.host}, which is no website of this office.`,
    "corrected-in-place": () =>
      "This correction changes only the text of the post that is out; it keeps its old photos there.",
    "photos-kept": (p) =>
      `The old post goes on showing photos that this revision does not have any more: ${p.photos}. To remove them, take that post down (kominfo post unpublish); then an editor publishes it anew.`,
    "photo-left-at-site": (p) =>
      `A photo that the correction does not show any more still opens at the site; have the site's manager delete it from the media library: ${p.address}`,
  } satisfies WarningSentences<WarningParamsByCode>,
};
