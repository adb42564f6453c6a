import { describe, expect, it } from "vitest";
import { parseSettings, settingsFromStackFile } from "../../../infra/settings";
import { credentialCalendar } from "../../../scripts/lib/credential-calendar/calendar";
import { planRotation } from "../../../scripts/lib/rotate/plan";
import { findConnector, renewable } from "../../../scripts/lib/rotate/subject";
import { rotationText } from "../../../scripts/lib/rotate/text";
import { connectorOutput, current, previous, stackOutputs } from "../scripts/outputs";

const now = "2026-11-21T10:00:00Z";
/** Counts generation 2 from 2026-09-01, as the deployed outputs of these tests have it. */
const text = `config:
  entra-connectors:tenantId: contoso.onmicrosoft.com
  entra-connectors:connectors:
    - name: ConductorOne
      profile: conductorone
      anchor: "2025-11-05"
    - name: Collector
      profile: collector
    - name: Vendor
      profile: netwrix-1secure-entra-id
    - name: Vendor Two
      profile: netwrix-1secure-entra-id
`;

const parse = (one: string, asOf = now) =>
  parseSettings(settingsFromStackFile(one, "Pulumi.a.yaml"), {
    stack: "a",
    now: new Date(asOf),
    fileReader: () => Buffer.alloc(0),
    unacknowledged: "warn",
  });

function planned(compromised: boolean, deployed = connectorOutput()) {
  const connector = findConnector(parse(text), "conductorone");
  const credentials = renewable(connector, undefined);
  const request = { stack: "a", asOf: now, connector, credentials, deployed, compromised };
  return planRotation(request, { file: "Pulumi.a.yaml", text, parse });
}

describe("the plan of a rotation", () => {
  it("says which slot is made, until when both sign in, what is written where and what is to be pasted", () => {
    const { plan, text: edited } = planned(false);
    expect(plan.credentials[0]).toMatchObject({
      current: { slot: 0, displayName: "conductorone-slot-0-2" },
      next: { slot: 1, displayName: "conductorone-slot-1-3", from: "2026-11-21T00:00:00Z" },
      taken: null,
      bothUntil: "2026-12-21T00:00:00Z",
      renewedAgain: "2027-04-20T00:00:00.000Z",
      change: { line: 6, path: "connectors[0].anchor", before: "2025-11-05", after: "2025-08-28" },
      delivery: { field: "Entra client secret" },
    });
    expect(edited).toBe(text.replace("2025-11-05", "2025-08-28"));
    const said = rotationText(plan, "planned", undefined);
    expect(said).toContain("Pulumi.a.yaml:6  connectors[0].anchor: 2025-11-05 -> 2025-08-28");
    expect(said).toContain("Run it without --dry-run");
    expect(said).not.toContain("about an hour");
  });

  it("goes on from what was deployed: what is written already stays, whatever the file counted before", () => {
    const { text: edited } = planned(false);
    const connector = findConnector(parse(edited), "conductorone");
    const request = {
      ...{ stack: "a", asOf: now, connector, compromised: false, deployed: connectorOutput() },
      credentials: renewable(connector, undefined),
    };
    const again = planRotation(request, { file: "Pulumi.a.yaml", text: edited, parse });
    expect(again.text).toBe(edited);
    expect(again.plan.credentials[0]?.change).toBeNull();
    expect(rotationText(again.plan, "written", undefined)).toContain("says so already");
  });

  it("names an older value that still signs in and loses its slot", () => {
    const deployed = connectorOutput({ credentials: [current, previous] });
    expect(planned(false, deployed).plan.credentials[0]?.taken).toMatchObject({ slot: 1 });
    expect(planned(true, deployed).plan.credentials[0]?.taken).toBeNull();
  });

  it("leaves no overlap to a value that has ended, or leaked", () => {
    const ended = connectorOutput({ credentials: [{ ...current, endDate: "2026-11-01T00:00:00Z" }] });
    expect(planned(false, ended).plan.credentials[0]?.bothUntil).toBeNull();
    expect(rotationText(planned(false, ended).plan, "written", undefined)).toContain(
      "The product can't sign in since 2026-11-01",
    );
    const leaked = planned(true).plan;
    expect(leaked.credentials[0]).toMatchObject({ bothUntil: null, next: { slot: 1 } });
    expect(rotationText(leaked, "written", undefined)).toMatch(/Deploy it now[\s\S]*about an hour/);
  });

  it("says of each of two credentials where its own value will be", () => {
    const two = text.replace(
      'profile: conductorone\n      anchor: "2025-11-05"',
      'profile: custom\n      capabilities: [users.read]\n      anchor: "2025-11-05"\n      credentials: [certificate, clientSecret]',
    );
    const connector = findConnector(parse(two), "conductorone");
    const secret = {
      ...current,
      vaultUri: null,
      secretName: null,
      secretOutput: "conductorone-client-secret",
    };
    const certificate = { ...secret, kind: "certificate", secretOutput: "conductorone-certificate" } as const;
    const deployed = connectorOutput({ profile: "custom", credentials: [certificate, secret] });
    deployed.settings.options = { capabilities: ["users.read"] };
    const request = { stack: "a", asOf: now, connector, compromised: false, deployed };
    const { plan } = planRotation(
      { ...request, credentials: renewable(connector, undefined) },
      { file: "Pulumi.a.yaml", text: two, parse },
    );
    expect(plan.credentials.map(({ kind, delivery }) => [kind, delivery?.field, delivery?.source])).toEqual([
      [
        "certificate",
        expect.any(String),
        "in the stack's encrypted output: secrets.conductorone-certificate",
      ],
      [
        "clientSecret",
        "client secret",
        "in the stack's encrypted output: secrets.conductorone-client-secret",
      ],
    ]);
  });

  it("refuses what was never deployed", () => {
    expect(() => planned(false, connectorOutput({ credentials: [] }))).toThrow(
      /has no clientSecret yet: the next deployment makes one/,
    );
  });
});

describe("who can be rotated", () => {
  it.each([
    ["conductorne", /no connector "conductorne"\. Did you mean "conductorone"\?/],
    ["netwrix-1secure-entra-id", /profile of 2 connectors/],
    ["nothing-like-it", /no connector "nothing-like-it"\.$/],
  ])("refuses %s", (wanted, message) => {
    expect(() => findConnector(parse(text), wanted)).toThrow(message);
  });

  it("refuses what has no value, and a kind that the connector has not", () => {
    expect(() => renewable(findConnector(parse(text), "collector"), undefined)).toThrow(
      /nothing to rotate: it signs in by a federated identity/,
    );
    expect(() => renewable(findConnector(parse(text), "vendor"), "certificate")).toThrow(
      /no credential of kind certificate/,
    );
  });

  it("refuses an anchor in the future, as every command does", () => {
    expect(() => parse(text.replace("2025-11-05", "2027-01-01"))).toThrow(/lies in the future/);
  });
});

describe("the calendar of credentials", () => {
  const calendar = (asOf: string, outputs = stackOutputs()) => credentialCalendar(parse(text, asOf), outputs);

  it("says when a credential renews itself", () => {
    expect(calendar(now)).toMatchObject([
      { connector: "conductorone", renewedOn: "2027-01-29T00:00:00.000Z", oldValueUntil: null, todo: null },
    ]);
  });

  it("reminds of a value that is to be pasted before the old one ends", () => {
    const outputs = stackOutputs();
    outputs.connectors.ConductorOne = connectorOutput({ credentials: [current, previous] });
    const [entry] = calendar(now, outputs);
    expect(entry).toMatchObject({ todo: "paste", oldValueUntil: previous.endDate });
    expect(entry?.remark).toContain("before 2026-12-15");
  });

  it("says that a deployment is due once the schedule has counted on", () => {
    expect(calendar("2027-02-01T00:00:00Z")).toMatchObject([
      { todo: "deploy", renewedOn: "2027-01-29T00:00:00Z" },
    ]);
  });
});
