import type { XErrors } from "../../errors/x.js";
import { formatInstant } from "../../text/instant.js";
import type { ErrorSentences } from "../types.js";

export const xErrors: ErrorSentences<XErrors> = {
  "x-credits-spent": (p) => [
    `The credits for ${p.origin} are spent, or its spending limit is reached.`,
    "Buy credits or raise the limit at https://developer.x.com, then run the same command again.",
  ],
  "x-clock-off": (p) => [
    `This computer's clock (${formatInstant(p.here, "en")}) does not agree with that of ${p.origin} (${formatInstant(p.there, "en")}), so the keys are refused. They may be right.`,
    "Set this computer's date, time and time zone, then run the same command again.",
  ],
  "x-refuses": (p) => [
    `X does not take this request (${p.status}: ${p.reason}).`,
    "Update kominfo; if it stays like this, tell whoever maintains kominfo.",
  ],
  "x-text-too-long": (p) => [
    `The text for X has ${p.length} characters as X counts; the limit is ${p.limit}.`,
    "Send it without --link, or shorten teks_kanal.x in index.md and submit again.",
  ],
  "x-alt-too-long": (p) => [
    `One alt text has ${p.length} characters; X takes ${p.limit} at most.`,
    "Shorten the alt of that photo in index.md, then submit again.",
  ],
  "x-photo-too-large": (p) => [
    `One photo has ${p.bytes} bytes; X takes ${p.limit} at most.`,
    "Make that photo smaller, then submit again.",
  ],
  "x-still-there": (p) => [
    `X accepted the deletion, but ${p.url} can still be read.`,
    "Run the same command again in a little while.",
  ],
};
