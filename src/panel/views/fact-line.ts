/** One line: what it is, what it says, and how we know. */
export interface FactLine {
  name: string;
  text: string;
  how?: string;
}
