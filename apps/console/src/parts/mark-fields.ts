import { ApiError } from '../api/client.js';

/** What the platform says against single fields stands at these, beside the sentence above the form. */
export function markFields(form: { readonly setErrors: (errors: Record<string, string>) => void }) {
  return (error: Error): void => {
    if (error instanceof ApiError) form.setErrors(error.fields);
  };
}
