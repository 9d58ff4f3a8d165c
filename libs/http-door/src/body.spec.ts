import { describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import { IsNumber, IsString, MaxLength, ValidateNested } from 'class-validator';
import { compatibleBody, InvalidRequestError, strictBody } from './index.js';

class Inner {
  @IsString() @MaxLength(3) word!: string;
}
class Request {
  @IsNumber() amount!: number;
  @ValidateNested() @Type(() => Inner) inner!: Inner;
}

const refusal = async (work: Promise<unknown>): Promise<InvalidRequestError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof InvalidRequestError) return error;
  throw new Error('the body was not refused');
};
const body = { type: 'body', metatype: Request } as const;

describe('the body pipes', () => {
  it('name each field, nested ones with their path, and never repeat a value', async () => {
    const error = await refusal(strictBody.transform({ amount: 'canary', inner: { word: 'canary' } }, body));
    expect(Object.keys(error.fields)).toEqual(['amount', 'inner.word']);
    expect(JSON.stringify(error.fields) + error.message).not.toContain('canary');
  });

  it('refuse unknown fields where the call is ours', async () => {
    const error = await refusal(strictBody.transform({ amount: 1, inner: { word: 'abc' }, more: 1 }, body));
    expect(error.fields).toEqual({ more: 'not a field of this call' });
  });

  it('do not repeat the name of an unknown field that is a number, or long', async () => {
    for (const name of ['4242424242424242', 'x'.repeat(41), 'naïve', '0']) {
      const error = await refusal(strictBody.transform({ amount: 1, inner: { word: 'abc' }, [name]: 1 }, body));
      expect(error.fields).toEqual({ body: 'has a field that is not one of this call' });
    }
  });

  it('ignore unknown fields where existing clients send them', async () => {
    const value = (await compatibleBody.transform({ amount: 1, inner: { word: 'abc' }, more: 1 }, body)) as object;
    expect(value).toEqual({ amount: 1, inner: { word: 'abc' } });
  });
});
