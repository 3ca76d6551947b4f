import { accounts } from "./errors/accounts.js";
import { bundle } from "./errors/bundle.js";
import { channels } from "./errors/channels.js";
import { commandLine } from "./errors/command-line.js";
import { credentials } from "./errors/credentials.js";
import { files } from "./errors/files.js";
import { photos } from "./errors/photos.js";
import { publications } from "./errors/publications.js";
import { servers } from "./errors/servers.js";
import { service } from "./errors/service.js";
import { tls } from "./errors/tls.js";
import { uploads } from "./errors/uploads.js";
import { workspace } from "./errors/workspace.js";

/**
 * Expected failures: code -> [one sentence on what happened, then commands or steps that mend it].
 * The sentence ends with a full stop; a hint is something to type or do. Each room's are in a file of their own.
 */
export const errors = {
  ...files,
  ...photos,
  ...credentials,
  ...bundle,
  ...service,
  ...accounts,
  ...channels,
  ...commandLine,
  ...uploads,
  ...publications,
  ...workspace,
  ...servers,
  ...tls,
};
