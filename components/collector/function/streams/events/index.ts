/** Streams of what happened: each event once, however late or often the service shows it. */
export { directoryAudits } from "./directory-audits";
export { exchangeActivity } from "./exchange-activity";
export { signIns } from "./sign-ins";
