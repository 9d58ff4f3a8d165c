import { useClipboard } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';

/** Copies a text; says so where the browser does not let it, as on an address without HTTPS. `onCopied`: it is copied. */
export function useCopy(onCopied?: () => void): { readonly copied: boolean; readonly copy: (text: string) => void } {
  const { copied, copy, error } = useClipboard();
  useEffect(() => {
    if (error) notifications.show({ message: byHand, color: 'red' });
  }, [error]);
  useEffect(() => {
    if (copied) onCopied?.();
  }, [copied]);
  return { copied, copy };
}

const byHand = 'The browser does not let this page copy. Select the text and copy it by hand.';
