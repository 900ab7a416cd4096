import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';

/** The phone's own place, the same in every state; without a telephone exchange it says so. */
export function PhonePlace(): ReactNode {
  return (
    <div className="okno-phone" role="group" aria-label="Телефон">
      <span className="okno-dot okno-dot-hollow okno-text3" />
      <span className="okno-text2" title="Телефон не подключён">Телефон не подключён</span>
      <Button small variant="subtle" keys="Alt+1" level="window" onClick={() => undefined} reason="Набрать нельзя: это рабочее место не подключено к телефонной станции">
        Набрать
      </Button>
    </div>
  );
}
