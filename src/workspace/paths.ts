import path from "node:path";
import type { Environment } from "../terminal/host.js";

/**
 * Whether a folder is one where a person's own things gather: the home, its Desktop and the like, and what lies above the home. A terminal
 * opens there, and a workspace does not belong there.
 */
export function holdsOtherThings(folder: string, home: string): boolean {
  const place = path.resolve(folder);
  const person = path.resolve(home);
  const isAbove = place === person || person.startsWith(place.endsWith(path.sep) ? place : place + path.sep);
  if (isAbove) return true;
  const [first = "", ...more] = path.relative(person, place).split(path.sep);
  const isCloud = /^onedrive/i.test(first) && more.length <= 1;
  const name = isCloud ? (more[0] ?? first) : more.length === 0 ? first : "";
  return /^(?:desktop|downloads|documents|unduhan|dokumen|onedrive.*)$/i.test(name);
}

/** kominfo's folders in the user's home. */
export interface UserPaths {
  /** Holds `vault.json`. */
  config: string;
  /** Default of `newsroom serve --data`. */
  data: string;
  /** Holds state that kominfo keeps between runs and can lose without harm. */
  state: string;
}

/** Follows the conventions of the system: XDG base directories, `~/Library`, `%APPDATA%`. */
export function userPaths(env: Environment, home: string, platform: NodeJS.Platform): UserPaths {
  if (platform === "win32") {
    const roaming = env.APPDATA ?? path.win32.join(home, "AppData", "Roaming");
    const local = env.LOCALAPPDATA ?? path.win32.join(home, "AppData", "Local");
    const data = path.win32.join(local, "kominfo");
    return { config: path.win32.join(roaming, "kominfo"), data, state: path.win32.join(data, "state") };
  }
  if (platform === "darwin") {
    const support = path.posix.join(home, "Library", "Application Support", "kominfo");
    return { config: support, data: support, state: path.posix.join(support, "state") };
  }
  const base = (variable: string, fallback: string) => {
    const value = env[variable];
    // XDG Base Directory Specification: "All paths must be absolute. If … relative … should consider the path invalid and ignore it."
    return value && path.posix.isAbsolute(value) ? value : path.posix.join(home, fallback);
  };
  return {
    config: path.posix.join(base("XDG_CONFIG_HOME", ".config"), "kominfo"),
    data: path.posix.join(base("XDG_DATA_HOME", path.posix.join(".local", "share")), "kominfo"),
    state: path.posix.join(base("XDG_STATE_HOME", path.posix.join(".local", "state")), "kominfo"),
  };
}
