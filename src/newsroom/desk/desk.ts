import { parse } from "node:querystring";
import cookie from "@fastify/cookie";
import formbody from "@fastify/formbody";
import helmet from "@fastify/helmet";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { apiPath } from "../../contract/contract.js";
import { requireSpace } from "../http/full-disk.js";
import { answerProblem, problemFor } from "../http/problems.js";
import { createWorkQueue } from "../http/work-queue.js";
import { requireRole } from "../http/write.js";
import type { RouteOptions } from "../options.js";
import { problem } from "../services/problem.js";
import type { Store } from "../store/database/open.js";
import { forVisitors, requireAdmission } from "./http/admission.js";
import { identifyVisitor, requireFormToken, visitorOf } from "./http/session.js";
import { loadAssets } from "./pages/assets.js";
import { pagesOf } from "./pages/pages.js";
import { showProblem } from "./pages/problem-page.js";
import { createViews } from "./pages/render.js";
import { accountRoutes } from "./routes/account.js";
import { activateRoutes } from "./routes/activate.js";
import { assetRoutes } from "./routes/assets.js";
import { auditRoutes } from "./routes/audit.js";
import { compareRoutes } from "./routes/compare.js";
import { editRoutes } from "./routes/edit.js";
import { loginRoutes } from "./routes/login.js";
import { newsRoutes } from "./routes/news.js";
import { outletRoutes } from "./routes/outlets.js";
import { peopleRoutes } from "./routes/people.js";
import { personRoutes } from "./routes/person.js";
import { deskPhotoRoutes } from "./routes/photos.js";
import { planRoutes } from "./routes/plan.js";
import { publicationRoutes } from "./routes/publications.js";
import { queueRoutes } from "./routes/queue.js";
import { readyRoutes } from "./routes/ready.js";
import { readyPhotoRoutes } from "./routes/ready-photos.js";
import { redactRoutes } from "./routes/redact.js";
import { submissionRoutes } from "./routes/submission.js";
import { weekRoutes } from "./routes/week.js";
import type { Desk } from "./types.js";

/**
 * Hashing a password keeps one core and 32 MiB busy for some 0.3 s. So one is hashed at a time, and whoever would wait
 * longer than a few seconds is told to come back.
 */
const hashedAtOnce = 1;
const waitingToHash = 16;

/** Content security policy: a page loads only files of its own origin, and nothing inline. */
const policy = {
  useDefaults: false,
  directives: {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "script-src": ["'self'"],
    "img-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "report-uri": ["/csp"],
  },
};

/** The largest form, of 30 photos, has 150 fields. Further ones are not read. */
const maxFields = 1000;

/**
 * Registers the editors' pages at the root of the service.
 *
 * @param writable the store that writes, to record the use of sessions
 */
export async function registerDesk(
  app: FastifyInstance,
  options: RouteOptions,
  writable: Store,
): Promise<void> {
  const { store, now, version } = options;
  const assets = await loadAssets();
  const show = pagesOf(createViews(), assets, version, now);
  const desk: Desk = {
    ...options,
    hashing: createWorkQueue(hashedAtOnce, waitingToHash),
    show,
    viewContext(request) {
      const { messages, language } = visitorOf(request);
      return { messages, language, now: now() };
    },
  };
  requireAdmission(app);
  await app.register(cookie);
  await app.register(formbody, { parser: (text) => parse(text, "&", "=", { maxKeys: maxFields }) });
  await app.register(helmet, {
    contentSecurityPolicy: policy,
    // An address of the desk can hold a submission's id, which no other site should see.
    referrerPolicy: { policy: "same-origin" },
    frameguard: { action: "deny" },
    strictTransportSecurity: false,
    xDnsPrefetchControl: false,
  });
  app.addHook("onRequest", async (request, reply) => {
    if (assets.bytes.has(request.url) || request.routeOptions.url === "/csp") return;
    await identifyVisitor(writable, request, reply, now, request.routeOptions.url === "/news");
  });
  app.setErrorHandler((error, request, reply) => fail(desk, error, request, reply));

  assetRoutes(app, assets);
  reportRoutes(app);
  await app.register(async (open) => {
    open.addHook("preHandler", async (request) => {
      if (request.method !== "POST") return;
      requireFormToken(request);
      // After the body is read: the page gives back the text typed into the form.
      await requireSpace(request, options.hasRoom);
    });
    loginRoutes(open, desk);
    activateRoutes(open, desk);
    await open.register(async (closed) => {
      // Runs after the body is read: if the session has ended, the page gives back the text typed into the form.
      closed.addHook("preHandler", async (request) => {
        const visitor = visitorOf(request);
        visitor.caller = (await request.findCaller?.(store)) ?? null;
        if (!visitor.caller) throw problem("unauthenticated");
        requireRole(request, visitor.caller);
      });
      queueRoutes(closed, desk);
      newsRoutes(closed, desk);
      readyRoutes(closed, desk);
      readyPhotoRoutes(closed, desk);
      submissionRoutes(closed, desk);
      compareRoutes(closed, desk);
      redactRoutes(closed, desk);
      publicationRoutes(closed, desk);
      editRoutes(closed, desk);
      deskPhotoRoutes(closed, desk);
      weekRoutes(closed, desk);
      peopleRoutes(closed, desk);
      personRoutes(closed, desk);
      auditRoutes(closed, desk);
      outletRoutes(closed, desk);
      planRoutes(closed, desk);
      accountRoutes(closed, desk);
    });
  });
  app.get("/*", forVisitors, async (request, reply) => {
    // Without a page, and without a route in the log and the metrics.
    if (request.url.startsWith(`${apiPath}/`)) return reply.callNotFound();
    throw problem("not-found");
  });
}

function fail(
  desk: Desk,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> | FastifyReply {
  // Refused before the visitor was identified, a file of the desk, or an address of the API: no page would be read.
  if (!request.visitor || request.url.startsWith(`${apiPath}/`)) return answerProblem(error, request, reply);
  return showProblem(desk, request, reply, problemFor(error, request));
}

/** Logs the violations of the content security policy that browsers report. None is expected. */
function reportRoutes(app: FastifyInstance): void {
  app.register(async (reports) => {
    const types = ["application/csp-report", "application/reports+json", "application/json"];
    // A report comes from no visitor, for whom a page could be shown.
    reports.setErrorHandler(answerProblem);
    reports.removeAllContentTypeParsers();
    reports.addContentTypeParser(types, { parseAs: "string", bodyLimit: 8192 }, (_request, body, done) =>
      done(null, body),
    );
    reports.post("/csp", forVisitors, async (request, reply) => {
      const directive =
        /"(?:effective-directive|effectiveDirective|violated-directive)"\s*:\s*"([\w-]{1,40})/.exec(
          String(request.body),
        );
      request.log.warn({ directive: directive?.[1] ?? "?" }, "content security policy report");
      return reply.status(204).send();
    });
  });
}
