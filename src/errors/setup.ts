/** Errors about setting up a computer. */
export interface SetupErrors {
  "setup-incomplete": { commands: readonly string[] };
}
