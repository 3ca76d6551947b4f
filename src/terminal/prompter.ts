/** One question to a person. Every text is already in their language. */
interface Ask {
  message: string;
  /** Empty string when the answer is fine, else what is wrong with it. */
  validate?: (answer: string) => string;
}

interface TextAsk extends Ask {
  /** Taken when the answer is empty; shown beside the question. */
  default?: string;
  /** The default stands in the line instead, to be changed; `-` alone clears it. */
  editable?: boolean;
  /** The answer may have several lines: they are kept when it is pasted. */
  lines?: boolean;
}

interface Choice<T> {
  name: string;
  value: T;
  /** Shown while the choice is pointed at. */
  description?: string;
}

/** What asks a person. The real one is `inquirer.ts`; tests answer from a list. */
export interface Prompter {
  text(ask: TextAsk): Promise<string>;
  /** Typed unseen, and no key reveals it. */
  secret(ask: Ask): Promise<string>;
  confirm(ask: { message: string; default: boolean }): Promise<boolean>;
  select<T>(ask: { message: string; choices: readonly Choice<T>[]; default?: T }): Promise<T>;
  /** Opens the person's editor on `text` and gives what they saved. */
  edit(ask: { message: string; text: string; postfix: string }): Promise<string>;
}
