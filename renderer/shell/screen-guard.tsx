import { Component, type ReactNode } from 'react';
import { describeRefusal, refusal } from '../../shared/base/errors.ts';
import { dropPlace } from '../store/places.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/state-message.tsx';

interface ScreenGuardProps {
  readonly placeKey: string;
  readonly children: ReactNode;
}

/** A screen that failed says so in its place; the other documents live. */
export class ScreenGuard extends Component<ScreenGuardProps, { readonly failed: Error | null }> {
  override state: { readonly failed: Error | null } = { failed: null };

  static getDerivedStateFromError(failed: Error): { failed: Error } {
    return { failed };
  }

  override render(): ReactNode {
    const { failed } = this.state;
    if (failed === null) return this.props.children;
    const { text, number } = describeRefusal(refusal('internal'));
    return (
      <EmptyState
        title="Экран не показан"
        code={`Код ${number}. ${failed.message}`}
        actions={
          <>
            <Button variant="primary" onClick={() => this.setState({ failed: null })}>
              Показать снова
            </Button>
            <Button onClick={() => dropPlace(this.props.placeKey)}>Закрыть</Button>
          </>
        }
      >
        {text}. Введённое сохранено на этом компьютере.
      </EmptyState>
    );
  }
}
