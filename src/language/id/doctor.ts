/** Words of doctor commands. */
export const doctor = {
  heading: "",
};
