import { describe, expect, it } from '@jest/globals';
import { searchedFilter, shortened } from './filter.js';

describe('a filter in the address', () => {
  it('is read as far as it makes sense', () => {
    expect(searchedFilter({ status: 'unknown', invoiceNumber: 12, page: 3 })).toEqual({
      status: 'unknown',
      invoiceNumber: '12',
    });
    expect(searchedFilter({ status: 'gone', deviceCode: ['NB7X'] })).toEqual({});
  });

  it('leaves out what is empty', () => {
    expect(shortened({ status: '', deviceCode: 'NB7X', invoiceNumber: '' })).toEqual({ deviceCode: 'NB7X' });
  });
});
