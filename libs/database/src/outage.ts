/** SQLSTATE classes that tell of the server or its other clients: connections, deadlocks, resources, shutdown, time-outs. */
const passing = /^(08|40|53|57|58)[0-9A-Z]{3}$|^(25P03|55P03)$/;
/** Node's own codes for a connection that could not be made or broke. */
const network = /^E(CONN|PIPE|HOST|NET|TIMEDOUT|NOTFOUND|AI_)/;
const lostConnection =
  /^Connection (terminated|ended)|not queryable|timeout exceeded when trying to connect|calling end on the pool|not connected/i;

/** Whether an error tells of the database's state and not of the question: the same may succeed a moment later. */
export function isOutage(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isOutage);
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return passing.test(code) || network.test(code) || lostConnection.test(error.message);
}
