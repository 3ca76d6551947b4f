import type { FastifyReply, FastifyRequest } from "fastify";
import { editorOf } from "../http/session.js";
import { publicationsModel, type TypedPublication } from "../models/publications.js";
import { tombstonesModel } from "../models/redact.js";
import { type StepForm, stepPanel } from "../models/steps.js";
import { submissionModel } from "../models/submission.js";
import type { Alert, Desk } from "../types.js";
import { type ById, loadSubmission } from "./load-submission.js";

/** What a page of a submission is shown with: which revision, and what could not be taken of a form. */
interface Showing {
  revision?: number | undefined;
  about?: string;
  comment?: string;
  typed?: StepForm;
  publication?: TypedPublication;
  alert?: Alert;
  status?: number;
}

export async function showSubmission<R extends ById>(
  desk: Desk,
  request: FastifyRequest<R>,
  reply: FastifyReply,
  showing: Showing,
): Promise<FastifyReply> {
  const caller = editorOf(request as FastifyRequest);
  const context = desk.viewContext(request as FastifyRequest);
  const loaded = await loadSubmission(desk, caller, (request.params as ById["Params"]).id, showing.revision);
  const panel = stepPanel(context, caller, loaded, showing.typed ?? null);
  const publications = publicationsModel(context, loaded, showing.publication ?? null);
  const asked = { about: showing.about ?? "", comment: showing.comment ?? "" };
  return desk.show(request as FastifyRequest, reply, {
    view: "submission/submission",
    title: loaded.content.title,
    place: "queue",
    model: {
      ...submissionModel(context, caller, loaded, panel, publications, asked),
      ...tombstonesModel(context, loaded, caller.role === "admin"),
    },
    alert: showing.alert,
    ...(showing.status === undefined ? {} : { status: showing.status }),
  });
}
