/** Where new device codes come from. Different devices may be offered the same one: the database decides who gets it. */
export abstract class NewCodes {
  abstract next(): string;
}
