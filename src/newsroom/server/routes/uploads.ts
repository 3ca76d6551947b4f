import type { FastifyInstance } from "fastify";
import type { NewsroomOptions } from "../app.js";

export function uploadRoutes(_app: FastifyInstance, _options: NewsroomOptions): void {}
