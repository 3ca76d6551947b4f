/** Words of account commands. */
export const account = {
  heading: "",
};
