import { describe, expect, it } from "vitest";
import { rdapRegistrations } from "../../../components/state";

const replying = (body: unknown, status = 200) => {
  const asked: string[] = [];
  const send = async (url: string | URL | Request) => {
    asked.push(String(url));
    return new Response(JSON.stringify(body), { status });
  };
  return { asked, registrations: rdapRegistrations({ endpoint: "https://rdap.test/domain/", fetch: send }) };
};

describe("a registry asked by RDAP", () => {
  it("says when a registration ends", async () => {
    const { asked, registrations } = replying({
      objectClassName: "domain",
      events: [
        { eventAction: "registration", eventDate: "2001-02-03T04:05:06Z" },
        { eventAction: "expiration", eventDate: "2027-02-03T04:05:06Z" },
      ],
    });
    expect(await registrations.expiry("contoso.example")).toBe(Date.parse("2027-02-03T04:05:06Z"));
    expect(asked).toEqual(["https://rdap.test/domain/contoso.example"]);
  });

  it.each([{}, { events: [] }, { events: [{ eventAction: "expiration", eventDate: "soon" }] }])(
    "may not say it: %j",
    async (body) => {
      expect(await replying(body).registrations.expiry("contoso.example")).toBeUndefined();
    },
  );

  it.each([
    [404, {}, "the registry knows no such domain, or answers no questions"],
    [429, {}, "the registry answered 429"],
    [200, { events: "none" }, "the registry answered something else than RDAP"],
  ])("fails with %i in words", async (status, body, message) => {
    await expect(replying(body, status).registrations.expiry("contoso.example")).rejects.toThrow(message);
  });

  it("fails in words when it can't be reached, or does not answer", async () => {
    const send = () => Promise.reject(new TypeError("fetch failed"));
    const broken = rdapRegistrations({ endpoint: "https://rdap.test/", fetch: send });
    await expect(broken.expiry("a.example")).rejects.toThrow("the registry can't be reached");
    const silent = rdapRegistrations({
      endpoint: "https://rdap.test/",
      timeoutMilliseconds: 20,
      fetch: (_, init) =>
        new Promise((_resolve, reject) =>
          init?.signal?.addEventListener("abort", () => reject(init.signal?.reason)),
        ),
    });
    await expect(silent.expiry("a.example")).rejects.toThrow("the registry did not answer");
  });
});
