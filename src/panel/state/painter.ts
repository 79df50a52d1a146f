/** After a paint that took this long, the main thread is left alone for so many times as long. */
const REST_SHARE = 3;

/**
 * Gathers changes into paints: at most one a frame, none while the panel is hidden, and in a flood no more
 * than a quarter of the main thread's time, so that a click is answered however much arrives.
 *
 * @param paint brings the views up to date
 * @returns to be called after each change, as often as one likes
 */
export function createPainter(paint: () => void): () => void {
  let isAsked = false;
  let restUntil = 0;

  return () => {
    if (isAsked) return;
    isAsked = true;
    setTimeout(
      () => {
        requestAnimationFrame((start) => {
          isAsked = false;
          paint();
          // The task after the frame: style, layout and drawing are done then.
          setTimeout(() => {
            const end = performance.now();
            restUntil = end + REST_SHARE * (end - start);
          });
        });
      },
      Math.max(0, restUntil - performance.now()),
    );
  };
}
