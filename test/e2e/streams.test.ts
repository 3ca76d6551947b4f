import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync } from "node:fs";
import { expect, it } from "vitest";
import { kominfoFile } from "../support/kominfo.js";

/** A disk that is always full (Linux, full(4)). */
const full = "/dev/full";

it.skipIf(!existsSync(full))(
  "a result that the disk has no room for is an error in one line, without a trace",
  async () => {
    const stdout = openSync(full, "w");
    const child = spawn(process.execPath, [kominfoFile, "template", "list"], {
      stdio: ["ignore", stdout, "pipe"],
    });
    let said = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    const [code] = await once(child, "close");
    closeSync(stdout);
    expect({ code, said }).toEqual({ code: 1, said: "✗ stdout: ENOSPC\n" });
  },
);
