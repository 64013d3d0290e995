/** What the computer says of itself, as far as the schedule of refreshes needs it. */
export interface Surroundings {
  /** False is a strong sign that nothing can be reached; true promises nothing. Asking is cheap and sends nothing. */
  isOnline(): boolean;
  /** Calls back whenever the computer woke up. */
  onWake(listener: () => void): void;
}
