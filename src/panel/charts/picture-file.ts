import type { Palette } from '../ui/palette.ts';
import { wrapWords } from './wrap-words.ts';

/** What stands above a picture in its file, which has no panel around it. */
export interface Caption {
  title: string;
  lines: readonly string[];
}

const MARGIN = 16;
const LINE = 17;
/** The mean width of a character at 12 px, on the safe side. */
const CHARACTER = 6.4;
const SVG = 'http://www.w3.org/2000/svg';
/** Pixels of a PNG for each of the picture's own: sharp in slides and on dense screens. */
const SCALE = 2;

/** A drawing as a file of its own: with its caption and its background, and nothing from outside. */
export function standaloneSvg(drawing: SVGSVGElement, caption: Caption, palette: Palette): string {
  const { width, height } = drawing.viewBox.baseVal;
  const lines = caption.lines.flatMap((each) => wrapWords(each, Math.floor(width / CHARACTER)));
  const top = MARGIN + LINE * (lines.length + 1) + 8;
  const whole = document.createElementNS(SVG, 'svg');
  setAll(whole, { width: width + 2 * MARGIN, height: top + height + MARGIN });
  whole.setAttribute('viewBox', `0 0 ${width + 2 * MARGIN} ${top + height + MARGIN}`);
  whole.setAttribute('font-family', 'system-ui, sans-serif');
  const background = document.createElementNS(SVG, 'rect');
  setAll(background, { width: '100%', height: '100%', fill: palette.bg });
  whole.append(background);
  [caption.title, ...lines].forEach((text, index) => {
    const line = document.createElementNS(SVG, 'text');
    const isTitle = index === 0;
    setAll(line, { x: MARGIN, y: MARGIN + LINE * index + 10, 'font-size': isTitle ? 14 : 12 });
    setAll(line, { fill: palette[isTitle ? 'text' : 'text-2'] });
    if (isTitle) line.setAttribute('font-weight', '600');
    line.textContent = text;
    whole.append(line);
  });
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  setAll(copy, { x: MARGIN, y: top });
  whole.append(copy);
  return new XMLSerializer().serializeToString(whole);
}

function setAll(element: Element, attributes: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, `${value}`);
}

/** @throws {DOMException} when the browser cannot draw it */
export async function toPng(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * SCALE;
    canvas.height = image.naturalHeight * SCALE;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => {
        if (blob === null) reject(new DOMException('The picture is too large', 'EncodingError'));
        else resolve(blob);
      }, 'image/png');
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}
