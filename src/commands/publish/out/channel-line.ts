import { type AccountChannel, accountChannels, channelLabel } from "../../../channels/registry.js";
import type { Context } from "../../../context.js";
import type { Sent } from "../../../publish/send.js";

/** What an attempt is doing; `done` of `total` effects while it prepares. */
export type Doing =
  | { state: "preparing"; done?: number; total?: number }
  | { state: "processing" | "article" | "sending" | "looking" | "removing" };

/** What each channel of a run is doing, since several go out at once. */
export interface ChannelLine {
  doing(channel: AccountChannel, now: Doing): void;
  /** @param sent undefined: it was refused, or has failed before anything was sent */
  ended(channel: AccountChannel, sent: Sent | undefined): void;
  /** Removes the line. What channels do afterwards shows it again. */
  clear(): void;
}

/**
 * One line on a terminal that is written anew; elsewhere, where `inPipe`, a line for each change of a state, without the counts.
 * Nothing for a script that reads JSON.
 */
export function createChannelLine(
  { output, messages }: Pick<Context, "output" | "messages">,
  { inPipe }: { inPipe: boolean },
): ChannelLine {
  const { doing: words, states } = messages.publish;
  const texts = new Map<AccountChannel, string>();
  const told = new Map<AccountChannel, string>();
  let isVisible = false;
  const show = (channel: AccountChannel, state: string, text: string) => {
    if (output.live) {
      if (texts.get(channel) === text) return;
      texts.set(channel, text);
      const shown = accountChannels.filter((name) => texts.has(name));
      const line = shown.map((name) => `${channelLabel(name)} ${texts.get(name)}`).join(" · ");
      output.progress(cut(line, Math.max(10, output.columns - 1)));
      isVisible = true;
    } else if (inPipe && told.get(channel) !== state) {
      told.set(channel, state);
      output.note(`${channelLabel(channel)}: ${state}`);
    }
  };
  return {
    doing(channel, now) {
      const word = words[now.state];
      const isCounted = now.state === "preparing" && now.total !== undefined && now.total > 0;
      show(channel, word, isCounted ? `${word} ${now.done ?? 0}/${now.total}` : word);
    },
    ended(channel, sent) {
      const state = sent?.outcome.state;
      const text =
        state === undefined || state === "absent"
          ? words.stopped
          : state === "handed_over"
            ? words.handed_over
            : states[state];
      show(channel, text, text);
    },
    clear() {
      if (isVisible) output.progress("");
      isVisible = false;
    },
  };
}

function cut(line: string, room: number): string {
  return line.length <= room ? line : `${line.slice(0, room - 1)}…`;
}
