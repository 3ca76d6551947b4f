import { z } from "zod";
import { admins, everyone, ownLinkMakers } from "../roles.js";
import { page, pageQuery } from "../schemas/fields.js";
import {
  activationCheck,
  activationRequest,
  createdUser,
  createUser,
  issuedToken,
  issueLogin,
  loginLink,
  me,
  personTokens,
  rotatedToken,
  user,
} from "../schemas/people.js";
import { endpoint } from "./endpoint.js";

const byId = z.object({ id: z.uuid() });
const changed = {
  method: "POST",
  roles: admins,
  params: byId,
  answers: { 200: { description: "The person, as they are now", json: user } },
} as const;

export const peopleEndpoints = {
  activate: endpoint({
    method: "POST",
    path: "/activations",
    summary: "A code that was read out becomes a token; once, within 72 hours",
    roles: null,
    body: activationRequest,
    works_when_full: true,
    answers: { 201: { description: "The token, which nobody sees again", json: issuedToken } },
    problems: ["activation-invalid", "client-too-old"],
  }),
  checkActivation: endpoint({
    method: "POST",
    path: "/activations/check",
    summary: "Whether a code that was read out would be taken; it is not spent",
    roles: null,
    body: activationCheck,
    works_when_full: true,
    answers: { 204: { description: "It would" } },
    problems: ["activation-invalid", "client-too-old"],
  }),
  readMe: endpoint({
    method: "GET",
    path: "/me",
    summary: "Whose token this is",
    roles: everyone,
    answers: { 200: { description: "The person and the token", json: me } },
  }),
  rotateToken: endpoint({
    method: "POST",
    path: "/me/tokens/rotate",
    summary: "A new token for this device; the present one ends when the new one is first used, or in a day",
    roles: everyone,
    answers: { 201: { description: "The new token", json: rotatedToken } },
  }),
  endToken: endpoint({
    method: "DELETE",
    path: "/me/token",
    summary: "End this login; those on other devices stay",
    roles: everyone,
    answers: { 204: { description: "Ended" } },
  }),
  issueOwnLink: endpoint({
    method: "POST",
    path: "/me/desk-link",
    summary:
      "A link that lets the caller themselves in at the desk, once, within 15 minutes; for those who can do no more there than by their token",
    roles: ownLinkMakers,
    answers: { 201: { description: "The link", json: loginLink } },
    problems: ["conflict"],
  }),
  listUsers: endpoint({
    method: "GET",
    path: "/users",
    summary: "Everyone in the order they were added, also those whose access has ended",
    roles: admins,
    query: pageQuery,
    answers: { 200: { description: "One page", json: page(user) } },
  }),
  addUser: endpoint({
    method: "POST",
    path: "/users",
    summary:
      "Let someone in, with an activation code or a token; no Idempotency-Key, an answer is kept nowhere",
    roles: admins,
    body: createUser,
    answers: { 201: { description: "The person, and how they log in", json: createdUser } },
  }),
  issueLogin: endpoint({
    method: "POST",
    path: "/users/{id}/logins",
    summary: "Another activation code for someone who works here, or a token for a script of theirs",
    roles: admins,
    params: byId,
    body: issueLogin,
    answers: { 201: { description: "The person, and how they log in", json: createdUser } },
    problems: ["conflict"],
  }),
  issueLink: endpoint({
    method: "POST",
    path: "/users/{id}/links",
    summary: "A link that lets an editor in at the desk, once",
    roles: admins,
    params: byId,
    answers: { 201: { description: "The link", json: loginLink } },
    problems: ["conflict"],
  }),
  listUserTokens: endpoint({
    method: "GET",
    path: "/users/{id}/tokens",
    summary: "On which devices someone is logged in, with age and last use; never the tokens",
    roles: admins,
    params: byId,
    answers: { 200: { description: "The person, and their logins that have not ended", json: personTokens } },
  }),
  endUserToken: endpoint({
    method: "DELETE",
    path: "/users/{id}/tokens/{token}",
    summary: "End one login of someone; those on other devices stay",
    roles: admins,
    params: z.object({ id: z.uuid(), token: z.uuid() }),
    works_when_full: true,
    answers: { 204: { description: "Ended, now or before" } },
  }),
  revokeUser: endpoint({
    ...changed,
    path: "/users/{id}/revoke",
    summary: "End someone's access for good",
    works_when_full: true,
    problems: ["conflict"],
  }),
  suspendUser: endpoint({
    ...changed,
    path: "/users/{id}/suspend",
    summary: "End someone's access until it is given back",
    works_when_full: true,
    problems: ["conflict"],
  }),
  resumeUser: endpoint({
    ...changed,
    path: "/users/{id}/resume",
    summary: "Give a suspended person's access back",
  }),
};
