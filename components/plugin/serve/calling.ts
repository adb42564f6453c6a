import provider from "@pulumi/pulumi/proto/provider_pb";
import { findFunction } from "./plugin";
import { markSecrets } from "./secrecy";
import type { Session } from "./session";
import { refusals } from "./validation";
import { decode, encode, reveal } from "./values";

const MINUTES = 5;

/** Calls a function; wrong arguments come back as failures, each naming its argument. */
export async function invoke<Client>(
  session: Session<Client>,
  request: provider.InvokeRequest,
): Promise<provider.InvokeResponse> {
  const fn = findFunction(session.plugin, request.getTok());
  const args = decode(request.getArgs());
  const problems = refusals(reveal(args), fn.schema);
  const response = new provider.InvokeResponse();
  if (problems.length > 0) {
    response.setFailuresList(
      problems.map(({ property, reason }) => {
        const failure = new provider.CheckFailure();
        failure.setProperty(property);
        failure.setReason(`${property} ${reason}`);
        return failure;
      }),
    );
    return response;
  }
  const outputs = await fn.run(await session.client(), reveal(args), session.operation(fn.token, MINUTES));
  response.setReturn(encode(markSecrets(outputs, [args], fn.secretOutputs)));
  return response;
}
