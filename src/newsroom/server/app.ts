import { randomUUID } from "node:crypto";
import rateLimit from "@fastify/rate-limit";
import type { Locker } from "@tus/server";
import Fastify, { type FastifyInstance, type FastifyServerOptions } from "fastify";
import type { ImageEngine } from "../../photo/types.js";
import { apiPath, limits } from "../contract.js";
import { authenticate } from "./auth.js";
import type { Blobs } from "./blobs/types.js";
import { requireClient } from "./client-version.js";
import { registerDesk } from "./desk/desk.js";
import { problem } from "./domain/problem.js";
import { requireDeclared } from "./endpoint.js";
import { type LogOptions, loggerOptions, RequestLog } from "./operation/log.js";
import { watchMetrics } from "./operation/metrics.js";
import { type Door, requireHttps } from "./operation/origin.js";
import { gracefulStop, type Stop } from "./operation/stop.js";
import { oldestTls, type TlsPair } from "./operation/tls.js";
import { answerProblem } from "./problems.js";
import { activationRoutes } from "./routes/activations.js";
import { albumRoutes } from "./routes/albums.js";
import { changeRoutes } from "./routes/changes.js";
import { commentRoutes } from "./routes/comments.js";
import { healthPaths, healthRoutes } from "./routes/health.js";
import { meRoutes } from "./routes/me.js";
import { openApiRoutes } from "./routes/openapi.js";
import { photoRoutes } from "./routes/photos.js";
import { publicationRoutes } from "./routes/publications.js";
import { redactionRoutes } from "./routes/redactions.js";
import { reportRoutes } from "./routes/reports.js";
import { revisionRoutes } from "./routes/revisions.js";
import { serviceRoutes } from "./routes/service.js";
import { settingsRoutes } from "./routes/settings.js";
import { submissionRoutes } from "./routes/submissions.js";
import { transitionRoutes } from "./routes/transitions.js";
import { uploadRoutes } from "./routes/uploads.js";
import { userRoutes } from "./routes/users.js";
import type { Staging } from "./staging/types.js";
import type { Store } from "./store/open.js";

/** How much one may ask in a minute. */
export interface Rates {
  /** Requests of one token. */
  token_per_minute: number;
  /** Activation codes tried from one address. */
  activations_per_minute: number;
}
export const usualRates: Rates = { token_per_minute: 1200, activations_per_minute: 10 };

/** A connection that is silent for so long is closed: whoever opens many and says nothing keeps none. ms */
const silentMs = 2 * 60_000;
/** Within it a request has come whole: 20 MB at 90 kbit/s. An upload that is slower goes on where it was cut. ms */
const requestMs = 30 * 60_000;

export interface NewsroomOptions {
  store: Store;
  blobs: Blobs;
  /** Where unfinished uploads lie. */
  staging: Staging;
  /** The folder whose disk is watched. */
  data: string;
  /** Lets one request at a time work on an upload. */
  locker: Locker;
  /** Decodes what is uploaded. */
  images: Pick<ImageEngine, "verify">;
  /** The part of the disk that is free, 0 to 1. */
  freeSpace: () => Promise<number>;
  /** Of the package. */
  version: string;
  now: () => Date;
  rates: Rates;
  log?: LogOptions | undefined;
  /** How requests come in. */
  door: Door;
  /** For the door "tls". */
  tls?: TlsPair | undefined;
  /** Aborted once the service is told to stop. */
  stopping: AbortSignal;
}

interface NewsroomApp {
  app: FastifyInstance;
  /** See `gracefulStop`. */
  stop: Stop;
}

/** The newsroom's HTTP interface, not listening yet. */
export async function buildApp(options: NewsroomOptions): Promise<NewsroomApp> {
  const { store, now, rates, door, tls, stopping } = options;
  const app = Fastify({
    ...(tls ? { https: { cert: tls.cert, key: tls.key, minVersion: oldestTls } } : {}),
    bodyLimit: limits.body_bytes,
    forceCloseConnections: "idle",
    connectionTimeout: silentMs,
    requestTimeout: requestMs,
    // Who got in before the end is answered, and told to go.
    return503OnClosing: false,
    trustProxy: door === "proxy" ? "loopback" : false,
    genReqId: () => randomUUID(),
    logController: new RequestLog(),
    logger: loggerOptions(options.log, now),
    frameworkErrors: answerProblem,
  } as FastifyServerOptions) as FastifyInstance;
  const stop = gracefulStop(app);
  app.decorateRequest("caller", null);
  app.decorateRequest("visitor", null);
  app.removeContentTypeParser("text/plain");
  app.setErrorHandler(answerProblem);
  app.setNotFoundHandler((request, reply) => answerProblem(problem("not-found"), request, reply));
  app.addHook("onSend", async (_request, reply) => {
    if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
    reply.header("x-content-type-options", "nosniff");
    if (stopping.aborted) reply.header("connection", "close");
  });
  // Ours, never one that was sent: it names the request in the log and in an answer.
  app.addHook("onRequest", async (request, reply) => void reply.header("x-request-id", request.id));
  const metrics = watchMetrics(app, options);
  requireHttps(app, door, healthPaths);
  await app.register(rateLimit, {
    hook: "preParsing",
    max: rates.token_per_minute,
    timeWindow: 60_000,
    keyGenerator: (request) => request.caller?.token.id ?? request.visitor?.session ?? request.ip,
    errorResponseBuilder: () => problem("too-many-requests"),
  });

  healthRoutes(app, options, metrics);
  openApiRoutes(app, options);
  await app.register(
    async (api) => {
      requireDeclared(api);
      serviceRoutes(api, options);
      await api.register(async (checkedClients) => {
        checkedClients.addHook("onRequest", async (request) => requireClient(request));
        activationRoutes(checkedClients, options);
        await checkedClients.register(async (known) => {
          known.addHook("onRequest", async (request) => {
            request.caller = await authenticate(store, request, now());
          });
          meRoutes(known, options);
          submissionRoutes(known, options);
          revisionRoutes(known, options);
          transitionRoutes(known, options);
          commentRoutes(known, options);
          publicationRoutes(known, options);
          photoRoutes(known, options);
          albumRoutes(known, options);
          reportRoutes(known, options);
          changeRoutes(known, options);
          redactionRoutes(known, options);
          settingsRoutes(known, options);
          userRoutes(known, options);
          await known.register(async (uploads) => uploadRoutes(uploads, options));
        });
      });
    },
    { prefix: apiPath },
  );
  await app.register(async (pages) => registerDesk(pages, options));
  return { app, stop };
}
