/** Streams of what happened: each event once, however late or often the service shows it. */
export { directoryAudits } from "./directory-audits";
export { signIns } from "./sign-ins";
