import { describe, expect, it } from "vitest";
import { sixWords, typedSixWords } from "../../src/credentials/bundle/bundle.js";

const words = sixWords((below) => below >> 1);
const of = (between: string) => words.replaceAll("-", between);

describe("six words from paper", () => {
  it.each([
    ["as they were shown", words],
    ["with spaces", of(" ")],
    ["with dashes of a word processor", of(" – ")],
    ["in capitals, with blanks around", `  ${of("-").toUpperCase()} `],
    ["each beginning with a capital", of(" ").replace(/\b\w/g, (letter) => letter.toUpperCase())],
    ["on several lines", of("\n")],
  ])("are the same %s", (_how, typed) => {
    expect(typedSixWords(typed)).toBe(words);
  });

  it.each([
    ["five words", words.split("-").slice(1).join(" ")],
    ["seven words", `${words} ${words.split("-")[0]}`],
    ["a passphrase of one's own", "Kuda Baterai Staples benar sekali Ya"],
    ["nothing", ""],
  ])("are not %s", (_what, typed) => {
    expect(typedSixWords(typed)).toBeUndefined();
  });
});
