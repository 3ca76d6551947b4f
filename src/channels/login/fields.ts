import { usage } from "../../errors/errors.js";
import type { Field, Secret } from "./types.js";

/** As the service hands it out -> as it is kept and sent. */
export function tidied({ tidy }: Field, typed: string): string {
  return tidy ? tidy(typed) : typed.trim();
}

/** Each field tidy. Throws `field-invalid` (exit 2), without its value, for one that cannot be right. */
export function fitted(service: string, fields: readonly Field[], given: Secret): Secret {
  return Object.fromEntries(
    fields.map((field) => {
      const value = tidied(field, given[field.name] ?? "");
      if (!field.form.test(value)) throw usage("field-invalid", { service, field: field.name });
      return [field.name, value];
    }),
  );
}
