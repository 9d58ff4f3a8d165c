import { AsyncLocalStorage } from 'node:async_hooks';

/** What belongs together in the logs: the ids of the work under way. Nothing else may get in. */
export interface RequestContext {
  readonly requestId: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

export const currentRequest = (): RequestContext | undefined => storage.getStore();

/** Everything that `work` starts carries the context. */
export const inRequest = <Result>(context: RequestContext, work: () => Result): Result => storage.run(context, work);
