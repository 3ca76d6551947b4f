import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";
import { needDebian } from "../apt.js";
import { freePort, untilReady } from "./process.js";

export interface S3Server {
  endpoint: string;
  /** What --blobs takes: its bucket and endpoint. */
  url: string;
  /** The keys, as the program reads them from its environment. */
  env: { AWS_ACCESS_KEY_ID: string; AWS_SECRET_ACCESS_KEY: string };
  stop(): Promise<void>;
}

const env = { AWS_ACCESS_KEY_ID: "kominfo:uji", AWS_SECRET_ACCESS_KEY: "rahasia-uji" };
const packages = "swift-proxy swift-account swift-container swift-object memcached";
const servers = ["account", "container", "object"] as const;

/** OpenStack Swift with its S3 interface, which checks signatures (SigV4), on free loopback ports, with one bucket. */
export async function startSwift(): Promise<S3Server> {
  for (const tool of ["swift-proxy-server", "swift-object-server", "memcached"])
    needDebian(tool, ...packages.split(" "));
  await setHashSuffix();
  const folder = await mkdtemp(path.join(tmpdir(), "kominfo-swift-"));
  const etc = path.join(folder, "etc");
  await mkdir(etc);
  await mkdir(path.join(folder, "node", "sda"), { recursive: true });
  const [proxy = 0, memcached = 0, ...ports] = await Promise.all([1, 2, 3, 4, 5].map(freePort));
  for (const [i, kind] of servers.entries()) {
    const port = ports[i] ?? 0;
    const ring = (...words: string[]) =>
      execFileSync("swift-ring-builder", [`${kind}.builder`, ...words], { cwd: etc });
    ring("create", "4", "1", "1");
    ring("add", `r1z1-127.0.0.1:${port}/sda`, "1");
    ring("rebalance");
    await writeFile(path.join(etc, `${kind}.conf`), serverConfig(kind, port, folder));
  }
  await writeFile(path.join(etc, "proxy.conf"), proxyConfig(proxy, memcached, folder));
  const children: ChildProcess[] = [];
  const start = (command: string, ...words: string[]) =>
    children.push(spawn(command, words, { stdio: "ignore" }));
  start("memcached", "-u", userInfo().username, "-l", "127.0.0.1", "-p", String(memcached), "-m", "16");
  for (const kind of [...servers, "proxy"]) start(`swift-${kind}-server`, path.join(etc, `${kind}.conf`));
  for (const port of [...ports, proxy]) await untilReady(port);
  const endpoint = `http://127.0.0.1:${proxy}`;
  await makeBucket(endpoint);
  return {
    endpoint,
    url: `s3://redaksi?endpoint=${encodeURIComponent(endpoint)}`,
    env,
    async stop() {
      const ended = children.map((child) => new Promise((resolve) => child.on("close", resolve)));
      for (const child of children) child.kill("SIGTERM");
      await Promise.all(ended);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function makeBucket(endpoint: string): Promise<void> {
  const { S3Client, CreateBucketCommand } = await import("@aws-sdk/client-s3");
  const client = new S3Client({
    endpoint,
    region: "us-east-1",
    forcePathStyle: true,
    credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID, secretAccessKey: env.AWS_SECRET_ACCESS_KEY },
    requestChecksumCalculation: "WHEN_REQUIRED",
  });
  await client.send(new CreateBucketCommand({ Bucket: "redaksi" }));
  client.destroy();
}

/** Swift reads this one file from /etc only. */
async function setHashSuffix(): Promise<void> {
  const file = "/etc/swift/swift.conf";
  const present = await readFile(file, "utf8").catch(() => "");
  if (/^swift_hash_path_suffix *= *\S/m.test(present)) return;
  const text =
    "[swift-hash]\nswift_hash_path_suffix = uji\nswift_hash_path_prefix = uji\n" +
    "[storage-policy:0]\nname = Policy-0\ndefault = yes\n";
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const [command = "tee", ...words] = [...sudo, "tee", file];
  execFileSync(command, words, { input: text, stdio: ["pipe", "ignore", "inherit"] });
}

const general = (port: number, folder: string) => `[DEFAULT]
bind_ip=127.0.0.1
bind_port=${port}
workers=0
user=${userInfo().username}
swift_dir=${folder}/etc
log_level=WARNING
`;

const serverConfig = (
  kind: string,
  port: number,
  folder: string,
) => `${general(port, folder)}devices=${folder}/node
mount_check=false
[pipeline:main]
pipeline=${kind}-server
[app:${kind}-server]
use=egg:swift#${kind}
`;

const proxyConfig = (
  port: number,
  memcached: number,
  folder: string,
) => `${general(port, folder)}[pipeline:main]
pipeline=catch_errors cache listing_formats bulk s3api tempauth copy slo dlo versioned_writes proxy-server
[app:proxy-server]
use=egg:swift#proxy
account_autocreate=true
[filter:cache]
use=egg:swift#memcache
memcache_servers=127.0.0.1:${memcached}
[filter:s3api]
use=egg:swift#s3api
location=us-east-1
s3_acl=false
check_bucket_owner=false
[filter:tempauth]
use=egg:swift#tempauth
user_kominfo_uji = ${env.AWS_SECRET_ACCESS_KEY} .admin
[filter:versioned_writes]
use=egg:swift#versioned_writes
allow_versioned_writes=true
${["catch_errors", "listing_formats", "bulk", "copy", "slo", "dlo"].map((one) => `[filter:${one}]\nuse=egg:swift#${one}\n`).join("")}`;
