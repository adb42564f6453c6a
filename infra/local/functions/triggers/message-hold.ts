import type { QueueClient, ReceivedMessageItem } from "@azure/storage-queue";

/** Keeps a message hidden from others while a function works on it. */
export class MessageHold {
  #popReceipt: string;
  #renewing: Promise<void> = Promise.resolve();
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly queue: QueueClient,
    private readonly message: ReceivedMessageItem,
    private readonly seconds: number,
    private readonly warn: (message: string) => void,
  ) {
    this.#popReceipt = message.popReceipt;
    this.#timer = setInterval(
      () => {
        this.#renewing = this.#renewing.then(() => this.#renew());
      },
      (seconds * 1000) / 2,
    );
  }

  /** Ends the renewing. Must come before `delete` and `show`. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#renewing;
  }

  async delete(): Promise<void> {
    await this.queue.deleteMessage(this.message.messageId, this.#popReceipt);
  }

  /** Lets others see the message again after so many seconds. */
  async show(seconds: number): Promise<void> {
    await this.#update(seconds);
  }

  async #renew(): Promise<void> {
    try {
      await this.#update(this.seconds);
    } catch (error) {
      clearInterval(this.#timer);
      const text = error instanceof Error ? error.message.split("\n")[0] : String(error);
      this.warn(
        `Message ${this.message.messageId} can't be held any longer; it may be worked on twice: ${text}`,
      );
    }
  }

  async #update(seconds: number): Promise<void> {
    const { popReceipt } = await this.queue.updateMessage(
      this.message.messageId,
      this.#popReceipt,
      undefined,
      seconds,
    );
    this.#popReceipt = popReceipt ?? this.#popReceipt;
  }
}
