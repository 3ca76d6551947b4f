import type { AccountErrors } from "./account.js";
import type { BundleErrors } from "./bundle.js";
import type { ChannelErrors } from "./channels.js";
import type { CommandLineErrors } from "./command-line.js";
import type { FileErrors } from "./files.js";
import type { HttpErrors } from "./http.js";
import type { MetaErrors } from "./meta.js";
import type { NewsroomErrors } from "./newsroom.js";
import type { NewsroomServerErrors } from "./newsroom-server.js";
import type { OutletErrors } from "./outlets.js";
import type { PhotoErrors } from "./photo.js";
import type { PostErrors } from "./posts.js";
import type { PublishErrors } from "./publish.js";
import type { UploadErrors } from "./upload.js";
import type { VaultErrors } from "./vault.js";
import type { SettingsErrors, SetupErrors, WorkspaceErrors } from "./workspace.js";
import type { XErrors } from "./x.js";

/** Every expected failure: its code, and the parameters of its sentence (undefined: it takes none). */
export interface ErrorParamsByCode
  extends AccountErrors,
    BundleErrors,
    ChannelErrors,
    CommandLineErrors,
    FileErrors,
    HttpErrors,
    MetaErrors,
    NewsroomErrors,
    NewsroomServerErrors,
    OutletErrors,
    PhotoErrors,
    PostErrors,
    PublishErrors,
    SettingsErrors,
    SetupErrors,
    UploadErrors,
    VaultErrors,
    WorkspaceErrors,
    XErrors {}

/** A stable name of an expected failure; its sentence and hints are in `language/<id|en>/<room>.ts`. */
export type ErrorCode = keyof ErrorParamsByCode;

/** The parameters of the sentence for `Code`. */
export type ErrorParams<Code extends ErrorCode> = ErrorParamsByCode[Code];

/** The arguments after the code in `failed(code, params, cause)`. Parameters are optional for codes without any. */
export type ErrorArguments<Code extends ErrorCode> =
  ErrorParams<Code> extends undefined
    ? [params?: undefined, cause?: unknown]
    : [params: ErrorParams<Code>, cause?: unknown];
