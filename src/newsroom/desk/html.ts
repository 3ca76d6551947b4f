/** HTML that this program made of foreign text by itself, tag by tag; all else is escaped. */
export class Html {
  readonly html: string;
  constructor(html: string) {
    this.html = html;
  }
}
