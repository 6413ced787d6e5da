import { ccc } from 'tencentcloud-sdk-nodejs/tencentcloud/services/ccc/index.js';
import { credentials, report, task, url } from './report.mjs';

const profile = { httpProfile: { endpoint: new URL(url).host, protocol: 'http://' } };
const client = new ccc.v20200210.Client({ credential: credentials, region: '', profile });
report(client.CreateAutoCalloutTask(task));
