import { Transform } from "node:stream";
import { StringDecoder } from "node:string_decoder";

/** Enables bracketed paste (an xterm sequence that common terminals support), which marks pasted text. */
export const markPastes = "\u001b[?2004h";
export const leavePastes = "\u001b[?2004l";

const begin = "\u001b[200~";
const end = "\u001b[201~";

/**
 * Transforms the keys for a one-line prompt. A line break in pasted text would act as Enter and lose the rest, so it
 * becomes `lineBreak`. Other control characters become spaces.
 */
export function pasteOnOneLine(lineBreak: string): Transform {
  const decoder = new StringDecoder("utf8");
  let held = "";
  let pasting = false;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      let rest = held + decoder.write(chunk);
      held = "";
      while (rest !== "") {
        const mark = pasting ? end : begin;
        const at = rest.indexOf(mark);
        if (at < 0) held = partialMark(rest, pasting);
        const part = rest.slice(0, at < 0 ? rest.length - held.length : at);
        this.push(pasting ? joinLines(part, lineBreak) : part);
        if (at < 0) break;
        pasting = !pasting;
        rest = rest.slice(at + mark.length);
      }
      done();
    },
  });
}

/** The start of a mark at the end of a chunk, to be completed by the next one. Outside a paste, a lone Escape is a key. */
function partialMark(text: string, pasting: boolean): string {
  const [half = ""] = /\u001b(?:\[(?:2(?:0[01]?)?)?)?$/.exec(text) ?? [];
  return half.length > 1 || pasting ? half : "";
}

function joinLines(pasted: string, lineBreak: string): string {
  return pasted.replace(/\r\n?|\n/g, lineBreak).replace(/\p{Cc}/gu, " ");
}
