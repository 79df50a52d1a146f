import { markOf, type SubjectMark } from '../../core/compare/subject.ts';
import type { Palette } from './palette.ts';

/** The name of a subject's colour in the theme; its letter says the same. */
export type SubjectColour = `subject-${Lowercase<SubjectMark>}`;

export const colourNameOf = (index: number): SubjectColour =>
  `subject-${markOf(index).toLowerCase() as Lowercase<SubjectMark>}`;

export const colourOf = (palette: Palette, index: number): string => palette[colourNameOf(index)];
