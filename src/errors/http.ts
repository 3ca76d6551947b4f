/** Errors about any server that cannot be reached or does not work, and about what stands between. */
export interface HttpErrors {
  /**
   * `reason`: the code of the system, or of a certificate that is not accepted. `clock`: by this computer's clock, ISO 8601. `names`: those
   * of a certificate for another host. `proxy`: the address between, without its password, and the variable that names it.
   */
  "server-unreachable": {
    origin: string;
    path: string;
    reason: string;
    clock?: string;
    names?: readonly string[];
    proxy?: string;
    variable?: string;
  };
  "server-slow": { origin: string; path: string; reason: string; proxy?: string; variable?: string };
  "server-busy": { origin: string; wait?: string };
  /** `between`: what stands before the server says so. */
  "server-failing": { origin: string; status: number; request?: string; between?: boolean };
  /** `elsewhere`: to another host, as a hotspot does. `within`: to another page of the same server, which never does that. */
  /** `newsroom`: the server is one, whose address `config set newsroom` changes. */
  "server-redirects": {
    origin: string;
    to: string;
    elsewhere?: boolean;
    within?: boolean;
    newsroom?: boolean;
  };
  /** `anonymous`: the variable names no login. */
  "proxy-refused": { origin: string; variable: string; anonymous?: boolean };
  "proxy-unreachable": { origin: string; reason: string; proxy: string; variable: string };
  /** `value`: without a password. */
  "proxy-invalid": { variable: string; value: string };
  /** What stands before the server answers in its place. */
  "intermediary-refused": { origin: string; status: number; type: string };
  "intermediary-too-large": { origin: string };
  "intermediary-slow": { origin: string };
}

/** The line, or what stands on it, has failed: the server itself has said nothing, neither yes nor no. */
const lineCodes: readonly string[] = [
  "server-unreachable",
  "server-slow",
  "server-redirects",
  "proxy-refused",
  "proxy-unreachable",
  "proxy-invalid",
  "intermediary-refused",
  "intermediary-too-large",
  "intermediary-slow",
];

/** Whether an error says nothing of what the server thinks. Its exit code tells only whether waiting helps. */
export function isOfTheLine({ code }: { code: string }): boolean {
  return lineCodes.includes(code);
}

/** Whether a person has to do something first, such as log in to a Wi-Fi: trying again at once helps nothing. */
export function needsPerson({ code }: { code: string }): boolean {
  return code === "server-redirects" || code === "newsroom-hidden" || code === "channel-hidden";
}
