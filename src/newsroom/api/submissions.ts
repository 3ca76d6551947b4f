import type { FastifyInstance } from "fastify";
import { apiPath, type Submission } from "../../contract/contract.js";
import { endpoints } from "../../contract/endpoints/endpoints.js";
import { ok, serveEndpoint } from "../http/endpoint.js";
import { type Answer, answerIdempotently, idempotencyKey } from "../http/idempotency.js";
import { noteOpening } from "../http/openings.js";
import { writeRendered } from "../http/write-rendered.js";
import type { RouteOptions } from "../options.js";
import { recordOpening } from "../services/audit.js";
import type { Caller } from "../services/caller.js";
import { problem } from "../services/problem.js";
import { settlePublications } from "../services/publishing/settle.js";
import { addComment } from "../services/submissions/comments.js";
import {
  listQueue,
  readComment,
  readComments,
  readHistory,
  readRevision,
  readRevisions,
} from "../services/submissions/read.js";
import { readRenderings } from "../services/submissions/renderings.js";
import { createSubmission, reviseSubmission } from "../services/submissions/revise.js";
import { applyStep } from "../services/submissions/steps.js";
import { describeSubmission, readSubmission, requireNewest } from "../services/submissions/view.js";
import type { Store } from "../store/database/open.js";
import { requireNotHeld, revisionsRead, tagOf, tagOfRevision } from "./revision-tag.js";

export interface ById {
  Params: { id: string };
}

export function submissionRoutes(app: FastifyInstance, options: RouteOptions): void {
  const { store, now } = options;
  const submissionAnswer = submissionAnswers(now);
  serveEndpoint(app, endpoints.createSubmission, async ({ body, request }) => {
    // Without a key, a retry after a lost answer would create a second submission.
    if (idempotencyKey(request) === undefined) {
      throw problem("invalid", { status: 400, detail: "Idempotency-Key: UUID" });
    }
    return answerIdempotently(
      options,
      request,
      body,
      async (transaction, caller) => {
        const id = await createSubmission(transaction, caller, body, now());
        const answer = await submissionAnswer(transaction, caller, id, 201);
        return { ...answer, headers: { ...answer.headers, location: `${apiPath}/submissions/${id}` } };
      },
      submissionAnswer,
    );
  });

  serveEndpoint(app, endpoints.listSubmissions, async ({ caller, query }) =>
    ok(await listQueue(store, caller, query)),
  );

  serveEndpoint(app, endpoints.readSubmission, async ({ caller, params, request }) => {
    const submission = await readSubmission(store, caller, params.id, now());
    requireNewest(submission, revisionsRead(request));
    await noteOpening(options, request, caller, { ...submission, submission: submission.id });
    return ok(submission, 200, { etag: tagOf(submission) });
  });

  serveEndpoint(app, endpoints.reviseSubmission, async ({ params, body, request }) => {
    const read = revisionsRead(request);
    return answerIdempotently(
      options,
      request,
      body,
      async (transaction, caller) => {
        const isConditional = request.headers["if-none-match"] !== undefined;
        const before = isConditional
          ? await readSubmission(transaction, caller, params.id, now())
          : undefined;
        await reviseSubmission(transaction, caller, params.id, body, read, now());
        // Last: only what would succeed without the condition can fail by it (RFC 9110, 13.2.1). It undoes the rest.
        if (before) requireNotHeld(request, before);
        return submissionAnswer(transaction, caller, params.id);
      },
      submissionAnswer,
    );
  });
}

/** Makes answers with the whole submission and the tag of its revision. */
function submissionAnswers(now: () => Date) {
  return async (store: Store, caller: Caller, id: string, status = 200): Promise<Answer> =>
    answerWith(await readSubmission(store, caller, id, now()), status);
}

function answerWith(submission: Submission, status = 200): Answer {
  return ok(submission, status, { etag: tagOfRevision(submission) });
}

export function revisionRoutes(app: FastifyInstance, options: RouteOptions): void {
  const { store } = options;
  serveEndpoint(app, endpoints.listRevisions, async ({ caller, params, query }) =>
    ok(await readRevisions(store, caller, params.id, query)),
  );

  serveEndpoint(app, endpoints.readRevision, async ({ caller, params, request }) => {
    const { id, number } = params;
    const revision = await readRevision(store, caller, id, number);
    const shown = { submission: id.toLowerCase(), revision: number, content: revision.content };
    await noteOpening(options, request, caller, shown);
    return ok(revision);
  });
}

export function renderingRoutes(app: FastifyInstance, { store, texts }: RouteOptions): void {
  serveEndpoint(app, endpoints.readRenderings, async ({ caller, params, query }) =>
    ok(await readRenderings(store, caller, params.id, query.revision, texts.render)),
  );
}

export function transitionRoutes(app: FastifyInstance, options: RouteOptions): void {
  const { store, now, texts } = options;
  const submissionAnswer = submissionAnswers(now);
  serveEndpoint(app, endpoints.listTransitions, async ({ caller, params, query }) =>
    ok(await readHistory(store, caller, params.id, query)),
  );

  serveEndpoint(app, endpoints.takeStep, async ({ params, body, request }) => {
    const read = revisionsRead(request);
    const { write, prepared } = writeRendered(options.write, texts.render);
    return answerIdempotently(
      { write, now },
      request,
      body,
      async (transaction, caller) => {
        await settlePublications(transaction, params.id, now());
        const submission = await applyStep(transaction, caller, params.id, body, read, now(), prepared());
        const described = await describeSubmission(transaction, caller, submission, now());
        await recordOpening(transaction, caller, { ...described, submission: described.id }, now());
        return answerWith(described);
      },
      submissionAnswer,
    );
  });
}

export function commentRoutes(app: FastifyInstance, options: RouteOptions): void {
  const { store, now } = options;
  serveEndpoint(app, endpoints.listComments, async ({ caller, params, query }) =>
    ok(await readComments(store, caller, params.id, query)),
  );

  serveEndpoint(app, endpoints.addComment, async ({ params, body, request }) =>
    answerIdempotently(
      options,
      request,
      body,
      async (transaction, caller) => ok(await addComment(transaction, caller, params.id, body, now()), 201),
      async (transaction, caller, id) => ok(await readComment(transaction, caller, params.id, id)),
    ),
  );
}
