/** The message itself is wrong; trying it again cannot help. */
export class BadMessage extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = 'BadMessage';
  }
}
