import { Transform } from "node:stream";
import { StringDecoder } from "node:string_decoder";

/** Enables bracketed paste (an xterm sequence that common terminals support), which marks pasted text. */
export const markPastes = "\u001b[?2004h";
export const leavePastes = "\u001b[?2004l";

const begin = "\u001b[200~";
const end = "\u001b[201~";

/**
 * Silence that tells an Enter from a line of a paste without marks. ms. Consoles that set no marks (conhost, serial lines) deliver a
 * paste in pieces a few milliseconds apart; no person types on so soon after Enter.
 */
export const enterSilence = 25;

/**
 * Transforms the keys for a one-line prompt. A line break in pasted text would act as Enter and lose the rest, so it
 * becomes `lineBreak`. Other control characters become spaces. A paste without marks is known by text that comes at once after a
 * line break; its breaks, the last one too, are lines and not Enter, as in a marked one.
 *
 * @param silence see `enterSilence`; shorter in tests only
 */
export function pasteOnOneLine(lineBreak: string, silence = enterSilence): Transform {
  const decoder = new StringDecoder("utf8");
  let held = "";
  let pasting = false;
  /** Line breaks that are Enter unless text follows at once. */
  let breaks = "";
  /** In a paste without marks, until the silence after it. */
  let unmarked = false;
  let timer: NodeJS.Timeout | undefined;

  const keys = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      let rest = held + decoder.write(chunk);
      held = "";
      while (rest !== "") {
        const mark = pasting ? end : begin;
        const at = rest.indexOf(mark);
        if (at < 0) held = partialMark(rest, pasting);
        const part = rest.slice(0, at < 0 ? rest.length - held.length : at);
        if (pasting) keys.push(joinLines(part, lineBreak));
        else type(part);
        if (at < 0) break;
        if (!pasting) settle();
        pasting = !pasting;
        rest = rest.slice(at + mark.length);
      }
      done();
    },
    flush(done) {
      settle();
      done();
    },
    destroy(error, done) {
      clearTimeout(timer);
      done(error);
    },
  });

  /** Keys, or a piece of a paste without marks. */
  function type(part: string): void {
    clearTimeout(timer);
    let rest = part;
    while (rest !== "") {
      const [, text = "", lines = ""] = /^([^\r\n]*)([\r\n]*)/.exec(rest)!;
      rest = rest.slice(text.length + lines.length);
      if (text !== "") {
        // A key such as an arrow or Ctrl-C is no text: what was held before it is Enter.
        const isText = /^[^\p{Cc}]|^\t/u.test(text);
        if (breaks !== "" && isText) {
          keys.push(joinLines(breaks, lineBreak));
          unmarked = true;
          breaks = "";
        } else if (!isText) {
          settle();
        }
        keys.push(unmarked ? text.replaceAll("\t", " ") : text);
      }
      breaks += lines;
    }
    if (breaks !== "" || unmarked) timer = setTimeout(settle, silence);
  }

  /** The keys that were held are what they are: one Enter, or the end of a paste without marks. */
  function settle(): void {
    clearTimeout(timer);
    if (breaks !== "") keys.push(unmarked ? joinLines(breaks, lineBreak) : "\r");
    breaks = "";
    unmarked = false;
  }

  return keys;
}

/** The start of a mark at the end of a chunk, to be completed by the next one. Outside a paste, a lone Escape is a key. */
function partialMark(text: string, pasting: boolean): string {
  const [half = ""] = /\u001b(?:\[(?:2(?:0[01]?)?)?)?$/.exec(text) ?? [];
  return half.length > 1 || pasting ? half : "";
}

function joinLines(pasted: string, lineBreak: string): string {
  return pasted.replace(/\r\n?|\n/g, lineBreak).replace(/\p{Cc}/gu, " ");
}
