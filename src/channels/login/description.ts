import type { ChannelLogin, Field } from "./types.js";

/**
 * What kominfo knows about one channel, as data. Every start of the program loads all of them, so a description
 * imports nothing heavy; what talks to the service is loaded by `login.load`.
 */
export interface ChannelDescription {
  /** As people write it, the same in every language. */
  label: string;
  /** Host names of its pages. A link below one of them is a publication on this channel. */
  hosts: readonly string[];
  /** Editors choose it at approval. Without it the channel is record-only: somebody else posts there. */
  publishes?: true;
  /** An account there, where kominfo can hold one. */
  login?: LoginDescription;
  /** A post may carry a text of its own for it (`teks_kanal` in index.md). */
  ownText?: true;
  /** What the service takes in one publication; absent where it names no limit. */
  limits?: { textLength?: number; photos?: number };
}

/** What a login of a channel is made of. */
export interface LoginDescription {
  /** The service's only address; absent where every office has its own. */
  origin?: string;
  /** In the order in which they are asked. Their names name the environment variables too. */
  fields: readonly Field[];
  /** Stored names beside `fields` that open nothing and are not scrubbed. */
  openNames?: readonly string[];
  /** The page at which the service hands out what `fields` asks for. */
  sourcePage(origin: string): string;
  /** The page at which access by a stored login is ended. */
  revocationPage(origin: string): string;
  /** What talks to the service. */
  load(): Promise<ChannelLogin>;
}
