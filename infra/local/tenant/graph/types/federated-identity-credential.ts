import type { FederatedIdentityCredential } from "../../directory/model";
import { defineType, readOnly, text, texts } from "../entity-type";

/** Microsoft page "federatedIdentityCredential resource type". */
export const federatedIdentityCredentialType = defineType<FederatedIdentityCredential>({
  name: "federatedIdentityCredential",
  properties: {
    id: text(readOnly),
    name: text(),
    issuer: text(),
    subject: text(),
    description: text(),
    audiences: texts(),
  },
});
