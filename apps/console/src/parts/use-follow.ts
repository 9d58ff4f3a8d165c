import { useEffect } from 'react';

/** What this asks of a Mantine form. */
interface Form<Fields> {
  readonly isDirty: () => boolean;
  readonly setInitialValues: (fields: Fields) => void;
  readonly setValues: (fields: Fields) => void;
}

/** A form that shows what is stored follows it, until somebody types. */
export function useFollow<Fields>(form: Form<Fields>, stored: Fields): void {
  const isDirty = form.isDirty();
  const text = JSON.stringify(stored);
  useEffect(() => {
    if (isDirty) return;
    form.setInitialValues(stored);
    form.setValues(stored);
    // Whenever what is stored is another, not whenever it was read.
  }, [text]);
}
