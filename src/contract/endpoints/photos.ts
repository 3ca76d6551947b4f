import { z } from "zod";
import { limits } from "../limits.js";
import { everyone, readers, writers } from "../roles.js";
import { album, albumAddress, albumQuery, albumSummary, albumsQuery, putAlbum } from "../schemas/albums.js";
import { page, pageQuery, sha256 } from "../schemas/fields.js";
import { knownAnswer, knownRequest } from "../schemas/photos.js";
import { outPublication } from "../schemas/publications.js";
import { endpoint } from "./endpoint.js";

const oneUpload = { roles: writers, foreign: "not-found", params: z.object({ id: z.uuid() }) } as const;
const resumable = ["Tus-Resumable"] as const;
const offsets = ["Tus-Resumable", "Upload-Offset", "Upload-Expires"] as const;

/**
 * Endpoints of photos, which are uploaded one at a time by tus 1.0 (tus.io/protocols/resumable-upload), and of albums.
 */
export const photoEndpoints = {
  knownPhotos: endpoint({
    method: "POST",
    path: "/photos/known",
    summary: "Which of these photos the caller may see already, and so need not upload",
    roles: writers,
    foreign: "nothing",
    body: knownRequest,
    works_when_full: true,
    values: limits.hashes_per_question + 10,
    answers: { 200: { description: "Those of the hashes", json: knownAnswer } },
  }),
  readPhoto: endpoint({
    method: "GET",
    path: "/photos/{sha256}",
    summary: "A photo, whole or a range, to those who may see a submission or an album with it",
    roles: everyone,
    foreign: "not-found",
    params: z.object({ sha256 }),
    headers: ["Range", "If-Match", "If-None-Match", "If-Range"],
    answers: {
      200: { description: "The photo", type: ["image/jpeg", "image/png", "image/webp"], headers: ["ETag"] },
      206: {
        description: "A range of it",
        type: ["image/jpeg", "image/png", "image/webp"],
        headers: ["ETag", "Content-Range"],
      },
      304: { description: "The one that was named", headers: ["ETag"] },
    },
    problems: ["range-invalid", "precondition-failed"],
  }),
  listPhotoPublications: endpoint({
    method: "GET",
    path: "/photos/{sha256}/publications",
    summary:
      "Where a photo is still out, in any submission, oldest first: for consent that is withdrawn; also of a redacted photo, and by the hash of the original that photos were made of",
    roles: readers,
    foreign: "not-found",
    params: z.object({ sha256 }),
    query: pageQuery,
    answers: { 200: { description: "One page", json: page(outPublication) } },
  }),
  listAlbums: endpoint({
    method: "GET",
    path: "/albums",
    summary: "Albums, newest first",
    roles: writers,
    foreign: "forbidden",
    query: albumsQuery,
    answers: { 200: { description: "One page", json: page(albumSummary) } },
    problems: ["not-found"],
  }),
  readAlbum: endpoint({
    method: "GET",
    path: "/albums/{kecamatan}/{slug}",
    summary: "An album with one page of its photos, in the order in which they were first added",
    roles: writers,
    foreign: "forbidden",
    params: albumAddress,
    query: albumQuery,
    answers: { 200: { description: "The album", json: album } },
  }),
  putAlbum: endpoint({
    method: "PUT",
    path: "/albums/{kecamatan}/{slug}",
    summary: "Add photos to an album, or replace what is said of those that are in it",
    roles: writers,
    foreign: "forbidden",
    params: albumAddress,
    body: putAlbum,
    values: 8 * limits.album_photos_per_call,
    answers: {
      200: { description: "The album, as it is now", json: albumSummary },
      201: { description: "A new album", json: albumSummary },
    },
  }),
  uploadOptions: endpoint({
    method: "OPTIONS",
    path: "/uploads",
    summary: "What of tus this service speaks",
    roles: writers,
    answers: {
      204: {
        description: "Versions and extensions",
        headers: ["Tus-Version", "Tus-Extension", "Tus-Max-Size"],
      },
    },
  }),
  createUpload: endpoint({
    method: "POST",
    path: "/uploads",
    summary: "Begin an upload; metadata: sha256, source_sha256, filename, type. The bytes may come along",
    roles: writers,
    takes: "application/offset+octet-stream",
    headers: ["Tus-Resumable!", "Upload-Length!", "Upload-Metadata!"],
    answers: { 201: { description: "Begun", headers: ["Location", ...offsets] } },
    problems: ["invalid", "photo-invalid"],
  }),
  readUpload: endpoint({
    ...oneUpload,
    method: "HEAD",
    path: "/uploads/{id}",
    summary: "How much of it is there",
    headers: ["Tus-Resumable!"],
    answers: {
      200: { description: "The offset", headers: [...offsets, "Upload-Length", "Upload-Metadata"] },
    },
    problems: ["invalid", "photo-invalid"],
  }),
  continueUpload: endpoint({
    ...oneUpload,
    method: "PATCH",
    path: "/uploads/{id}",
    summary: "Send bytes from an offset on; with the last of them the photo is hashed, decoded and kept",
    takes: "application/offset+octet-stream",
    headers: ["Tus-Resumable!", "Upload-Offset!"],
    answers: { 204: { description: "Taken", headers: offsets } },
    problems: ["invalid", "conflict", "photo-invalid", "quota"],
  }),
  removeUpload: endpoint({
    ...oneUpload,
    method: "DELETE",
    path: "/uploads/{id}",
    summary: "Give an upload up",
    headers: ["Tus-Resumable!"],
    answers: { 204: { description: "Gone", headers: resumable } },
    problems: ["invalid"],
  }),
};
