/** A service in a sentence: the name that commands take is not always what people call it. */
export function serviceName(service: string): string {
  return service === "newsroom" ? "the newsroom" : service;
}
