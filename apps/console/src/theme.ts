import {
  createTheme,
  type CSSVariablesResolver,
  defaultVariantColorsResolver,
  Drawer,
  type MantineColorsTuple,
  Modal,
  Notification,
  parseThemeColor,
  Table,
  TableScrollContainer,
  type VariantColorsResolver,
} from '@mantine/core';

/** The accent of Tillgate; shade 7 is `#12715b`, dark enough for white text on it in both colour schemes. */
const tillgate: MantineColorsTuple = [
  '#e8f7f2',
  '#d3ebe3',
  '#a6d7c7',
  '#76c2a9',
  '#4fb08f',
  '#36a57f',
  '#1f8d6c',
  '#12715b',
  '#0d5c4a',
  '#06483a',
];

/** Text on a tint of its own colour must be darker, and in the dark lighter, than Mantine's own to be read. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const usual = defaultVariantColorsResolver(input);
  const { theme, variant } = input;
  const { color, isThemeColor } = parseThemeColor({ color: input.color ?? theme.primaryColor, theme });
  if (variant !== 'light' || !isThemeColor) return usual;
  const onWhite = `color-mix(in srgb, var(--mantine-color-${color}-9), black 20%)`;
  return { ...usual, color: `light-dark(${onWhite}, var(--mantine-color-${color}-2))` };
};

const closeButtonProps = { 'aria-label': 'Close' };

/** However long a name is, the button that closes stays in view. */
const overPage = {
  defaultProps: { closeButtonProps },
  styles: { title: { minWidth: 0, overflowWrap: 'anywhere', fontSize: 18, fontWeight: 650 } },
} as const;

export const theme = createTheme({
  colors: { tillgate },
  primaryColor: 'tillgate',
  primaryShade: 7,
  autoContrast: true,
  variantColorResolver,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  headings: { fontWeight: '650' },
  components: {
    Drawer: Drawer.extend(overPage),
    Modal: Modal.extend(overPage),
    Notification: Notification.extend({ defaultProps: { closeButtonProps, withBorder: true } }),
    // A link in the row under the pointer must still be read.
    Table: Table.extend({
      defaultProps: { highlightOnHoverColor: 'light-dark(var(--mantine-color-gray-1), #2e2e2e)' },
    }),
    // What is scrolled must be reached by the keyboard.
    TableScrollContainer: TableScrollContainer.extend({
      defaultProps: { scrollAreaProps: { viewportProps: { tabIndex: 0 } } },
    }),
  },
});

/** What is less important must be readable still: Mantine's own greys, and the red of what is wrong, are too faint on white and on black. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': '#6b747d',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
  },
  dark: {
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    '--mantine-color-placeholder': '#9a9a9a',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--mantine-color-disabled': 'var(--mantine-color-dark-5)',
    '--mantine-color-disabled-color': 'var(--mantine-color-dark-2)',
  },
});
