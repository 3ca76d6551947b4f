import { channelLabel } from "../../../channels/registry.js";
import { type OutPublication, remedyOf } from "../../../contract/contract.js";
import type { ViewContext } from "../types.js";
import { kecamatanName } from "./format.js";

/** What is still out, each with what takes it from its readers. */
export function stillOutModel(
  { messages }: ViewContext,
  publications: readonly OutPublication[],
  lead: string,
): object {
  const { stillOut, desk } = messages;
  return {
    title: stillOut.title,
    lead,
    none: stillOut.none,
    list: publications.map((publication) => {
      const { submission, channel, label, account, state, url, revision } = publication;
      const command = `kominfo post unpublish ${submission.id} --from ${channel} --reason data-pribadi`;
      return {
        channel: [channelLabel(channel), label ?? account].filter(Boolean).join(" · "),
        state,
        state_name: desk.publication.states[state],
        revision: desk.revisionNumber({ n: revision }),
        url,
        is_link: /^https?:\/\//i.test(url ?? ""),
        next: stillOut.next[remedyOf(publication)]({ command }),
        submission: {
          title: submission.title,
          kecamatan: kecamatanName(submission.kecamatan),
          address: `/submissions/${submission.id}#publications`,
        },
      };
    }),
  };
}
