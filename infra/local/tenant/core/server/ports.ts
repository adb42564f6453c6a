import type { ServerCertificate } from "../tls/certificates";
import type { Collection, FetchApp, Ports, Store } from "../types";
import { type Handler, type Listener, listen, loopback, PortInUseError } from "./listener";

interface PortRecord {
  readonly id: string;
  readonly port: number;
}

interface Open {
  readonly app: FetchApp;
  readonly listener: Promise<Listener>;
}

/** Ports on which something listens; which name has which port is kept in the store. */
export class ListeningPorts implements Ports {
  readonly #records: Collection<PortRecord>;
  readonly #tls: ServerCertificate;
  readonly #handler: (name: string) => Handler;
  readonly #open = new Map<string, Open>();

  constructor(store: Store, tls: ServerCertificate, handler: (name: string) => Handler) {
    this.#records = store.collection<PortRecord>("ports");
    this.#tls = tls;
    this.#handler = handler;
  }

  async open(name: string, app: FetchApp): Promise<string> {
    const id = name.toLowerCase();
    const listener = this.#open.get(id)?.listener ?? this.#listen(id);
    this.#open.set(id, { app, listener });
    try {
      const { port } = await listener;
      if (this.#records.get(id)?.port !== port) this.#records.put({ id, port });
      return originOf(port);
    } catch (error) {
      this.#open.delete(id);
      throw error;
    }
  }

  async close(name: string): Promise<void> {
    const id = name.toLowerCase();
    const open = this.#open.get(id);
    this.#open.delete(id);
    this.#records.delete(id);
    if (open !== undefined) await (await open.listener).close(0);
  }

  origin(name: string): string | undefined {
    const record = this.#records.get(name.toLowerCase());
    return record && originOf(record.port);
  }

  /** The app behind a name. */
  app(name: string): FetchApp | undefined {
    return this.#open.get(name.toLowerCase())?.app;
  }

  /** Opens every name again that was open when the last process ended. */
  async reopen(make: (name: string) => FetchApp): Promise<void> {
    for (const { id } of [...this.#records.values()]) await this.open(id, make(id));
  }

  /** Stops serving every name and gives the ports up. */
  async closeAll(): Promise<void> {
    for (const name of [...this.#open.keys()]) await this.close(name);
  }

  /** Stops listening but keeps the ports for the next start. */
  async stop(): Promise<void> {
    const open = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(open.map(async ({ listener }) => (await listener).close()));
  }

  /** The port of before; when another program has taken it meanwhile, a new one. */
  async #listen(id: string): Promise<Listener> {
    const before = this.#records.get(id)?.port;
    try {
      return await listen(this.#handler(id), before ?? 0, this.#tls);
    } catch (error) {
      if (before === undefined || !(error instanceof PortInUseError)) throw error;
      return listen(this.#handler(id), 0, this.#tls);
    }
  }
}

function originOf(port: number): string {
  return `https://${loopback}:${port}`;
}
