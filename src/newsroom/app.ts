import { randomUUID } from "node:crypto";
import rateLimit from "@fastify/rate-limit";
import Fastify, { type FastifyInstance, type FastifyServerOptions } from "fastify";
import { apiPath, limits } from "../contract/contract.js";
import { albumRoutes } from "./api/albums.js";
import { attemptRoutes } from "./api/attempts.js";
import { auditRoutes } from "./api/audit.js";
import { changeRoutes } from "./api/changes.js";
import { healthPaths, healthRoutes } from "./api/health.js";
import { activationRoutes, meRoutes, userRoutes } from "./api/people.js";
import { photoRoutes } from "./api/photos.js";
import { outletRoutes, publicationRoutes } from "./api/publications.js";
import { redactionRoutes } from "./api/redactions.js";
import { reportRoutes } from "./api/reports.js";
import { openApiRoutes, serviceRoutes, settingsRoutes } from "./api/service.js";
import {
  commentRoutes,
  renderingRoutes,
  revisionRoutes,
  submissionRoutes,
  transitionRoutes,
} from "./api/submissions.js";
import { nameTusVersion, uploadRoutes } from "./api/uploads.js";
import { registerDesk } from "./desk/desk.js";
import { boundAnswers } from "./http/answers.js";
import { authenticate } from "./http/auth.js";
import { boundBodies } from "./http/bodies.js";
import { requireClient } from "./http/client-version.js";
import { isClientGone } from "./http/closed.js";
import { encodeAnswers } from "./http/content-coding.js";
import { requireDeclared } from "./http/endpoint.js";
import { acceptJson } from "./http/json-body.js";
import { overrideMethod } from "./http/method-override.js";
import { answerMethods } from "./http/methods.js";
import { allowOrigins } from "./http/other-origins.js";
import { answerProblem } from "./http/problems.js";
import { delayRefusals, refusalLimit } from "./http/rate-limits.js";
import { requestTurns } from "./http/request-turns.js";
import { limitedKey, ownerOf } from "./http/requester.js";
import { answerUnreadable, socketAnswers } from "./http/socket-answers.js";
import { createTurns } from "./http/turns.js";
import { writingOf } from "./http/write.js";
import {
  boundConnections,
  connectionOptions,
  defaultConnections,
  serverOptions,
} from "./operation/connections.js";
import { minFreePart } from "./operation/disk-space.js";
import { originForm, publicOrigin, requireHost } from "./operation/host.js";
import { loggerOptions, logRequests } from "./operation/log.js";
import { watchMetrics } from "./operation/metrics.js";
import { requireHttps } from "./operation/origin.js";
import { RequestWatch } from "./operation/request-watch.js";
import { gracefulStop, type Stop } from "./operation/stop.js";
import { minTlsVersion } from "./operation/tls.js";
import type { NewsroomOptions, RouteOptions } from "./options.js";
import { duringOutage } from "./outage.js";
import { problem } from "./services/problem.js";
import { readOnly } from "./store/database/writes.js";
import { createTexts } from "./texts/texts.js";
import { removeRedacted } from "./uploads/redacted.js";

interface NewsroomApp {
  app: FastifyInstance;
  /** Closes the app gracefully; see `gracefulStop`. */
  stop: Stop;
}

/** Builds the newsroom's HTTP interface. It does not listen yet. */
export async function buildApp(options: NewsroomOptions): Promise<NewsroomApp> {
  const { store, now, rates, transport, tls, stopping } = options;
  const connections = { ...defaultConnections, ...options.connections };
  const socketAnswer = socketAnswers(now);
  const requests = new RequestWatch(isClientGone);
  const app = Fastify({
    ...connectionOptions(connections),
    ...(tls
      ? {
          https: {
            ...serverOptions(connections),
            cert: tls.cert,
            key: tls.key,
            minVersion: minTlsVersion,
            handshakeTimeout: connections.headersMs,
          },
        }
      : {}),
    bodyLimit: limits.body_bytes,
    forceCloseConnections: "idle",
    // On shutdown, finish in-flight requests, then close.
    return503OnClosing: false,
    trustProxy: transport === "proxy" ? "loopback" : false,
    genReqId: () => randomUUID(),
    logController: requests,
    logger: loggerOptions(options.log, now),
    frameworkErrors: answerProblem,
    clientErrorHandler: answerUnreadable(socketAnswer),
    rewriteUrl: (request) => {
      overrideMethod(request);
      return originForm(request);
    },
  } as FastifyServerOptions) as FastifyInstance;
  logRequests(app, requests);
  const stop = gracefulStop(app);
  const texts = createTexts(options.texts);
  app.addHook("onClose", () => texts.close());
  const routes: RouteOptions = {
    ...options,
    texts,
    ...writingOf(store, now, options.spendReserve),
    store: readOnly(store),
    decoding: createTurns({ perPerson: limits.uploads_at_once, inAll: limits.photos_waiting }),
    hasRoom: async () => (await options.freeSpace()) >= minFreePart,
    publicOrigin: (request) => publicOrigin(options, request),
    removeRedacted: async () => {
      texts.forget();
      const isRemoved = await removeRedacted({ ...options, store: options.upkeep }, now()).catch(
        duringOutage(false),
      );
      if (!isRemoved)
        app.log.warn("what was redacted is still in the files of a store, until the next sweep");
    },
  };
  app.decorateRequest("findCaller", null);
  boundConnections(app, connections, ownerOf, (status) =>
    socketAnswer("invalid", status, status === 411 ? "Content-Length" : "Expect"),
  );
  boundBodies(app, connections.bodyMs);
  boundAnswers(app);
  // Before the person's turn ends: each has one answer compressed at a time.
  encodeAnswers(app);
  delayRefusals(app, connections.refusalMs);
  app.decorateRequest("caller", null);
  app.decorateRequest("visitor", null);
  app.removeContentTypeParser("text/plain");
  const takeTurn = requestTurns(app);
  acceptJson(app, takeTurn);
  app.addHook("preHandler", async (request) => {
    if (!healthPaths.has(request.url)) await takeTurn(request);
  });
  app.setErrorHandler(answerProblem);
  app.setNotFoundHandler((request, reply) => answerProblem(problem("not-found"), request, reply));
  app.addHook("onSend", async (_request, reply) => {
    if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
    reply.header("x-content-type-options", "nosniff");
    if (stopping.aborted) reply.header("connection", "close");
  });
  // Always generated here, never taken from the client: it identifies the request in the log and in a problem document.
  app.addHook("onRequest", async (request, reply) => void reply.header("x-request-id", request.id));
  const metrics = watchMetrics(app, requests, options);
  requireHost(app, options, healthPaths);
  requireHttps(app, transport, healthPaths);
  allowOrigins(app, options.allowedOrigins ?? []);
  await app.register(rateLimit, {
    hook: "preParsing",
    max: rates.token_per_minute,
    timeWindow: 60_000,
    keyGenerator: limitedKey,
    errorResponseBuilder: () => problem("too-many-requests"),
  });

  answerMethods(app);
  nameTusVersion(app);
  const countRefusals = refusalLimit(app, rates.refusals_per_minute);

  healthRoutes(app, routes, metrics);
  openApiRoutes(app, routes);
  await app.register(
    async (api) => {
      requireDeclared(api, routes.store, routes.hasRoom);
      serviceRoutes(api, routes);
      await api.register(async (currentClients) => {
        currentClients.addHook("onRequest", async (request) => requireClient(request));
        activationRoutes(currentClients, routes);
        await currentClients.register(async (authenticated) => {
          authenticated.addHook("onRequest", async (request, reply) => {
            request.caller = await countRefusals(request, reply, () => authenticate(store, request, now));
          });
          meRoutes(authenticated, routes);
          submissionRoutes(authenticated, routes);
          revisionRoutes(authenticated, routes);
          transitionRoutes(authenticated, routes);
          renderingRoutes(authenticated, routes);
          commentRoutes(authenticated, routes);
          publicationRoutes(authenticated, routes);
          attemptRoutes(authenticated, routes);
          outletRoutes(authenticated, routes);
          photoRoutes(authenticated, routes);
          albumRoutes(authenticated, routes);
          reportRoutes(authenticated, routes);
          changeRoutes(authenticated, routes);
          redactionRoutes(authenticated, routes);
          auditRoutes(authenticated, routes);
          settingsRoutes(authenticated, routes);
          userRoutes(authenticated, routes);
          await authenticated.register(async (uploads) => uploadRoutes(uploads, routes));
        });
      });
    },
    { prefix: apiPath },
  );
  await app.register(async (pages) => registerDesk(pages, routes, store));
  return { app, stop };
}
