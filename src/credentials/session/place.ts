import { createHash } from "node:crypto";
import { chmod, lstat, mkdir, realpath } from "node:fs/promises";
import path from "node:path";
import { failed } from "../../errors/errors.js";
import type { Environment } from "../../terminal/host.js";
import { checkVaultFolder } from "../vault/folder.js";

/** Any permission of the group or of others. */
const othersMay = 0o077;

/**
 * The socket of the agent that holds the key of this vault. It lies in the folder that the system empties when the user logs out
 * (`$XDG_RUNTIME_DIR`; a cron job has no such variable, but the same folder), else in one of our own below the folder for
 * temporary files.
 *
 * @param user number of the user (getuid)
 */
export async function sessionSocket(
  environment: Environment,
  vaultPath: string,
  user: number,
): Promise<string> {
  const folder = await sessionFolder(environment, user);
  // Of one vault, by whatever link or folder it is reached; short, because a socket's path has 107 bytes at most.
  const vault = path.join(
    await realpath(path.dirname(vaultPath)).catch(() => path.dirname(vaultPath)),
    path.basename(vaultPath),
  );
  const name = createHash("sha256").update(vault).digest("hex").slice(0, 16);
  return path.join(folder, `${name}.sock`);
}

async function sessionFolder({ XDG_RUNTIME_DIR, TMPDIR }: Environment, user: number): Promise<string> {
  if (XDG_RUNTIME_DIR && path.isAbsolute(XDG_RUNTIME_DIR)) return path.join(XDG_RUNTIME_DIR, "kominfo");
  const ofSystem = `/run/user/${user}`;
  const found = await lstat(ofSystem).catch(() => undefined);
  if (found?.isDirectory() && found.uid === user) return path.join(ofSystem, "kominfo");
  const temporary = TMPDIR && path.isAbsolute(TMPDIR) ? TMPDIR : "/tmp";
  return path.join(temporary, `kominfo-${user}`);
}

/**
 * Whether the socket can only be an agent of this user: it and its folder are the user's own, no links, and closed to everybody
 * else, and nobody can put other ones in their place.
 */
export async function isOwnSocket(socket: string, user: number): Promise<boolean> {
  try {
    const folder = path.dirname(socket);
    await checkVaultFolder(folder);
    const [around, found] = await Promise.all([lstat(folder), lstat(socket)]);
    const isPrivate = [around, found].every(({ uid, mode }) => uid === user && (mode & othersMay) === 0);
    return isPrivate && around.isDirectory() && found.isSocket();
  } catch {
    return false;
  }
}

/** Creates the folder of sockets with mode 0700. Throws `session-folder-foreign` (exit 1) where it can be another user's. */
export async function makeSessionFolder(folder: string, user: number): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await checkVaultFolder(folder);
    const { uid, mode } = await lstat(folder);
    if (uid !== user) throw new Error("another user's");
    if ((mode & othersMay) !== 0) await chmod(folder, 0o700);
  } catch (error) {
    throw failed("session-folder-foreign", { path: folder }, error);
  }
}
