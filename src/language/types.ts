/** One function a code: it takes the code's parameters, or none where the code declares none. */
type Sentences<ParamsByCode, Text> = {
  [Code in keyof ParamsByCode]: ParamsByCode[Code] extends undefined
    ? () => Text
    : (p: ParamsByCode[Code]) => Text;
};

/**
 * An error's sentence on what happened, then its hints: commands or steps that fix it.
 * The sentence ends with a full stop; a hint is something to type or do.
 */
export type ErrorSentences<ParamsByCode> = Sentences<ParamsByCode, readonly string[]>;

/** A remark on what a channel will show: one sentence, or two. */
export type WarningSentences<ParamsByCode> = Sentences<ParamsByCode, string>;

/** What is expected at one key of a file. */
export type DiagnosticSentences<ParamsByCode> = Sentences<ParamsByCode, string>;
