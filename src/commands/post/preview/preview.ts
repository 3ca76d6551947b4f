import { readFile } from "node:fs/promises";
import path from "node:path";
import { type PreviewPage, previewMark, previewPage } from "../../../channels/cards/page.js";
import { channelLabel } from "../../../channels/registry.js";
import type { Context } from "../../../context.js";
import { failed, usage } from "../../../errors/errors.js";
import { writeAtomically } from "../../../files/atomic.js";
import { realInside } from "../../../files/links.js";
import { renderingWarning } from "../../../language/rendering-warning.js";
import type { Post } from "../../../post/types.js";
import { checkBundle } from "../../../submission/check.js";
import {
  type Preview,
  type PreviewProgress,
  previewLocal,
  previewSubmission,
} from "../../../submission/preview.js";
import { findSubmitted } from "../../../submission/rebuild.js";
import { createProgress } from "../../../terminal/progress.js";
import type { Style } from "../../../terminal/style.js";
import { cleanLine } from "../../../text/clean.js";
import { formatInstant } from "../../../text/instant.js";
import type { Bundle } from "../../../workspace/posts.js";
import { readState } from "../../../workspace/state.js";
import { commandOf } from "../../photo/gather.js";
import { findPost } from "../choose.js";
import { parseReference, type SubmissionReference } from "../reference.js";
import { type WrittenRequest, writeRequest } from "./request.js";

interface Input {
  "post|submission-id": string;
  out?: string;
  open?: boolean;
  revision?: string;
  whatsapp?: boolean;
}

/** What is previewed, and the folder that it belongs to. */
interface Subject {
  preview: Preview;
  bundle: Bundle | undefined;
}

/** Name of the preview in a post's folder. */
const previewName = "pratinjau.html";

/** Shows what each channel would show, as one file that opens without a connection. Sends nothing. */
export async function run(context: Context, input: Input): Promise<void> {
  const { messages, output } = context;
  const out = input.out === undefined ? undefined : await outPath(context, input.out);
  const revision = revisionOf(input.revision);
  const { preview, bundle } = await load(context, input["post|submission-id"], revision);
  const file = out ?? (await defaultPath(context, bundle, preview.content.slug));
  const page = previewPage(await pageOf(context, preview));
  await writeAtomically(file, page);
  const whatsapp = input.whatsapp ? await writeRequest(context, preview, file) : undefined;
  const opened = input.open ? await open(context, file) : undefined;
  const warnings = preview.renderings.flatMap((rendering) =>
    rendering.warnings.map((warning) => ({
      channel: rendering.channel,
      code: warning.code,
      message: renderingWarning(warning, messages),
    })),
  );
  const json = {
    preview: { path: file, bytes: Buffer.byteLength(page) },
    warnings,
    ...(whatsapp && { whatsapp: { text: whatsapp.text, card: whatsapp.card ?? null } }),
  };
  output.result(json, (style) =>
    [
      `${style.good("✓")} ${messages.preview.made({ path: file })}`,
      ...(whatsapp ? [`  ${requestLine(messages.preview, whatsapp)}`] : []),
      ...warnings.map(({ channel, message }) => `  ${channelLabel(channel)}: ${message}`),
      ...focusLines(context, style, preview, bundle),
    ].join("\n"),
  );
  const { cardWithoutText, cardWithoutPhoto } = messages.preview;
  if (whatsapp?.remark) output.warn({ cardWithoutText, cardWithoutPhoto }[whatsapp.remark]);
  if (opened === false) output.warn(messages.preview.notOpened({ path: file }));
}

/** What says which part of a photo is never cut off, where a channel cuts one. */
function focusLines(
  { messages }: Context,
  style: Style,
  { renderings }: Preview,
  bundle: Bundle | undefined,
): string[] {
  const crop = renderings.flatMap(({ warnings }) => warnings).find(({ code }) => code === "crop");
  if (!crop || !bundle) return [];
  const photo = commandOf(cleanLine(String(crop.params.photo)));
  const command = `kominfo post photos ${bundle.slug} --photo ${photo} --focus atas`;
  return [messages.preview.setFocus, `  ${style.command(command)}`];
}

function requestLine(messages: Context["messages"]["preview"], { text, card }: WrittenRequest): string {
  return card === undefined
    ? messages.whatsappTextOnly({ text })
    : messages.whatsappMade({ text, card: path.basename(card) });
}

/** The absolute path of `--out`. Throws `preview-name` and `preview-occupied` (exit 2): nothing but a preview is ever overwritten. */
async function outPath(context: Context, typed: string): Promise<string> {
  if (!/\.html?$/i.test(typed)) throw usage("preview-name", { path: typed });
  const file = path.resolve(context.cwd, typed);
  const there = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw usage("file-unreadable", { path: typed, reason: error.code ?? "?" }, error);
  });
  const isOurs = there === undefined || there.slice(0, 4000).includes(`content="${previewMark}"`);
  if (!isOurs) throw usage("preview-occupied", { path: typed });
  return file;
}

const maxRevision = 999_999;

function revisionOf(typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  const revision = /^\d{1,6}$/.test(typed) ? Number(typed) : 0;
  if (revision < 1) throw usage("bad-number", { flag: "--revision", value: typed, min: 1, max: maxRevision });
  return revision;
}

/** A post is shown as it is here, unless a revision is named; a submission as the newsroom has it. */
async function load(context: Context, wanted: string, revision: number | undefined): Promise<Subject> {
  const workspace = await context.workspace();
  const reference = parseReference(wanted);
  const bundle = reference ? await findSubmitted(workspace, reference.id) : await findPost(context, wanted);
  const progress = createProgress(context.output);
  const { drawing, fetching } = context.messages.preview;
  const common = {
    signal: context.host.signal,
    onProgress: ({ step, done, total }: PreviewProgress) =>
      progress.update({ label: { drawing, fetching }[step], done, total }),
  };
  try {
    if (bundle && !reference && revision === undefined) {
      const { post, body } = await readPreviewable(bundle);
      const { hashtags = [] } = workspace.settings;
      return {
        bundle,
        preview: await previewLocal({ ...common, bundle, post, body, hashtags, images: context.images }),
      };
    }
    const submission = reference ?? (await submissionOf(bundle!));
    const newsroom = await context.newsroom();
    if (submission.origin && submission.origin !== newsroom.origin) {
      const { id, origin } = submission;
      throw failed("submitted-elsewhere", { post: bundle?.slug ?? id, origin, current: newsroom.origin });
    }
    const site = workspace.settings.web?.origin;
    const preview = await previewSubmission({ ...common, newsroom, id: submission.id, revision, site });
    return { bundle, preview };
  } finally {
    progress.clear();
  }
}

/** Reads a post that may be a draft; only what nothing can be drawn of is refused. */
async function readPreviewable(bundle: Bundle): Promise<{ post: Post; body: string }> {
  const { post, body, problems, errors } = await checkBundle(bundle);
  const missing = errors.filter(({ code }) => code === "photo-missing");
  if (!post || missing.length > 0) {
    throw usage("post-invalid", { path: bundle.index, problems: post ? missing : problems });
  }
  return { post, body };
}

async function submissionOf(bundle: Bundle): Promise<SubmissionReference> {
  const { submission } = await readState(bundle.state);
  if (!submission) throw failed("not-submitted", { post: bundle.slug });
  return { id: submission.id, origin: submission.origin };
}

async function defaultPath(context: Context, bundle: Bundle | undefined, slug: string): Promise<string> {
  if (bundle) return realInside(bundle.folder, path.join(bundle.folder, previewName));
  const { root } = await context.workspace();
  return realInside(root, path.join(root, `pratinjau-${slug}.html`));
}

async function pageOf(
  context: Context,
  { content, renderings, photos, quoting, revision }: Preview,
): Promise<PreviewPage> {
  const { messages, language, host } = context;
  const { kecamatan } = (await context.workspace()).settings;
  const about = revision
    ? messages.preview.ofRevision({ n: revision.number, frozen: revision.frozen })
    : messages.preview.ofDraft({ when: formatInstant(host.now().toISOString(), language) });
  return {
    title: content.title,
    about: [about],
    renderings,
    pictures: photos,
    name: `Kecamatan ${kecamatan.name}`,
    quoting,
    warningText: (warning) => renderingWarning(warning, messages),
    messages: messages.preview,
    language,
  };
}

/** Whether the file could be opened. */
async function open({ host }: Context, file: string): Promise<boolean> {
  return host.open(file).then(
    () => true,
    () => false,
  );
}
