/** gRPC on a loopback port of the system's choice. */
import * as grpc from "@grpc/grpc-js";

/** A stack's state can be large: no limit on messages, as in Pulumi's own hosts. */
export const messageLimits = {
  "grpc.max_receive_message_length": -1,
  "grpc.max_send_message_length": -1,
} as const;

/** Binds the server to a free loopback port and answers it. */
export function listen(server: grpc.Server): Promise<number> {
  return new Promise((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    ),
  );
}
