/**
 * Part of a rendition's name: raise `recipe` when a change of the engine gives other bytes. Written down, not asked
 * of sharp, which takes longer to load than a run in which everything is there already; a test holds it to the
 * version that is installed.
 */
const recipe = 2;
export const engineVersion = `${recipe} sharp 0.35.5`;
