/**
 * The one description of the wire between `newsroom/client` and `newsroom/server`, by subject.
 * Instants are ISO 8601 with a zone; identifiers are UUIDs; hashes are 64 lower-case hex digits.
 */
export * from "./contract/albums.js";
export * from "./contract/changes.js";
export * from "./contract/comments.js";
export * from "./contract/content.js";
export * from "./contract/fields.js";
export * from "./contract/limits.js";
export * from "./contract/people.js";
export * from "./contract/photos.js";
export * from "./contract/problems.js";
export * from "./contract/publications.js";
export * from "./contract/redactions.js";
export * from "./contract/reports.js";
export * from "./contract/service.js";
export * from "./contract/submissions.js";
