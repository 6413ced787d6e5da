import { ServiceClient } from '@tccc/core';
import { CreateAutoCalloutTask } from '@tccc/outbound';
import { credentials, report, task, url } from './report.mjs';

report(new ServiceClient({ endpoint: url, credentials }).call(CreateAutoCalloutTask, task));
