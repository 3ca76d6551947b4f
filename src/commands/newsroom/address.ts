import type { Context } from "../../context.js";
import { checkOrigin } from "../../credentials/origin.js";
import { usage } from "../../errors/errors.js";
import { findWorkspaceFile } from "../../workspace/find.js";
import { newsroomOrigin } from "../../workspace/workspace.js";

/**
 * The newsroom's origin: `--url`, else the workspace's. Throws `address-*` for a bad one and
 * `newsroom-unset` (exit 2) where neither names one.
 */
export async function newsroomAddress(context: Context, url: string | undefined): Promise<string> {
  if (url !== undefined) return checkOrigin(url.trim());
  // The missing thing is an address: a workspace is not needed.
  if (!findWorkspaceFile(context.cwd)) throw usage("newsroom-unset");
  return newsroomOrigin(await context.workspace());
}

/** The origin of the website that kominfo.yaml names; an editor needs no workspace. */
export async function workspaceSite(context: Context): Promise<string | undefined> {
  return findWorkspaceFile(context.cwd) ? (await context.workspace()).settings.web?.origin : undefined;
}
