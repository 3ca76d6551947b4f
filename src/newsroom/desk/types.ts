import type { FastifyReply, FastifyRequest } from "fastify";
import type { Messages } from "../../language/index.js";
import type { Language } from "../../text/language.js";
import type { WorkQueue } from "../http/work-queue.js";
import type { RouteOptions } from "../options.js";

/** The dependencies that the desk's routes share. */
export interface Desk
  extends Pick<
    RouteOptions,
    | "store"
    | "write"
    | "writeOpenly"
    | "removeRedacted"
    | "publicOrigin"
    | "blobs"
    | "images"
    | "decoding"
    | "now"
    | "rates"
    | "secretsKey"
    | "texts"
  > {
  /** The one queue for hashing passwords. */
  hashing: WorkQueue;
  show: ShowPage;
  viewContext(request: FastifyRequest): ViewContext;
}

/** The sections of the desk, as its navigation lists them. */
type DeskSection = "ready" | "queue" | "week" | "accounts" | "people" | "account";

export interface Page {
  view: string;
  title: string;
  model?: object;
  status?: number;
  place?: DeskSection;
  /** The failure of the form that was just sent. The page shows it at the top, and screen readers announce it. */
  alert?: Alert | undefined;
}

export interface Alert {
  text: string;
  /** Pages or fields that help to resolve it. */
  links?: { href: string; text: string }[];
}

export type ShowPage = (request: FastifyRequest, reply: FastifyReply, page: Page) => Promise<FastifyReply>;

/** The language and the current time that every page model needs. */
export interface ViewContext {
  messages: Messages;
  language: Language;
  now: Date;
}

/** The fields of a sent form: each once, as text with LF line ends. */
export type Fields = Readonly<Record<string, string>>;
