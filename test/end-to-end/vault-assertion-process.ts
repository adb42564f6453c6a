/** A fresh instance of the function app as far as its sign-in goes: prints an assertion that the vault signed, or why not. */
import { vaultAssertion } from "../../components/collector/function/sign-in/vault-assertion";

const task = JSON.parse(process.env.ASSERTION_TASK ?? "") as {
  readonly subject: Parameters<typeof vaultAssertion>[0];
  readonly identityClientId: string;
  /** Of the tenant's clock. */
  readonly now: number;
};

vaultAssertion(task.subject, task.identityClientId, () => task.now).then(
  (assertion) => process.stdout.write(JSON.stringify({ assertion })),
  (error: Error) => process.stdout.write(JSON.stringify({ refusal: error.message })),
);
