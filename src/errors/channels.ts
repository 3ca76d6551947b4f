/** Errors about logging in to web, facebook, instagram and x. */
export interface ChannelErrors {
  "channel-refused": { service: string; origin: string };
  "channel-forbidden": { service: string; origin: string };
  "channel-other-account": { service: string; id: string };
  "channel-hidden": { service: string; origin: string; status: number; type: string };
  "channel-not-there": { service: string; origin: string; status: number; type: string };
  "web-unset": undefined;
  "channel-address-fixed": { service: string; origin: string };
  "fields-malformed": { service: string; fields: readonly string[] };
  "field-invalid": { service: string; field: string };
  "login-declined": { service: string };
  "login-too-slow": { service: string };
  "login-port-taken": { port: number; reason: string };
}
