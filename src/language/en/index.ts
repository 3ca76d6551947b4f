export { errors } from "./errors.js";
export { problems } from "./problems.js";
