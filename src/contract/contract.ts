/**
 * The contract of the API between `newsroom-client/` and `newsroom/`, by subject.
 * Instants are ISO 8601 with a zone; identifiers are UUIDs; hashes are 64 lower-case hex digits.
 */

export * from "./limits.js";
export * from "./schemas/albums.js";
export * from "./schemas/audit.js";
export * from "./schemas/changes.js";
export * from "./schemas/comments.js";
export * from "./schemas/content.js";
export * from "./schemas/fields.js";
export * from "./schemas/people.js";
export * from "./schemas/photos.js";
export * from "./schemas/problems.js";
export * from "./schemas/publications.js";
export * from "./schemas/redactions.js";
export * from "./schemas/renderings.js";
export * from "./schemas/reports.js";
export * from "./schemas/service.js";
export * from "./schemas/submissions.js";
