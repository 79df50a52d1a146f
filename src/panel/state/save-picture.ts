import { type Caption, standaloneSvg, toPng } from '../charts/picture-file.ts';
import type { Palette } from '../ui/palette.ts';
import { download } from './save-file.ts';

export type PictureKind = 'svg' | 'png';

/**
 * Hands a drawing to the user as a file.
 * @returns what went wrong, in a sentence; empty when it was saved
 */
export async function savePicture(
  drawing: SVGSVGElement,
  caption: Caption,
  palette: Palette,
  kind: PictureKind,
  name: string,
): Promise<string> {
  const text = standaloneSvg(drawing, caption, palette);
  try {
    const file = kind === 'svg' ? new Blob([text], { type: 'image/svg+xml' }) : await toPng(text);
    download(file, name);
    return '';
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return `The picture could not be made: ${error.message}. SVG works at any size.`;
  }
}
