import type { errors as original } from "../id/errors.js";
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

export const errors: typeof original = {
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
