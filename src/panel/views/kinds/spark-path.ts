/**
 * Counts as bars in one path of SVG: `M… h… v…`.
 * @param counts one for each even stretch
 */
export function sparkPath(
  counts: readonly number[],
  { width, height }: { width: number; height: number },
): string {
  const most = Math.max(1, ...counts);
  const step = width / Math.max(1, counts.length);
  return counts
    .map((count, index) => {
      if (count === 0) return '';
      // The root keeps single messages in sight beside a burst.
      const tall = Math.max(1, Math.round(height * Math.sqrt(count / most)));
      return `M${round(index * step)},${height}v-${tall}h${round(Math.max(1, step - 0.5))}v${tall}z`;
    })
    .join('');
}

const round = (pixels: number): number => Math.round(pixels * 10) / 10;
