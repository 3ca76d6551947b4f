import type { Endpoint } from "./endpoint.js";
import { peopleEndpoints } from "./endpoints/people.js";
import { photoEndpoints } from "./endpoints/photos.js";
import { serviceEndpoints } from "./endpoints/service.js";
import { submissionEndpoints } from "./endpoints/submissions.js";

/** Every route of the API, by the name that `/openapi.json` calls it (operationId). */
export const endpoints = {
  ...serviceEndpoints,
  ...peopleEndpoints,
  ...submissionEndpoints,
  ...photoEndpoints,
};
export type EndpointName = keyof typeof endpoints;

export const everyEndpoint = Object.entries(endpoints) as readonly (readonly [EndpointName, Endpoint])[];
