import { createTheme } from '@mantine/core';

/** Mantine under the visual language: its variables are written out in tokens.css, this is what its code reads. */
/** Where menus, lists of choices and hints hang: inside the landmark of the screen, over everything. */
export const floatingPlace = 'okno-floating';
const portalProps = { target: `#${floatingPlace}` };

export const theme = createTheme({
  primaryColor: 'okno',
  primaryShade: { light: 6, dark: 5 },
  colors: { okno: ['#EEF2FD', '#E3EAFB', '#C9D6F7', '#A9BEF9', '#8FACF7', '#3F68D8', '#2A57C7', '#234BAD', '#1E3F91', '#27345A'] },
  defaultRadius: 6,
  fontFamily: "'Inter Variable', 'Segoe UI', 'Noto Sans', sans-serif",
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '15px', xl: '20px' },
  lineHeights: { xs: '1.4545', sm: '1.3333', md: '1.5385', lg: '1.3333', xl: '1.4' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '20px' },
  radius: { sm: '4px', md: '6px', lg: '8px' },
  focusRing: 'auto',
  cursorType: 'default',
  components: {
    Tooltip: { defaultProps: { openDelay: 400, transitionProps: { duration: 0 }, withinPortal: true, portalProps, color: 'okno-tooltip', multiline: true, maw: 360 } },
    Combobox: { defaultProps: { transitionProps: { duration: 0 }, shadow: 'md', offset: 2, withinPortal: true, portalProps } },
    Popover: { defaultProps: { withinPortal: true, portalProps } },
    Menu: { defaultProps: { transitionProps: { duration: 100, transition: 'fade' }, shadow: 'md', offset: 4, position: 'bottom-start', withinPortal: true, portalProps, withInitialFocusPlaceholder: false } },
  },
});
