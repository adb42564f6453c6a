import type { Problem, StreamStatus } from "../../../components/collector/function/model/status";

/** The status of a stream that is complete, or what the changes make of it. */
export function streamStatus(changes: Partial<StreamStatus> = {}): StreamStatus {
  return {
    connector: "conductorone",
    stream: "users",
    state: "connected",
    run: {
      runId: "20261121T080000Z-000001",
      kind: "full",
      startedAt: "2026-11-21T08:00:00.000Z",
      endedAt: "2026-11-21T08:00:01.300Z",
      records: 1234,
      tombstones: 0,
      requests: 3,
      throttled: 0,
      retries: 0,
      milliseconds: 1300,
      resumed: 0,
    },
    lastSuccess: "2026-11-21T08:00:01.300Z",
    updatedAt: "2026-11-21T08:00:01.300Z",
    ...changes,
  };
}

export const forbidden: Problem = {
  code: "permission-missing",
  message: "Microsoft Graph refuses /users.",
  next: "Grant the permission, then start the stream again.",
  permission: "User.Read.All",
  requestId: "0b1f6471-1bf0-4dda-aec3-cb9272f09590",
};
