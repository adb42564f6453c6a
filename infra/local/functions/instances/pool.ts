/** The instances of an app: grows and shrinks, and gives calls to them in turn. */
import type { InvocationRequest, InvocationResponse } from "../worker/protocol";
import type { Instance } from "./instance";

/** What works for one instance beside its calls: queue listeners. */
export interface Attendant {
  /** Look at once whether there is work. */
  nudge(): void;
  /** Take no more work. */
  stop(): Promise<void>;
}

interface Member {
  readonly instance: Instance;
  readonly attendants: Attendant[];
  idleSince: number;
}

export class InstancePool {
  readonly #members: Member[] = [];
  #turn = 0;
  #count = 0;

  constructor(
    private readonly create: (id: string) => Instance,
    /** Milliseconds that running calls are given when an instance is stopped. */
    private readonly patience: number,
  ) {}

  get size(): number {
    return this.#members.length;
  }

  /** Adds one instance; `attend` gives it what listens for it. */
  add(attend: (instance: Instance) => Attendant[]): void {
    const instance = this.create(String(++this.#count));
    this.#members.push({ instance, attendants: attend(instance), idleSince: Date.now() });
  }

  /** Gives the instances that are there what listens for them. */
  attend(attend: (instance: Instance) => Attendant[]): void {
    for (const member of this.#members) member.attendants.push(...attend(member.instance));
  }

  /** Calls a function on the next instance in turn; those that have no worker are passed over. */
  async invoke(functionName: string, request: InvocationRequest): Promise<InvocationResponse> {
    const ready = this.#members.filter(({ instance }) => instance.isReady);
    const choice = ready.length > 0 ? ready : this.#members;
    const member = choice[this.#turn++ % choice.length];
    if (member === undefined) throw new Error("The function app is stopped.");
    return member.instance.invoke(functionName, request);
  }

  nudge(): void {
    for (const { attendants } of this.#members) for (const attendant of attendants) attendant.nudge();
  }

  /** Stops the newest instance when it has had nothing to do for so long; the first one stays. */
  async shrink(idle: number): Promise<boolean> {
    const now = Date.now();
    for (const member of this.#members) if (member.instance.running > 0) member.idleSince = now;
    const last = this.#members.at(-1);
    if (last === undefined || this.#members.length === 1 || now - last.idleSince < idle) return false;
    this.#members.pop();
    await this.#end(last);
    return true;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#members.splice(0).map((member) => this.#end(member)));
  }

  async #end({ instance, attendants }: Member): Promise<void> {
    const listening = attendants.map((attendant) => attendant.stop());
    await instance.stop(this.patience);
    await Promise.all(listening);
  }
}
