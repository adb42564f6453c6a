import provider from "@pulumi/pulumi/proto/provider_pb";
import { AUTONAMED } from "./autoname";
import { sameMeaning } from "./difference";
import { stateOutputs } from "./outputs";
import { findResource } from "./plugin";
import type { ResourceTraits } from "./resource-type";
import { markSecrets } from "./secrecy";
import { type Session, typeOf } from "./session";
import { decode, encode, type PlainProperties, type Properties, reveal, type Value } from "./values";

const READ_MINUTES = 5;

/** Thrown for the import of an object whose service does not tell enough to manage it. */
class NotImportableError extends Error {
  override readonly name = "NotImportableError";
}

/** Reads an object for refresh or import; an answer with an empty id says that it is gone. */
export async function read<Client>(
  session: Session<Client>,
  request: provider.ReadRequest,
): Promise<provider.ReadResponse> {
  const type = findResource(session.plugin, typeOf(request.getUrn()));
  const olds = decode(request.getProperties());
  const oldInputs = decode(request.getInputs());
  const importing = Object.keys(oldInputs).length === 0;
  if (importing && type.notImportable !== undefined) throw new NotImportableError(type.notImportable);
  const minutes = type.timeouts?.read ?? READ_MINUTES;
  const reading = await type.read(await session.client(), {
    ...session.operation(request.getUrn(), minutes, request.getTimeout()),
    id: request.getId(),
    outputs: reveal(olds),
    inputs: reveal(oldInputs),
  });
  const response = new provider.ReadResponse();
  if (reading === undefined) return response;
  const real = importing ? reading.inputs : reconciled(type, oldInputs, reading.inputs);
  const inputs = markSecrets(real, [oldInputs, olds], []);
  response.setId(reading.id);
  response.setInputs(encode(inputs));
  const told = pickDeclared(olds, type.writeOnly ?? []);
  response.setProperties(
    encode({ ...told, ...stateOutputs(type, reading.outputs, inputs, { ...olds, ...oldInputs }) }),
  );
  return response;
}

/**
 * The declared inputs brought in line with what the service says. What agrees stays exactly as declared (with
 * its secret mark); what drifted takes the real value, so that the next update shows and repairs it; what was
 * never declared appears only when it differs from its default.
 */
function reconciled(type: ResourceTraits, declared: Properties, actual: PlainProperties): Properties {
  const result: Record<string, Value> = {};
  const plain = reveal(declared);
  for (const name of new Set([...Object.keys(declared), ...Object.keys(actual)])) {
    const real = actual[name];
    const old = declared[name];
    if (old !== undefined && (keptAsDeclared(type, name) || sameMeaning(name, plain[name], real, type))) {
      result[name] = old;
    } else if (real !== undefined && !undeclaredAndUsual(type, name, old, real)) {
      result[name] = real;
    }
  }
  return result;
}

function keptAsDeclared(type: ResourceTraits, name: string): boolean {
  return name === AUTONAMED || type.writeOnly?.includes(name) === true;
}

function undeclaredAndUsual(
  type: ResourceTraits,
  name: string,
  old: Value | undefined,
  real: PlainProperties[string],
): boolean {
  if (old !== undefined) return false;
  return type.serverChosen?.includes(name) === true || sameMeaning(name, undefined, real, type);
}

function pickDeclared(olds: Properties, names: readonly string[]): Record<string, Value | undefined> {
  return Object.fromEntries(names.filter((name) => name in olds).map((name) => [name, olds[name]]));
}
