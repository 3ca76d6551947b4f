import type { Rendering, RenderingWarning } from "../../contract/contract.js";
import type { Messages } from "../../language/index.js";
import type { Language } from "../../text/language.js";

/** The picture of a photo on the page. */
export interface CardPicture {
  /** The size in pixels of the upright photo, which crops refer to. */
  width: number;
  height: number;
  /** An address ("/photos/…", "data:…"), or "#id" of an image that stands once in the page. */
  address: string;
}

export interface Cards {
  renderings: readonly Rendering[];
  /** By hash. A photo that is missing here is shown as missing. */
  pictures: ReadonlyMap<string, CardPicture>;
  /** Who publishes, as readers see it: "Kecamatan Cibitung". */
  name: string;
  /** The article's address, when it has one. */
  link?: string;
  /** Channels on which it corrects an earlier post by quoting it, which the service may bill. */
  quoting?: readonly string[];
  /** The text of a warning of a rendering. */
  warningText(warning: RenderingWarning): string;
  messages: Messages["preview"];
  language: Language;
  /** The level of a card's heading on its page. */
  heading: 2 | 3;
}
