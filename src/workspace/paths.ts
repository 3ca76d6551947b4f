import path from "node:path";
import type { Environment } from "../terminal/host.js";

/** Folders of this person on this machine. */
export interface UserPaths {
  /** Holds `vault.json`. */
  config: string;
  /** Holds what `newsroom serve` keeps when no `--data` is given. */
  data: string;
  /** Holds what is remembered from run to run and may be lost. */
  state: string;
}

/** Where the system wants them: XDG base directories, `~/Library`, `%APPDATA%`. */
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
    // "All paths must be absolute. If … relative … should consider the path invalid and ignore it."
    return value && path.posix.isAbsolute(value) ? value : path.posix.join(home, fallback);
  };
  return {
    config: path.posix.join(base("XDG_CONFIG_HOME", ".config"), "kominfo"),
    data: path.posix.join(base("XDG_DATA_HOME", path.posix.join(".local", "share")), "kominfo"),
    state: path.posix.join(base("XDG_STATE_HOME", path.posix.join(".local", "state")), "kominfo"),
  };
}
