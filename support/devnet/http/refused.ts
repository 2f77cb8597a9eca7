/**
 * A request that is not answered as it wishes: the status of the reply, and why in a sentence.
 */
export class Refused extends Error {
  override name = 'Refused';
  readonly status: number;

  constructor(status: number, why: string) {
    super(why);
    this.status = status;
  }
}
