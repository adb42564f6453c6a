import { RunError } from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { UnknownCloudError } from "../../components/clouds";
import { explain } from "../../infra/explain";

function thrown(error: unknown): unknown {
  try {
    return explain(error);
  } catch (explained) {
    return explained;
  }
}

it("says what a person can mend without a stack trace", () => {
  const error = new UnknownCloudError("moon");
  expect(thrown(error)).toEqual(new RunError(error.message));
});

it("says what our own plugin said in the plugin's words", () => {
  const error = new Error(
    "invocation of entra-connectors:index:getCollectorPackage returned an error: The function app does not compile: index.ts:24: Expected",
  );
  expect(thrown(error)).toEqual(new RunError("The function app does not compile: index.ts:24: Expected"));
});

it("leaves anything else as it is", () => {
  const foreign = new Error(
    "invocation of azuread:index/getClientConfig:getClientConfig returned an error: down",
  );
  expect(thrown(foreign)).toBe(foreign);
  expect(thrown("text")).toBe("text");
});
