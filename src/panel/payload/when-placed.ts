/**
 * Does steps in turn, each after a virtual list had the time to make its rows and to put them where
 * they belong: two frames, for it measures what it made.
 * @returns what calls off the steps that are left
 */
export function whenPlaced(...steps: (() => void)[]): () => void {
  const [step, ...rest] = steps;
  if (step === undefined) return () => undefined;
  let cancelRest = (): void => undefined;
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(() => {
      step();
      cancelRest = whenPlaced(...rest);
    });
  });
  return () => {
    cancelAnimationFrame(frame);
    cancelRest();
  };
}
