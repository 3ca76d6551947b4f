import { execFileSync, spawnSync } from "node:child_process";

/** Makes sure that a Debian tool is there; installs its packages when it is not. Throws what apt-get said. */
export function needDebian(tool: string, ...packageNames: string[]): void {
  if (isInstalled(tool)) return;
  install(packageNames);
  if (!isInstalled(tool)) throw new Error(`${packageNames} is installed, but there is no ${tool}`);
}

/** The same for packages that bring no command of their own. */
export function needDebianPackages(...names: string[]): void {
  if (spawnSync("dpkg", ["-s", ...names]).status !== 0) install(names);
}

function install(packageNames: readonly string[]): void {
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const apt = (...words: string[]) => {
    const [command = "", ...rest] = [...sudo, "apt-get", "-qq", ...words];
    execFileSync(command, rest, {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      stdio: "pipe",
    });
  };
  apt("update");
  apt("install", "-y", "--no-install-recommends", ...packageNames);
}

function isInstalled(tool: string): boolean {
  return spawnSync("sh", ["-c", `command -v ${tool}`]).status === 0;
}
