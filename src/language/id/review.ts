/** Words of review commands. */
export const review = {
  heading: "",
};
