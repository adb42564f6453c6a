import type { PlainProperties } from "../../../../components/plugin/serve";
import { type ArmKind, apiVersions } from "./api-versions";
import type { ArmResource } from "./arm";
import { plainValue } from "./plain";

/** The outputs that every ARM resource has. */
export function commonOutputs(resource: ArmResource, kind: ArmKind): PlainProperties {
  return {
    azureApiVersion: apiVersions[kind],
    name: resource.name ?? "",
    type: resource.type ?? "",
    ...(resource.location ? { location: resource.location } : {}),
    ...(resource.tags ? { tags: resource.tags } : {}),
    ...("systemData" in resource ? { systemData: plainValue(resource.systemData) } : {}),
  };
}

/** The inputs that most ARM resources tell alike. */
export function commonInputs(resource: ArmResource): PlainProperties {
  return {
    ...(resource.location ? { location: resource.location } : {}),
    ...(resource.tags && Object.keys(resource.tags).length > 0 ? { tags: resource.tags } : {}),
  };
}
