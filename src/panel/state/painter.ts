/** After a paint that took this long, the main thread is left alone for so many times as long. */
const REST_SHARE = 3;
/** A click or key is answered within this time; news of the traffic wait for it (RAIL: 100 ms). */
const ANSWER_TIME = 100;

/** Gathers changes into paints. */
export interface Painter {
  /** To be called after each change, as often as one likes. */
  changed: () => void;
  /** Somebody clicked or pressed a key: the answer has the next frames for itself. */
  giveWay: () => void;
}

/**
 * At most one paint a frame, none while the panel is hidden, and in a flood no more than a quarter of the
 * main thread's time, so that a click is answered however much arrives.
 *
 * @param paint brings the views up to date
 */
export function createPainter(paint: () => void): Painter {
  let isAsked = false;
  let restUntil = 0;

  function ask(): void {
    const rest = restUntil - performance.now();
    if (rest > 0) setTimeout(ask, rest);
    else requestAnimationFrame(paintUnlessAsked);
  }

  function paintUnlessAsked(start: number): void {
    // Somebody clicked while the frame was on its way.
    if (restUntil > performance.now()) {
      ask();
      return;
    }
    isAsked = false;
    paint();
    // The task after the frame: style, layout and drawing are done then.
    setTimeout(() => {
      const end = performance.now();
      restUntil = Math.max(restUntil, end + REST_SHARE * (end - start));
    });
  }

  return {
    changed: () => {
      if (isAsked) return;
      isAsked = true;
      ask();
    },
    giveWay: () => {
      restUntil = Math.max(restUntil, performance.now() + ANSWER_TIME);
    },
  };
}
