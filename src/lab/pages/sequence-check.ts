/** Follows the sequence numbers of a feed, as an app would that wants to know what it missed. */
export interface SequenceCheck {
  take: (text: string) => void;
  result: () => { lastSeq: number; lost: number; repeated: number };
}

export function createSequenceCheck(): SequenceCheck {
  let lastSeq = 0;
  let lost = 0;
  let repeated = 0;
  return {
    take: (text) => {
      const seq = Number(/"seq":(\d+)/u.exec(text.slice(0, 200))?.[1] ?? 0);
      if (seq === 0) return;
      if (seq <= lastSeq) {
        repeated++;
        return;
      }
      if (lastSeq > 0) lost += seq - lastSeq - 1;
      lastSeq = seq;
    },
    result: () => ({ lastSeq, lost, repeated }),
  };
}
