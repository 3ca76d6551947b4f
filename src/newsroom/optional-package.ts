import { failed } from "../errors/errors.js";

/**
 * Loads a package that only some newsrooms need and that is not installed with kominfo. Throws `package-missing` (exit 1)
 * with the name to install.
 */
export async function optionalPackage<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ERR_MODULE_NOT_FOUND" && message.includes(`'${name}'`)) {
      throw failed("package-missing", { name }, error);
    }
    throw error;
  }
}
