import { isDeepStrictEqual } from "node:util";
import { isMap, isScalar, isSeq, type Node, YAMLMap } from "yaml";
import { usage } from "../../errors/errors.js";
import { hasErrors } from "../../files/diagnostic.js";
import { readYaml } from "../../files/yaml.js";
import type { Post, PostPhoto } from "../types.js";
import { photoKeys, type Written, writePhoto, writePost } from "./keys.js";
import { toPost } from "./schema.js";
import { frontLine, joinSource, splitSource } from "./source.js";
import { assign, toNode, yamlText } from "./write.js";

/** The changes to a post: null removes a key, and an absent key stays as it is. */
export type PostChanges = { [K in keyof Post]?: Post[K] | null } & { body?: string };

/**
 * Returns the new text of `index.md`. BOM, line ends, comments, order and keys without a change stay; without `body`, the
 * body stays byte for byte. The result is parsed again to make sure that it is a post.
 *
 * @param name of the file, for the error
 * @throws `post-invalid` (exit 2) when the YAML cannot be parsed, or the result would not be a post
 */
export function editPost(given: Uint8Array | string, changes: PostChanges, name = "index.md"): string {
  const { source, problems } = splitSource(given);
  if (!source) throw usage("post-invalid", { path: name, problems });
  const yaml = readYaml(source.front, frontLine);
  if (hasErrors(yaml.problems)) throw usage("post-invalid", { path: name, problems: yaml.problems });
  const present = toPost(yaml.values, yaml.lines).post;
  const { photos, ...fields } = changes;
  const map = isMap(yaml.document.contents) ? yaml.document.contents : new YAMLMap();
  yaml.document.contents = map;
  let isChanged = false;
  for (const [key, value] of Object.entries(writePost(differing(fields, present)))) {
    isChanged = true;
    if (value === null) map.delete(key);
    else assign(map, key, value);
  }
  if (photos !== undefined && !isDeepStrictEqual(photos ?? [], present?.photos ?? [])) {
    isChanged = true;
    setPhotos(map, photos ?? [], present?.photos ?? []);
  }
  const front = isChanged ? yamlText(yaml.document) : source.front;
  const text = joinSource(source, front, changes.body);
  verify(text, present !== undefined, name);
  return text;
}

/** Appends photos to `foto:`. Throws as `editPost` does, and when the file is not a post. */
export function addPhotos(
  given: Uint8Array | string,
  photos: readonly PostPhoto[],
  name = "index.md",
): string {
  const { source, problems } = splitSource(given);
  if (!source) throw usage("post-invalid", { path: name, problems });
  const yaml = readYaml(source.front, frontLine);
  const read = toPost(yaml.values, yaml.lines);
  const found = [...yaml.problems, ...read.problems];
  if (!read.post || hasErrors(found)) throw usage("post-invalid", { path: name, problems: found });
  return editPost(given, { photos: [...read.post.photos, ...photos] }, name);
}

/** The changes that differ in meaning. An equal value keeps its spelling in the file. */
function differing(changes: Omit<PostChanges, "photos" | "body">, present: Post | undefined) {
  return Object.fromEntries(
    Object.entries(changes).filter(([key, value]) => !isDeepStrictEqual(value, present?.[key as keyof Post])),
  ) as PostChanges;
}

/** Rewrites `foto:`. Each photo keeps its lines, comments and unknown keys, also when the order changes. */
function setPhotos(map: YAMLMap, photos: readonly PostPhoto[], present: readonly PostPhoto[]): void {
  if (photos.length === 0) {
    map.delete("foto");
    return;
  }
  const list: unknown = map.get("foto", true);
  if (!isSeq(list)) {
    assign(map, "foto", photos.map(writePhoto));
    return;
  }
  const free = list.items.map((node, index) => ({ node: node as Node, photo: present[index] }));
  list.flow = false;
  list.items = photos.map((photo) => {
    const index = free.findIndex((item) => item.photo?.file === photo.file);
    const [old] = index < 0 ? [] : free.splice(index, 1);
    if (!old || !isMap(old.node)) return toNode(writePhoto(photo));
    if (!isDeepStrictEqual(old.photo, photo)) changePhoto(old.node, writePhoto(photo));
    return old.node;
  });
}

function changePhoto(node: YAMLMap, written: { [key: string]: Written }): void {
  node.items = node.items.filter((pair) => {
    const key = isScalar(pair.key) ? String(pair.key.value) : "";
    return !Object.hasOwn(photoKeys, key) || Object.hasOwn(written, key);
  });
  for (const [key, value] of Object.entries(written)) assign(node, key, value);
}

function verify(text: string, wasPost: boolean, name: string): void {
  const { source, problems } = splitSource(text);
  if (!source) throw usage("post-invalid", { path: name, problems });
  const yaml = readYaml(source.front, frontLine);
  const found =
    hasErrors(yaml.problems) || !wasPost ? yaml.problems : toPost(yaml.values, yaml.lines).problems;
  const errors = found.filter((problem) => problem.severity === "error");
  if (errors.length > 0) throw usage("post-invalid", { path: name, problems: errors });
}
