/** A question to a person, already in their language. */
interface Ask {
  message: string;
  /** Returns "" for a valid answer, else the reason it is invalid. */
  validate?: (answer: string) => string;
}

interface TextAsk extends Ask {
  /** Used when the answer is empty; displayed beside the question. */
  default?: string;
  /** The default is prefilled for editing; an emptied line, or a lone `-`, is an empty answer. */
  editable?: boolean;
  /** Keeps the line breaks of a pasted answer. */
  lines?: boolean;
}

interface Choice<T> {
  name: string;
  value: T;
  /** Stands in the line of the answer instead of the name. */
  short?: string;
  /** Displayed while the choice is highlighted. */
  description?: string;
}

/** Asks a person. `inquirer.ts` implements it; tests answer from a list. */
export interface Prompter {
  text(ask: TextAsk): Promise<string>;
  /** Asks for a hidden answer, which no key reveals. */
  secret(ask: Ask): Promise<string>;
  confirm(ask: { message: string; default: boolean }): Promise<boolean>;
  select<T>(ask: { message: string; choices: readonly Choice<T>[]; default?: T }): Promise<T>;
  /** Opens `text` in the person's editor and returns the saved text; undefined where this computer has none for it. */
  edit(ask: { message: string; text: string; postfix: string }): Promise<string | undefined>;
}
