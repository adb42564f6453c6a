/** The report: from what was collected to one file that anybody can open. */
export { type BuiltReport, buildReport } from "./build";
export { reportHtml } from "./html";
export { makeReport, writeReport } from "./make";
export { reportMarkdown } from "./markdown";
export type { Report } from "./model";
export { reportText } from "./text";
