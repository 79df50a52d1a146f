/** One of the tour's three connections with its corner of the page. */
export interface TourPart {
  start: () => void;
  stop: () => void;
}
