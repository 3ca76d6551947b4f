/** HTML that this program generated itself. Views escape everything else. */
export class Html {
  readonly html: string;
  constructor(html: string) {
    this.html = html;
  }
}
