/**
 * Part of a rendition's name. Raise `recipe` when a change of the engine gives different bytes. The version of sharp is
 * written here because loading sharp takes longer than a run that has nothing to render; a test compares it with the
 * installed version.
 */
const recipe = 4;
export const engineVersion = `${recipe} sharp 0.35.5`;

/** Part of the name of a rendition with a blurred part. Raise it when such a part looks otherwise. */
export const blurRecipe = 1;
