import type { ErrorParamsByCode } from "../../errors/codes.js";
import type { ErrorSentences } from "../types.js";
import { accountErrors } from "./account.js";
import { bundleErrors } from "./bundle.js";
import { channelErrors } from "./channels.js";
import { commandLineErrors } from "./command-line.js";
import { fileErrors } from "./files.js";
import { httpErrors } from "./http.js";
import { metaErrors } from "./meta.js";
import { newsroomErrors } from "./newsroom.js";
import { newsroomServerErrors } from "./newsroom-server.js";
import { outletErrors } from "./outlets.js";
import { photoErrors } from "./photo.js";
import { postErrors } from "./post-changes.js";
import { publishErrors } from "./publish.js";
import { settingsErrors } from "./settings.js";
import { setupErrors } from "./setup.js";
import { uploadErrors } from "./upload.js";
import { vaultErrors } from "./vault.js";
import { workspaceErrors } from "./workspace.js";
import { xErrors } from "./x.js";

export const errors: ErrorSentences<ErrorParamsByCode> = {
  ...accountErrors,
  ...bundleErrors,
  ...channelErrors,
  ...commandLineErrors,
  ...fileErrors,
  ...httpErrors,
  ...metaErrors,
  ...newsroomErrors,
  ...newsroomServerErrors,
  ...outletErrors,
  ...photoErrors,
  ...postErrors,
  ...publishErrors,
  ...settingsErrors,
  ...setupErrors,
  ...uploadErrors,
  ...vaultErrors,
  ...workspaceErrors,
  ...xErrors,
};
