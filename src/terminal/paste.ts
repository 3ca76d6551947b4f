import { Transform } from "node:stream";
import { StringDecoder } from "node:string_decoder";

/** Asks a terminal to put marks around what is pasted (xterm's "bracketed paste", known to every common one). */
export const markPastes = "\u001b[?2004h";
export const leavePastes = "\u001b[?2004l";

const begin = "\u001b[200~";
const end = "\u001b[201~";

/**
 * Keys on their way to a prompt of one line. A line break within what is pasted is not Enter, which would answer the
 * question with the first line and lose the rest: it becomes `lineBreak`, and other control characters spaces.
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
        if (at < 0) held = halfMark(rest, pasting);
        const part = rest.slice(0, at < 0 ? rest.length - held.length : at);
        this.push(pasting ? inLine(part, lineBreak) : part);
        if (at < 0) break;
        pasting = !pasting;
        rest = rest.slice(at + mark.length);
      }
      done();
    },
  });
}

/** Half a mark at the end waits for its other half. Outside of what is pasted a lone Escape is a key. */
function halfMark(text: string, pasting: boolean): string {
  const [half = ""] = /\u001b(?:\[(?:2(?:0[01]?)?)?)?$/.exec(text) ?? [];
  return half.length > 1 || pasting ? half : "";
}

function inLine(pasted: string, lineBreak: string): string {
  return pasted.replace(/\r\n?|\n/g, lineBreak).replace(/\p{Cc}/gu, " ");
}
