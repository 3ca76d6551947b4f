/** Words of newsroom commands. */
export const newsroom = {
  heading: "",
};
