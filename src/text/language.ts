export type Language = "id" | "en";

export const languages: readonly Language[] = ["id", "en"];
