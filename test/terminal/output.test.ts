import { describe, expect, it } from "vitest";
import { failed, usage } from "../../src/errors/errors.js";
import { loadMessages } from "../../src/language/index.js";
import { createOutput, type OutputOptions } from "../../src/terminal/output.js";
import { createScrubber } from "../../src/terminal/scrubber.js";
import { indent, width } from "../../src/terminal/table.js";
import { testHost } from "../support/host.js";

const messages = await loadMessages("id");
const secret = "kominfo_rahasia-sekali";

/** Everything that an output can say, said once. */
function say(options: Partial<OutputOptions>) {
  const host = testHost({ cwd: "/" });
  const scrubber = createScrubber();
  scrubber.add(secret);
  const output = createOutput(host, scrubber, {
    ...{ json: false, quiet: false, verbose: false, color: true },
    ...options,
  });
  output.note("catatan");
  output.warn("peringatan");
  output.detail("GET https://a.id 200 3 ms");
  output.result({ hasil: 1 }, () => "hasil");
  return host.written;
}

describe("what is said where", () => {
  it.each<[string, Partial<OutputOptions>, string, string]>([
    ["nothing", {}, "hasil\n", "catatan\n! peringatan\n"],
    ["--quiet", { quiet: true }, "hasil\n", "! peringatan\n"],
    ["--verbose", { verbose: true }, "hasil\n", "catatan\n! peringatan\nGET https://a.id 200 3 ms\n"],
    ["--json", { json: true }, '{"hasil":1}\n', ""],
    ["--json --quiet", { json: true, quiet: true }, '{"hasil":1}\n', ""],
    ["--json --verbose", { json: true, verbose: true }, '{"hasil":1}\n', "GET https://a.id 200 3 ms\n"],
  ])("with %s", (_flags, options, stdout, stderr) => {
    expect(say(options)).toEqual({ stdout, stderr });
  });
});

function outputOf(options: Partial<OutputOptions> = {}, typed?: [], env = {}) {
  const host = testHost({ cwd: "/", typed, env });
  const scrubber = createScrubber();
  scrubber.add(secret);
  const all = { json: false, quiet: false, verbose: false, color: true, ...options };
  return { output: createOutput(host, scrubber, all), host };
}

describe("a result at a terminal", () => {
  const long = `${"kata ".repeat(30)}akhir`;

  it("is wrapped between words, with a sign or without", () => {
    const { output, host } = outputOf({}, []);
    output.result({}, (style) => `${style.good("✓")} ${long}\n${long}`);
    const lines = host.written.stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(4);
    expect(lines.every((line) => width(line) <= 100)).toBe(true);
  });

  it("has a text to be copied as it is", () => {
    const { output, host } = outputOf({}, []);
    output.result({}, (style) => `Teksnya:\n${indent(style.whole(`${long}\n\n${long}`))}`);
    expect(host.written.stdout).toBe(`Teksnya:\n  ${long}\n\n  ${long}\n`);
  });

  it("is wrapped nowhere else", () => {
    const { output, host } = outputOf();
    output.result({}, (style) => `${style.good("✓")} ${long}\n${style.whole(long)}`);
    expect(host.written.stdout).toBe(`✓ ${long}\n${long}\n`);
  });
});

describe("a result", () => {
  it("writes nothing when it has no text", () => {
    const { output, host } = outputOf();
    output.result({}, () => "");
    expect(host.written.stdout).toBe("");
  });

  it("is JSON in which nothing dangerous shows", () => {
    const { output, host } = outputOf({ json: true });
    output.result({ judul: "\u202e\u001b[2J" }, () => "");
    expect(host.written.stdout).toBe('{"judul":"\\u202e\\u001b[2J"}\n');
  });
});

describe("a result that only confirms", () => {
  it("is kept with --quiet until the command has failed, and never from scripts", () => {
    const { output, host } = outputOf({ quiet: true, holdsResult: true });
    output.result({ ok: 1 }, () => "tersimpan");
    expect(host.written.stdout).toBe("");
    output.release();
    output.release();
    expect(host.written.stdout).toBe("tersimpan\n");
    const script = outputOf({ quiet: true, holdsResult: true, json: true });
    script.output.result({ ok: 1 }, () => "tersimpan");
    expect(script.host.written.stdout).toBe('{"ok":1}\n');
  });
});

describe("an expected failure", () => {
  const error = usage("kecamatan-unknown", { given: "Cibitnug\u001b[2J\u202e", nearest: "Cibitung" });

  it("is one sentence, and its hints below, without what a file smuggled in", () => {
    const { output, host } = outputOf({ quiet: true });
    output.failure(error, messages);
    expect(host.written).toEqual({
      stdout: "",
      stderr:
        '✗ Kecamatan "Cibitnug" tidak ada di Kabupaten Bekasi.\n  → Mungkin maksud Anda: Cibitung\n' +
        "  → Pakai nama kecamatan atau kode Kemendagri, misalnya Cibitung atau 32.16.07\n",
    });
  });

  it("is one line of JSON on stderr with --json, and stdout stays empty", () => {
    const { output, host } = outputOf({ json: true });
    output.failure(error, messages);
    expect(host.written.stdout).toBe("");
    expect(host.written.stderr.split("\n")).toHaveLength(2);
    const { error: told } = JSON.parse(host.written.stderr);
    expect(Object.keys(told)).toEqual(["code", "message", "hints", "exit"]);
    expect(told).toMatchObject({ code: "kecamatan-unknown", exit: 2 });
  });
});

describe("a bug", () => {
  const trace = `TypeError: x is not a function ${secret}\n    at hidden (file:///place.js)`;

  it("is owned up to, with its first line; all of it with --verbose", () => {
    const { output, host } = outputOf();
    output.bug(trace, messages);
    expect(host.written.stderr).toContain("Ini kesalahan kominfo, bukan kesalahan Anda.");
    expect(host.written.stderr).toContain("TypeError: x is not a function ••••\n");
    expect(host.written.stderr).not.toContain("hidden");
    const loud = outputOf({ verbose: true });
    loud.output.bug(trace, messages);
    expect(loud.host.written.stderr).toContain("at hidden");
  });

  it("is one line with --json", () => {
    const { output, host } = outputOf({ json: true });
    output.bug(trace, messages);
    expect(JSON.parse(host.written.stderr).error).toMatchObject({ code: "bug", exit: 1 });
  });
});

describe("a secret", () => {
  it("is hidden in all that is written", () => {
    const { output, host } = outputOf({ verbose: true });
    for (const write of [output.note, output.warn, output.detail, output.progress]) write(`x ${secret}`);
    output.result({}, () => secret);
    output.failure(failed("photo-damaged", { path: secret }), messages);
    output.bug(secret, messages);
    expect(host.written.stdout + host.written.stderr).not.toContain(secret);
    expect(host.written.stderr.match(/••••/g)?.length).toBe(6);
  });
});

describe("somebody watches", () => {
  it.each<[string, boolean, Partial<OutputOptions>, Record<string, string>, boolean]>([
    ["at a terminal", true, {}, { TERM: "xterm" }, true],
    ["not in a pipe", false, {}, { TERM: "xterm" }, false],
    ["not with --json", true, { json: true }, { TERM: "xterm" }, false],
    ["not with --quiet", true, { quiet: true }, { TERM: "xterm" }, false],
    ["not on a terminal that only prints", true, {}, { TERM: "dumb" }, false],
  ])("%s", (_where, terminal, options, env, live) => {
    expect(outputOf(options, terminal ? [] : undefined, env).output.live).toBe(live);
  });
});
