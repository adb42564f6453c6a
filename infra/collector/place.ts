import type * as pulumi from "@pulumi/pulumi";
import type { Connector } from "../../components/connector";
import type { CollectorDeployment } from "../../components/permissions/settings";
import type { StackAzure } from "../azure";
import type { ConnectorEntry } from "../connectors";

/** An entry with the component that declares it. */
export interface DeclaredConnector {
  readonly entry: ConnectorEntry;
  readonly connector: Connector;
}

/** What all parts of the collector share. */
export interface CollectorPlace {
  readonly settings: CollectorDeployment;
  readonly azure: StackAzure;
  readonly declared: readonly DeclaredConnector[];
  readonly resourceGroupName: pulumi.Output<string>;
  readonly location: string;
  readonly tags: { [name: string]: string };
  readonly options: pulumi.ComponentResourceOptions;
}
