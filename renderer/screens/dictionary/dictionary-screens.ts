import type { ReactNode } from 'react';
import { dictionaryNames } from '../../../shared/domain/dictionary/commands.ts';
import { documentTypes } from '../../../shared/domain/documents.ts';
import { DictionaryForm } from './dictionary-form.tsx';

/** An entry of any catalogue opens in the one form: lines of the registry by document type. */
export const dictionaryScreens: Readonly<Record<string, { readonly title: string; readonly component: () => ReactNode }>> = Object.fromEntries(dictionaryNames.map((name) => [name, { title: documentTypes[name].title, component: DictionaryForm }]));
