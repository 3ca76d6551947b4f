#!/usr/bin/env node
// The built program, whose channels are the stand-ins that KOMINFO_TEST_ORIGINS names as JSON: {"x":"http://127.0.0.1:…"}.
// No flag and no variable of the program itself leads there.
import { secretVariables } from "../../../dist/credentials/variables.js";
import { main } from "../../../dist/main.js";
import { processHost } from "../../../dist/terminal/host.js";

const channelOrigins = JSON.parse(process.env.KOMINFO_TEST_ORIGINS ?? "{}");
process.exitCode = await main(process.argv.slice(2), processHost(secretVariables), { channelOrigins });
