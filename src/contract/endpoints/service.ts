import { admins, readers } from "../roles.js";
import { auditEntry, auditQuery } from "../schemas/audit.js";
import { changePage, changesQuery } from "../schemas/changes.js";
import { page } from "../schemas/fields.js";
import { redacted, redactionRequest } from "../schemas/redactions.js";
import { reportQuery, weeklyReport } from "../schemas/reports.js";
import { service, settings, updateSettings } from "../schemas/service.js";
import { endpoint } from "./endpoint.js";

export const serviceEndpoints = {
  readService: endpoint({
    method: "GET",
    path: "/",
    summary: "What this is, its limits, and its clock",
    roles: null,
    answers: { 200: { description: "The service", json: service } },
  }),
  readSettings: endpoint({
    method: "GET",
    path: "/settings",
    summary: "How posts are filed and written here",
    roles: null,
    answers: { 200: { description: "The settings", json: settings } },
  }),
  updateSettings: endpoint({
    method: "PUT",
    path: "/settings",
    summary: "Change how posts are written here",
    roles: admins,
    body: updateSettings,
    answers: { 200: { description: "The settings, as they are now", json: settings } },
  }),
  readChanges: endpoint({
    method: "GET",
    path: "/changes",
    summary: "What has changed since; as server-sent events to those who accept text/event-stream",
    roles: readers,
    foreign: "nothing",
    query: changesQuery,
    headers: ["Accept", "Last-Event-ID"],
    answers: {
      200: { description: "Changes, oldest first", json: changePage, type: ["text/event-stream"] },
    },
  }),
  weeklyReport: endpoint({
    method: "GET",
    path: "/reports/weekly",
    summary: "A week, Monday to Sunday in Western Indonesian Time, by kecamatan, kind and channel",
    roles: readers,
    foreign: "nothing",
    query: reportQuery,
    answers: { 200: { description: "The report", json: weeklyReport } },
  }),
  redact: endpoint({
    method: "POST",
    path: "/redactions",
    summary:
      "Take away a revision's text, a comment, a step's reason or a photo for good, with the legal basis (UU 27/2022)",
    roles: admins,
    body: redactionRequest,
    works_when_full: true,
    answers: {
      200: { description: "The tombstone that was there already, and where it is still out", json: redacted },
      201: { description: "The tombstone, and where it is still out", json: redacted },
    },
    problems: ["not-found"],
  }),
  readAudit: endpoint({
    method: "GET",
    path: "/audit",
    summary: "Who changed access, logged in, exported, redacted or opened an internal block, newest first",
    roles: admins,
    query: auditQuery,
    answers: { 200: { description: "One page of the audit log", json: page(auditEntry) } },
  }),
};
