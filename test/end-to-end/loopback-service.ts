/** An HTTP service on loopback that records what it is asked and answers as told. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Asked {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body: unknown;
}

/** A status and a body; undefined: 404. */
export type Answer = readonly [status: number, body: unknown] | undefined;

export interface Service {
  readonly origin: string;
  readonly asked: readonly Asked[];
  readonly close: () => Promise<void>;
}

export async function startService(answer: (asked: Asked) => Answer): Promise<Service> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
    });
    request.on("end", () => {
      const { method = "", url: path = "" } = request;
      const one = { method, path, body: text === "" ? undefined : (JSON.parse(text) as unknown) };
      asked.push(one);
      const [status, body] = answer(one) ?? [404, { message: "Not Found" }];
      response.writeHead(status, { "content-type": "application/json" });
      response.end(status === 204 ? undefined : JSON.stringify(body));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}
