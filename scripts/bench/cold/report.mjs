/** Prints when the first response came, counted from the start of the process, and what is resident then. */
export function report(call) {
  call.then(
    () => {
      const ms = performance.now();
      process.stdout.write(JSON.stringify({ ms, rss: process.memoryUsage.rss() }), () => process.exit());
    },
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
}

export const url = process.argv[2];
export const credentials = { secretId: 'AKIDbenchmark', secretKey: 'benchmark-secret-key' };
export const task = { SdkAppId: 1, NotBefore: 1, Callees: ['1'], Callers: ['2'], IvrId: 3 };
