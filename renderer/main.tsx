import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/ScrollArea.css';
import '@mantine/core/styles/Popover.css';
import '@mantine/core/styles/Combobox.css';
import '@mantine/core/styles/Input.css';
import '@mantine/core/styles/Menu.css';
import '@mantine/core/styles/Tooltip.css';
import '@mantine/dates/styles.css';
import 'dayjs/locale/ru';
import './ui/tokens.css';
import './ui/base.css';
import { MantineProvider } from '@mantine/core';
import { DatesProvider } from '@mantine/dates';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { connectBridge } from './bridge.ts';
import { theme } from './ui/theme.ts';

async function start(): Promise<void> {
  if (window.okno !== undefined) connectBridge(window.okno);
  else if (import.meta.env.DEV) connectBridge((await import('./dev-bridge.ts')).devBridge());
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no #root');
  createRoot(root).render(
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <DatesProvider settings={{ locale: 'ru', firstDayOfWeek: 1 }}>
        <App />
      </DatesProvider>
    </MantineProvider>,
  );
}

void start();
