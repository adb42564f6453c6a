import { describe, expect, it } from "vitest";
import { handoverSheet } from "../../../scripts/lib/handover/sheet";
import { sheetsText } from "../../../scripts/lib/handover/text";
import { connectorOutput, current, previous } from "./outputs";

const now = new Date("2026-11-21T00:00:00Z");
const subject = { slug: "conductorone", connector: connectorOutput() };

describe("the hand-over", () => {
  it("has the vendor's fields in the vendor's order, and says where the secret is", () => {
    const { fields } = handoverSheet(subject, now);
    expect(fields.slice(0, 3)).toEqual([
      { label: "Entra tenant ID", kind: "value", value: subject.connector.tenantId },
      { label: "Entra client ID", kind: "value", value: subject.connector.clientId },
      {
        label: "Entra client secret",
        kind: "secret",
        value: "in the vault: https://contoso.vault.azure.net/secrets/conductorone-client-secret",
      },
    ]);
    expect(fields.filter(({ kind }) => kind === "box").length).toBeGreaterThan(2);
  });

  it("shows the value only when it is given one", () => {
    expect(JSON.stringify(handoverSheet(subject, now, "s3cret"))).toContain("s3cret");
    expect(JSON.stringify(handoverSheet(subject, now))).not.toContain("s3cret");
  });

  it("says after a rotation what to paste, and by when", () => {
    const connector = connectorOutput({ credentials: [current, previous] });
    expect(handoverSheet({ slug: "x", connector }, now).remarks).toEqual([
      "The client secret has been rotated: paste the new one into the product before 2026-12-15. Until then both work.",
    ]);
  });

  it("warns before the end and after it", () => {
    const remarks = (instant: string) => handoverSheet(subject, new Date(instant)).remarks.join();
    expect(remarks("2027-02-18T00:00:00Z")).toMatch(/ends in 10 days/);
    expect(remarks("2027-03-01T00:00:00Z")).toMatch(/has expired/);
    expect(remarks("2026-11-21T00:00:00Z")).toBe("");
  });

  it("reads as a form", () => {
    const text = sheetsText([handoverSheet(subject, now)]);
    expect(text).toMatch(/^ConductorOne {2}/);
    expect(text).toMatch(/ {2}Entra tenant ID +6f2c1d5e/);
    expect(text).toMatch(/\[[ x]\] Schedule SCIM provisioning/);
    expect(text).toContain("The credential is valid until 2027-02-28.");
  });
});
