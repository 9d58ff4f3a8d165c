import { createContext, use } from 'react';
import { en } from './en.js';
import { fr } from './fr.js';
import type { Texts } from './texts.js';

export const languages = { en, fr } as const satisfies Readonly<Record<string, Texts>>;
export type Language = keyof typeof languages;
export const languageNames = Object.keys(languages) as Language[];

const keptAs = 'tillgate-terminal-language';

/** What was chosen in the options, else what the browser speaks, else English. */
export function firstLanguage(): Language {
  const wanted = [kept() ?? '', ...navigator.languages.map((name) => name.slice(0, 2))];
  return languageNames.find((name) => name === wanted.find(isLanguage)) ?? 'en';
}

export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(keptAs, language);
  } catch {
    // A browser that keeps nothing: it is spoken until the page is left.
  }
}

function kept(): string | null {
  try {
    return localStorage.getItem(keptAs);
  } catch {
    return null;
  }
}

const isLanguage = (name: string): boolean => name in languages;

interface Spoken {
  readonly language: Language;
  readonly speak: (language: Language) => void;
}

export const LanguageContext = createContext<Spoken>({ language: 'en', speak: () => undefined });

export const useLanguage = (): Spoken => use(LanguageContext);
export const useTexts = (): Texts => languages[useLanguage().language];
