import path from "node:path";
import type { Command } from "commander";
import { approvalChannels, channelNames } from "../../channels/registry.js";
import type { Context, Verb } from "../../context.js";
import { roles, states } from "../../contract/lifecycle.js";
import { serviceVariables } from "../../credentials/variables.js";
import { kecamatanOfBekasi } from "../../region/kecamatan.js";
import { findWorkspaceFile } from "../../workspace/find.js";
import { type Candidate, candidates, type ValueSource } from "./candidates.js";
import { shells } from "./scripts.js";

interface Input {
  words?: string[];
  /** The word at the cursor is empty, and the shell cannot pass an empty argument. */
  next?: boolean;
}

/** The hidden verb that completes the commands and flags of `program`. */
export function completionOf(program: Command): Verb<Input> {
  return { run: (context, input) => complete(program, context, input) };
}

/** Completes an unfinished command line. Prints candidates or nothing, never an error. */
async function complete(program: Command, context: Context, input: Input): Promise<void> {
  const words = [...(input.words ?? []), ...(input.next ? [""] : [])];
  try {
    const found = await candidates(program, words, valueSource(context, words));
    context.output.result(found, () =>
      found === "files"
        ? ":files"
        : found.map(({ value, description }) => `${value}\t${description}`).join("\n"),
    );
  } catch {
    // A broken workspace is reported when a command runs in it.
  }
}

const plain = (values: readonly string[]): Candidate[] => values.map((value) => ({ value, description: "" }));

function valueSource(context: Context, words: readonly string[]): ValueSource {
  const { post } = context.messages;
  const stateNames = (names: readonly (keyof typeof post.states)[]) =>
    names.map((value) => ({ value, description: post.states[value] }));
  return async (name, command) => {
    switch (`${command} ${name}`) {
      case "post list --state":
        return stateNames(["draft", ...states]);
      case "review list --state":
        return stateNames(states);
      case "template show name":
      case "post new template":
        return templateNames(context, words);
    }
    switch (name) {
      case "--kecamatan":
        return kecamatanOfBekasi.map(({ slug, name }) => ({ value: slug, description: name }));
      case "--preset":
        return plain(
          (await import("../../photo/renditions/presets.js")).presets.map((preset) => preset.name),
        );
      case "--position":
        return plain((await import("../../photo/types.js")).positions);
      case "--watermark-corner":
        return plain((await import("../../photo/types.js")).corners);
      case "--effort":
        return plain(["small", "normal"]);
      case "--role":
        return plain(roles);
      case "--destination":
        return plain(["kabupaten", "kecamatan"]);
      case "--channel":
        return plain(command === "review approve" ? approvalChannels : channelNames);
      case "service":
        return plain(Object.keys(serviceVariables));
      case "shell":
        return plain(shells);
      case "post":
      case "post|submission-id":
      case "post|photo|sha256":
        return slugs(context, words);
      case "--workspace":
      case "--data":
      case "--from":
      case "--out":
      case "--photo":
      case "--sheet":
      case "--watermark":
      case "dir":
      case "path":
      case "photo":
        return "files";
      default:
        return undefined;
    }
  };
}

/** The folder in which the typed line would run. */
function folderOf(context: Context, words: readonly string[]): string {
  const flag = words.findIndex((word) => word === "-C" || word === "--workspace");
  return path.resolve(context.cwd, (flag >= 0 && words[flag + 1]) || ".");
}

async function templateNames(context: Context, words: readonly string[]): Promise<Candidate[]> {
  const { listTemplates } = await import("../../workspace/templates.js");
  const file = findWorkspaceFile(folderOf(context, words));
  const files = await listTemplates(context.packageFolder, file && path.dirname(file));
  return plain(files.map((file) => file.name));
}

async function slugs(context: Context, words: readonly string[]): Promise<Candidate[]> {
  const { openWorkspace } = await import("../../workspace/workspace.js");
  const { listBundles } = await import("../../workspace/posts.js");
  const bundles = await listBundles(await openWorkspace(folderOf(context, words)));
  return plain(bundles.map((bundle) => bundle.slug));
}
