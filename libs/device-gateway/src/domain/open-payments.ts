/** What the frames that passed say of the payments on one device: enough to know when a link may be cut without harm. */
export class OpenPayments {
  private readonly processing = new Map<string, boolean>();

  /** A prompt is on the device, or a card is being charged. */
  get any(): boolean {
    return this.processing.size > 0;
  }

  get anyProcessing(): boolean {
    for (const processing of this.processing.values()) if (processing) return true;
    return false;
  }

  requested(paymentId: string): void {
    if (!this.processing.has(paymentId)) this.processing.set(paymentId, false);
  }

  begun(paymentId: string): void {
    this.processing.set(paymentId, true);
  }

  notStarted(paymentId: string): void {
    if (this.processing.has(paymentId)) this.processing.set(paymentId, false);
  }

  ended(paymentId: string): void {
    this.processing.delete(paymentId);
  }
}
