import type { Endpoint } from "./endpoint.js";
import { peopleEndpoints } from "./people.js";
import { photoEndpoints } from "./photos.js";
import { serviceEndpoints } from "./service.js";
import { submissionEndpoints } from "./submissions.js";

/** Every route of the API by its operationId in `/openapi.json`. */
export const endpoints = {
  ...serviceEndpoints,
  ...peopleEndpoints,
  ...submissionEndpoints,
  ...photoEndpoints,
};
export type EndpointName = keyof typeof endpoints;

export const everyEndpoint = Object.entries(endpoints) as readonly (readonly [EndpointName, Endpoint])[];
