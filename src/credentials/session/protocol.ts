import { z } from "zod";

/** What kominfo and the agent say to each other, one line of JSON each way. A request holds nothing secret. */
export const requestSchema = z.discriminatedUnion("ask", [
  z.strictObject({ ask: z.literal("key"), check: z.string() }),
  z.strictObject({ ask: z.literal("end") }),
]);
export type SessionRequest = z.infer<typeof requestSchema>;

export const answerSchema = z.discriminatedUnion("held", [
  z.strictObject({ held: z.literal(false) }),
  z.strictObject({ held: z.literal(true), key: z.base64(), until: z.iso.datetime() }),
]);
export type SessionAnswer = z.infer<typeof answerSchema>;

/** What the agent is started with, on its stdin: a process's arguments and environment can be seen by others. */
export const startSchema = z.strictObject({
  socket: z.string(),
  vaultPath: z.string(),
  check: z.string(),
  key: z.base64(),
  until: z.iso.datetime(),
});
export type SessionStart = z.infer<typeof startSchema>;

/** The line with which the agent says that it listens. */
export const readyLine = "ready\n";
/** Longest request or answer, in characters. */
export const maxLineLength = 4096;
