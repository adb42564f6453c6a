// Keeps one comment on the pull request up to date, and fails when a path to Global Administrator has no approval.
// Azure DevOps Services REST API 7.1: Git > Pull Request Threads, Pull Request Thread Comments, Pull Request Labels.
import { readFileSync } from "node:fs";

const marker = "<!-- entra-connectors:permission-review -->";
const { env } = process;
const collection = (env.SYSTEM_COLLECTIONURI ?? "").replace(/\/$/, "");
const pullRequest = `${collection}/${env.SYSTEM_TEAMPROJECTID}/_apis/git/repositories/${env.BUILD_REPOSITORY_ID}/pullRequests/${env.SYSTEM_PULLREQUEST_PULLREQUESTID}`;

async function call(method, url, body) {
  const response = await fetch(`${url}?api-version=7.1${url.endsWith("connectionData") ? "-preview" : ""}`, {
    method,
    headers: { authorization: `Bearer ${env.SYSTEM_ACCESSTOKEN}`, "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  if (response.ok) return await response.json();
  throw new Error(`${method} ${url} answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
}

// Only a thread of our own can be edited; anybody can write one that begins with the marker.
async function findThread() {
  const { authenticatedUser } = await call("GET", `${collection}/_apis/connectionData`);
  const { value } = await call("GET", `${pullRequest}/threads`);
  return value.find(({ isDeleted, comments: [first] = [] }) => {
    return !isDeleted && first?.author?.id === authenticatedUser.id && first.content?.startsWith(marker);
  });
}

async function comment(content, { changed, open }) {
  const thread = await findThread();
  const status = open ? "active" : "closed";
  if (thread) {
    await call("PATCH", `${pullRequest}/threads/${thread.id}/comments/${thread.comments[0].id}`, { content });
    await call("PATCH", `${pullRequest}/threads/${thread.id}`, { status });
  } else if (changed) {
    const comments = [{ parentCommentId: 0, content, commentType: "text" }];
    await call("POST", `${pullRequest}/threads`, { comments, status });
  }
}

async function isApproved(tag) {
  const { value } = await call("GET", `${pullRequest}/labels`);
  return value.some(({ active, name }) => active && name === tag);
}

async function main() {
  const code = env.REVIEW_CODE;
  if (!["0", "2", "3"].includes(code)) throw new Error("There is no review: the step before it did not end.");
  const fork = env.SYSTEM_PULLREQUEST_ISFORK?.toLowerCase() === "true";
  const approved = code !== "3" || (!fork && (await isApproved(env.REVIEW_TAG)));
  if (!fork) {
    const text = readFileSync("review/comment.md", "utf8");
    await comment(text, { changed: code !== "0", open: !approved });
  }
  if (approved) return;
  const how = fork
    ? "It comes from a fork, where no approval can be read: bring it in by a branch of this repository."
    : `Somebody other than its author approves it by the tag ${env.REVIEW_TAG}; then run this again.`;
  throw new Error(`This change opens a path to Global Administrator. ${how}`);
}

main().catch((error) => {
  console.log(`##vso[task.logissue type=error]${error.message.replace(/\s+/g, " ")}`);
  process.exitCode = 1;
});
