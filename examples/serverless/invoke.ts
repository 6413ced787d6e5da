import { handler } from './function.js';

console.log(JSON.stringify(await handler({ phone: process.argv[2] ?? '008613012345678' })));
