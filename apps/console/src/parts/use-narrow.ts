import { useMediaQuery } from '@mantine/hooks';

/** Whether the window is that of a phone: tables become cards. */
export const useNarrow = (): boolean => useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
