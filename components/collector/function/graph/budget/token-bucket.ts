/** A token bucket: pure arithmetic on a clock given from outside. */
export interface BucketSize {
  readonly capacity: number;
  /** Units that come back in a millisecond. */
  readonly refill: number;
}

export class TokenBucket {
  private level: number;
  private at: number;

  constructor(
    private size: BucketSize,
    now: number,
  ) {
    this.level = size.capacity;
    this.at = now;
  }

  /**
   * Milliseconds until the units may be taken; 0: now. More than the whole bucket is granted once it is full, and
   * leaves a debt that is paid before anything else.
   */
  delay(units: number, now: number): number {
    this.advance(now);
    const lacking = Math.min(units, this.size.capacity) - this.level;
    return lacking <= 0 ? 0 : Math.ceil(lacking / this.size.refill);
  }

  take(units: number, now: number): void {
    this.advance(now);
    this.level -= units;
  }

  /** What the service says was really taken differs from the estimate: positive gives back. */
  correct(units: number): void {
    this.level = Math.min(this.size.capacity, this.level + units);
  }

  /** The service says more is spent than we know of: others use the same budget. */
  lowerTo(level: number, now: number): void {
    this.advance(now);
    this.level = Math.min(this.level, level);
  }

  resize(size: BucketSize, now: number): void {
    this.advance(now);
    this.size = size;
    this.level = Math.min(this.level, size.capacity);
  }

  get capacity(): number {
    return this.size.capacity;
  }

  private advance(now: number): void {
    const passed = Math.max(0, now - this.at);
    this.level = Math.min(this.size.capacity, this.level + passed * this.size.refill);
    this.at = now;
  }
}
