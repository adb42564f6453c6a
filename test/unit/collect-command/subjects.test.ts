import { describe, expect, it } from "vitest";
import { cloudByName } from "../../../components/clouds";
import { collectorSettingsSchema } from "../../../components/collector/function/model/settings";
import type { StackOutputs } from "../../../infra/outputs";
import { chooseSubjects, servedConnector } from "../../../scripts/lib/collect/subjects";
import { connectorOutput, stackOutputs } from "../scripts/outputs";

const base = connectorOutput();
const [graph] = base.manifest.apis;
const roles = ["User.Read.All", "Group.Read.All", "GroupMember.Read.All"].map((value) => ({
  value,
  id: value,
  tier: "T2" as const,
  because: [],
}));
const manifest = {
  ...base.manifest,
  apis: [{ ...graph!, roles }],
  capabilities: ["users.read", "groups.read", "sign-in-activity.read"],
};
const reading = connectorOutput({ manifest });
const outputsWith = (connectors: StackOutputs["connectors"]): StackOutputs => ({
  ...stackOutputs(),
  connectors,
});
const outputs = outputsWith({ ConductorOne: reading });

describe("whom a command collects", () => {
  it("takes the streams that the permissions cover", () => {
    const [subject] = chooseSubjects(outputs, {});
    expect(subject?.streams).toEqual(["users", "groups"]);
    expect(chooseSubjects(outputs, { streams: ["groups"] })[0]?.streams).toEqual(["groups"]);
  });

  it("refuses a stream that is none, and one that is not covered", () => {
    expect(() => chooseSubjects(outputs, { streams: ["userz"] })).toThrow(
      /There is no stream "userz"\. Did you mean "users"\?/,
    );
    expect(() => chooseSubjects(outputs, { connector: "conductorone", streams: ["devices"] })).toThrow(
      "ConductorOne does not hold the permissions for devices.",
    );
  });

  it("leaves alone who writes and who is switched off", () => {
    const with_ = (settings: object) =>
      outputsWith({ x: connectorOutput({ manifest, settings: { ...base.settings, ...settings } }) });
    expect(() => chooseSubjects(with_({ access: "read-write" }), { connector: "conductorone" })).toThrow(
      "is read-write",
    );
    expect(() => chooseSubjects(with_({ crawl: false }), { connector: "conductorone" })).toThrow(
      "crawl: false",
    );
  });

  it("tells the runtime what the deployed app is told", () => {
    const options = { excludedServiceAccountGroups: ["Robots"], skipAdServerGroups: true };
    const connector = connectorOutput({ manifest, settings: { ...base.settings, options } });
    const subject = { slug: "conductorone", connector, streams: ["users"] as const };
    const served = servedConnector(subject, cloudByName("global"));
    expect(served).toMatchObject({
      slug: "conductorone",
      clientId: connector.clientId,
      cloud: { graph: "https://graph.microsoft.com", o365Management: "https://manage.office.com" },
      filters: { excludedServiceAccountGroups: ["Robots"], skipOnPremisesGroups: true },
      signInActivity: true,
    });
    expect(collectorSettingsSchema.shape.connectors.parse([served])).toEqual([served]);
  });

  it("tells the runtime which events the profile's settings choose", () => {
    const options = { nonOwnerMailboxAudit: true };
    const connector = connectorOutput({
      manifest,
      profile: "netwrix-1secure-exchange-online",
      settings: { ...base.settings, options },
    });
    const subject = { slug: "exchange", connector, streams: ["exchange-activity"] as const };
    const global = cloudByName("global");
    expect(servedConnector(subject, global).events).toMatchObject({
      exchangeActivity: true,
      nonOwnerMailboxAccess: true,
    });
    const foreign = { ...global, authority: { ...global.authority, ownO365Management: false } };
    expect(servedConnector(subject, foreign).cloud).not.toHaveProperty("o365Management");
  });
});
