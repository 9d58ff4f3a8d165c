/** A sentence that says what to do; shown as it is. */
export class CliError extends Error {}
