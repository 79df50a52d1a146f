/** What an exporter may know besides the session. There is no clock in it. */
export interface ExportContext {
  /** The version of Wirescope that writes, as in its manifest. */
  toolVersion: string;
}
