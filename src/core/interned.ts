/** Strings that repeat (event types, ids), each kept once and named by a small number; 0 is “none”. */
export interface InternedStrings {
  idOf: (text: string | undefined) => number;
  textOf: (id: number) => string | undefined;
}

export function createInternedStrings(): InternedStrings {
  const ids = new Map<string, number>();
  const texts: (string | undefined)[] = [undefined];
  return {
    idOf: (text) => {
      if (text === undefined) return 0;
      const known = ids.get(text);
      if (known !== undefined) return known;
      ids.set(text, texts.length);
      texts.push(text);
      return texts.length - 1;
    },
    textOf: (id) => texts[id],
  };
}
