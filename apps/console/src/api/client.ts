/** What the platform answers to a call that it refuses. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    /** One sentence each, made for people. */
    readonly errors: readonly string[],
    /** By the name of the field. */
    readonly fields: Readonly<Record<string, string>>,
    readonly requestId: string | null,
    /** Seconds; null where the platform did not say. */
    readonly retryAfter: number | null,
  ) {
    super(errors.join(' '));
    this.name = 'ApiError';
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface Refusal {
  readonly errors?: readonly string[];
  readonly code?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly requestId?: string;
}

export interface CallOptions {
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Longer than the platform itself takes to give up on its database. */
const answerWithinMs = 30_000;

/** Calls the platform with the console's cookie; gives the parsed body. Rejects with ApiError; status 0: it could not be reached, or did not answer in time. */
export async function call<Answer>(method: Method, path: string, options: CallOptions = {}): Promise<Answer> {
  const { body, headers = {}, signal } = options;
  const inTime = AbortSignal.timeout(answerWithinMs);
  const read = async () => {
    const response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: signal ? AbortSignal.any([signal, inTime]) : inTime,
    });
    return { response, text: await response.text() };
  };
  const { response, text } = await read().catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new ApiError(0, 'unreachable', ['The platform cannot be reached. Check the connection.'], {}, null, null);
  });
  const answer: unknown = text === '' ? undefined : parsed(text);
  if (response.ok) return answer as Answer;
  throw refusalOf(response, answer as Refusal | undefined);
}

function refusalOf({ status, headers }: Response, refusal: Refusal = {}): ApiError {
  const { errors = [`The platform answered ${status}.`], code = 'unknown', fields = {}, requestId = null } = refusal;
  const retryAfter = Number(headers.get('retry-after') ?? Number.NaN);
  return new ApiError(
    status,
    code,
    errors.map(inWords(fields)),
    fields,
    requestId,
    Number.isFinite(retryAfter) ? retryAfter : null,
  );
}

const fieldNames: Readonly<Record<string, string>> = { pin: 'PIN', email: 'E-mail address', url: 'Address' };

/** `payWithin: must be …`, as a point of sale is told, becomes `Pay within must be ….` */
const inWords =
  (fields: Readonly<Record<string, string>>) =>
  (sentence: string): string => {
    const field = Object.keys(fields).find((name) => sentence.startsWith(`${name}: `));
    if (field === undefined) return sentence;
    const words = field.replaceAll(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
    const name = fieldNames[field] ?? words.charAt(0).toUpperCase() + words.slice(1);
    return `${name} ${sentence.slice(field.length + 2)}.`;
  };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
