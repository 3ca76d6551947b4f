import type { FastifyReply, FastifyRequest } from "fastify";
import { abilities, editors, preparers } from "../../../contract/roles.js";
import { noteOpening } from "../../http/openings.js";
import { callerOf } from "../http/session.js";
import type { TypedPlan } from "../models/plan.js";
import { publicationsModel, type TypedPublication } from "../models/publications.js";
import { tombstonesModel } from "../models/redact.js";
import { type StepForm, stepPanel } from "../models/steps.js";
import { submissionModel } from "../models/submission.js";
import type { Alert, Desk } from "../types.js";
import { loadCards } from "./load-cards.js";
import { loadPublishing } from "./load-publishing.js";
import { loadTakenAndOut } from "./load-still-out.js";
import { type ById, loadSubmission } from "./load-submission.js";

/** The revision to show, and the input and errors of a refused form. */
interface PageOptions {
  revision?: number | undefined;
  about?: string;
  comment?: string;
  typed?: StepForm;
  publication?: TypedPublication;
  plan?: TypedPlan;
  openPlan?: boolean;
  alert?: Alert;
  status?: number;
}

export async function showSubmission<R extends ById>(
  desk: Desk,
  request: FastifyRequest<R>,
  reply: FastifyReply,
  options: PageOptions,
): Promise<FastifyReply> {
  const caller = callerOf(request as FastifyRequest);
  const context = desk.viewContext(request as FastifyRequest);
  const { id } = request.params as ById["Params"];
  const stored = await loadSubmission(desk, caller, id, options.revision);
  const { loaded, publishing } = await loadPublishing(desk, caller, stored);
  await noteOpening(desk, request as FastifyRequest, caller, { ...loaded, submission: loaded.submission.id });
  const { manages } = abilities[caller.role];
  // An operator takes their steps, and comments, by kominfo.
  const acts = editors.includes(caller.role);
  const panel = stepPanel(context, caller, loaded, options.typed ?? null, publishing);
  const publications = publicationsModel(context, loaded, acts, options.publication ?? null, publishing, {
    plans: acts,
    typedPlan: options.plan ?? null,
    openPlan: options.openPlan ?? false,
  });
  const article = await desk.texts.article(loaded.content.body);
  const cards = await loadCards(desk, caller, context, loaded);
  const draft = { about: options.about ?? "", comment: options.comment ?? "" };
  return desk.show(request as FastifyRequest, reply, {
    view: "submission/submission",
    title: loaded.content.title,
    place: "queue",
    model: {
      ...submissionModel(context, caller, loaded, article, panel, publications, draft),
      ...tombstonesModel(context, loaded, manages),
      still_out: await loadTakenAndOut(desk, caller, context, loaded),
      ...cards,
      // Those who do not review get the page without its forms.
      acts,
      ready:
        preparers.includes(caller.role) && loaded.submission.state === "approved"
          ? `/ready/${loaded.submission.id}`
          : null,
    },
    alert: options.alert,
    ...(options.status === undefined ? {} : { status: options.status }),
  });
}
