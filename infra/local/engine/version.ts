import { version as sdkVersion } from "@pulumi/pulumi/version";

/**
 * Versions of the engine on machines that bring none of their own. The installer's is that of the SDK; the built one's
 * also stands in go.mod, beside this file: change both together (`go get github.com/pulumi/pulumi/pkg/v3@v…`).
 */
export const engineVersions = { download: sdkVersion, go: "3.259.0" } as const;
