import type { FailureFacts } from "../contract/contract.js";
import { KominfoError } from "../errors/errors.js";

/** As many as the contract takes. */
const maxFacts = 20;
const maxLength = 500;
const maxItems = 40;
const maxItemLength = 300;

/**
 * What the sentence of a failure names, so that the desk can say the same sentence in its reader's language. Nothing of what is no
 * plain value, and nothing of a failure that nobody expected.
 */
export function factsOf(error: unknown): { facts?: FailureFacts } {
  if (!(error instanceof KominfoError) || typeof error.params !== "object") return {};
  const facts = Object.entries(error.params as object).flatMap(
    ([name, value]): [string, FailureFacts[string]][] => {
      const fact = factOf(value);
      return fact === undefined ? [] : [[name, fact]];
    },
  );
  return facts.length > 0 ? { facts: Object.fromEntries(facts.slice(0, maxFacts)) } : {};
}

function factOf(value: unknown): FailureFacts[string] | undefined {
  if (typeof value === "string") return plain(value, maxLength);
  if (typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) return value;
  if (!Array.isArray(value)) return undefined;
  const texts = value.filter((item) => typeof item === "string");
  return texts.slice(0, maxItems).map((text) => plain(text, maxItemLength));
}

/** No database stores U+0000 or half a character. */
function plain(text: string, length: number): string {
  return text.replaceAll("\u0000", "").slice(0, length).toWellFormed();
}
