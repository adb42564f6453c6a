import { type Client, credentials, type Metadata, type ServiceError } from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb";
import provider from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import type { Any } from "google-protobuf/google/protobuf/any_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Plugin } from "../../../components/plugin/serve/plugin";
import { listen } from "../../../components/plugin/serve/server";
import { decode, encode, type Properties } from "../../../components/plugin/serve/values";

/** A failed call as the engine sees it: the sentence, and the object that exists all the same. */
export class CallError extends Error {
  constructor(
    message: string,
    readonly partial: { id: string; outputs: Properties; inputs: Properties } | undefined,
  ) {
    super(message);
  }
}

/** Talks to a plugin as the Pulumi engine does. */
export class Engine {
  readonly #client: InstanceType<typeof services.ResourceProviderClient>;

  private constructor(port: number) {
    this.#client = new services.ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  }

  static async start<T>(plugin: Plugin<T>): Promise<Engine> {
    return new Engine(await listen(plugin));
  }

  close(): void {
    (this.#client as Client).close();
  }

  configure(args: Properties): Promise<provider.ConfigureResponse> {
    const request = new provider.ConfigureRequest();
    request.setArgs(encode(args));
    return this.#call((done) => this.#client.configure(request, done));
  }

  async checkConfig(news: Properties) {
    const request = new provider.CheckRequest();
    request.setNews(encode(news));
    const response = await this.#call<provider.CheckResponse>((done) =>
      this.#client.checkConfig(request, done),
    );
    return checked(response);
  }

  async check(token: string, news: Properties, olds: Properties = {}) {
    const request = new provider.CheckRequest();
    request.setUrn(urn(token));
    request.setNews(encode(news));
    request.setOlds(encode(olds));
    request.setRandomseed(new Uint8Array([1, 2, 3, 4]));
    return checked(await this.#call<provider.CheckResponse>((done) => this.#client.check(request, done)));
  }

  async diff(token: string, oldInputs: Properties, news: Properties) {
    const request = new provider.DiffRequest();
    request.setUrn(urn(token));
    request.setOldInputs(encode(oldInputs));
    request.setOlds(encode(oldInputs));
    request.setNews(encode(news));
    const response = await this.#call<provider.DiffResponse>((done) => this.#client.diff(request, done));
    const detail: Record<string, number> = {};
    response.getDetaileddiffMap().forEach((value, path) => {
      detail[path] = value.getKind();
    });
    return {
      changed: response.getChanges() === provider.DiffResponse.DiffChanges.DIFF_SOME,
      replaces: response.getReplacesList(),
      deleteBeforeReplace: response.getDeletebeforereplace(),
      detail,
    };
  }

  async create(token: string, inputs: Properties, preview = false) {
    const request = new provider.CreateRequest();
    request.setUrn(urn(token));
    request.setProperties(encode(inputs));
    request.setPreview(preview);
    const response = await this.#call<provider.CreateResponse>((done) => this.#client.create(request, done));
    return { id: response.getId(), outputs: decode(response.getProperties()) };
  }

  async update(token: string, id: string, olds: Properties, news: Properties, preview = false) {
    const request = new provider.UpdateRequest();
    request.setUrn(urn(token));
    request.setId(id);
    request.setOlds(encode(olds));
    request.setNews(encode(news));
    request.setPreview(preview);
    const response = await this.#call<provider.UpdateResponse>((done) => this.#client.update(request, done));
    return decode(response.getProperties());
  }

  async read(token: string, id: string, outputs: Properties = {}, inputs: Properties = {}) {
    const request = new provider.ReadRequest();
    request.setUrn(urn(token));
    request.setId(id);
    request.setProperties(encode(outputs));
    request.setInputs(encode(inputs));
    const response = await this.#call<provider.ReadResponse>((done) => this.#client.read(request, done));
    return {
      id: response.getId(),
      outputs: decode(response.getProperties()),
      inputs: decode(response.getInputs()),
    };
  }

  async remove(token: string, id: string, outputs: Properties = {}): Promise<void> {
    const request = new provider.DeleteRequest();
    request.setUrn(urn(token));
    request.setId(id);
    request.setProperties(encode(outputs));
    await this.#call((done) => this.#client.delete(request, done));
  }

  async invoke(token: string, args: Properties) {
    const request = new provider.InvokeRequest();
    request.setTok(token);
    request.setArgs(encode(args));
    const response = await this.#call<provider.InvokeResponse>((done) => this.#client.invoke(request, done));
    return { failures: failuresIn(response), outputs: decode(response.getReturn()) };
  }

  async cancel(): Promise<void> {
    await this.#call((done) => this.#client.cancel(new Empty(), done));
  }

  async schema(): Promise<Record<string, unknown>> {
    const request = new provider.GetSchemaRequest();
    const response = await this.#call<provider.GetSchemaResponse>((done) =>
      this.#client.getSchema(request, done),
    );
    return JSON.parse(response.getSchema());
  }

  #call<Response>(
    start: (done: (error: ServiceError | null, response: Response) => void) => unknown,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      start((error, response) => (error === null ? resolve(response) : reject(callError(error))));
    });
  }
}

function checked(response: provider.CheckResponse) {
  return { inputs: decode(response.getInputs()), failures: failuresIn(response) };
}

function failuresIn(response: { getFailuresList(): provider.CheckFailure[] }) {
  return response
    .getFailuresList()
    .map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() }));
}

function urn(token: string): string {
  return `urn:pulumi:dev::entra-connectors::entra-connectors:index:Connector$${token}::example`;
}

function callError(error: ServiceError): CallError {
  return new CallError(error.details, partialIn(error.metadata));
}

function partialIn(metadata: Metadata) {
  const [bytes] = metadata.get("grpc-status-details-bin");
  if (!Buffer.isBuffer(bytes)) return undefined;
  const any: Any | undefined = Status.deserializeBinary(bytes).getDetailsList()[0];
  if (any === undefined) return undefined;
  const failed = provider.ErrorResourceInitFailed.deserializeBinary(any.getValue_asU8());
  return { id: failed.getId(), outputs: decode(failed.getProperties()), inputs: decode(failed.getInputs()) };
}
