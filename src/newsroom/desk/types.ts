import type { FastifyReply, FastifyRequest } from "fastify";
import type { Messages } from "../../language/index.js";
import type { Language } from "../../text/language.js";
import type { NewsroomOptions } from "../options.js";

/** What the desk's routes share. */
export interface Desk extends Pick<NewsroomOptions, "store" | "blobs" | "now" | "rates"> {
  show: ShowPage;
  viewContext(request: FastifyRequest): ViewContext;
}

/** The parts of the desk that its navigation names. */
export type DeskSection = "queue" | "week" | "people" | "account";

export interface Page {
  view: string;
  title: string;
  model?: object;
  status?: number;
  place?: DeskSection;
  /** What went wrong with what was just sent; told at the top, and read out. */
  alert?: Alert | undefined;
}

export interface Alert {
  text: string;
  /** Where one can look further. */
  links?: { href: string; text: string }[];
}

export type ShowPage = (request: FastifyRequest, reply: FastifyReply, page: Page) => Promise<FastifyReply>;

/** What every model needs to say things: whose messages, and what time it is. */
export interface ViewContext {
  messages: Messages;
  language: Language;
  now: Date;
}

/** What a form sent: each field once, as text with LF line ends. */
export type Fields = Readonly<Record<string, string>>;
