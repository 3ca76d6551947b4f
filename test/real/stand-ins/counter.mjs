// The smallest stand-in, on which the control itself is tested.
import { announce, startControlled } from "./control.mjs";

let count = 0;
announce(
  await startControlled({
    answer() {
      count += 1;
      return { status: 200, json: { count }, effect: `added ${count}` };
    },
    reset() {
      count = 0;
    },
    controls: { "GET /count": () => count },
  }),
);
