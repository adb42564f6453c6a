/** The policy pack: constructing it starts the server that the engine asks, so nothing but the entry does. */
import { PolicyPack } from "@pulumi/policy";
import { Config, getStack } from "@pulumi/pulumi";
import { toPolicy } from "./harness/policy";
import { readStackSettings } from "./harness/settings";
import { rules } from "./rules";

const config = new Config("entra-connectors");
const settings = readStackSettings(getStack(), (key) => config.get(key), Date.now());

new PolicyPack("entra-connectors", {
  description: "Keeps what connectors may do in a Microsoft Entra tenant to what was reviewed.",
  provider: "azuread",
  policies: rules.map((rule) => toPolicy(rule, settings)),
});
