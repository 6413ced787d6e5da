// Names of the stable semantic conventions of OpenTelemetry, as of version 1.45. Written out, so that no package of theirs
// is needed at run time but the API.
export const ERROR_TYPE = 'error.type';
export const HTTP_REQUEST_METHOD = 'http.request.method';
export const HTTP_REQUEST_RESEND_COUNT = 'http.request.resend_count';
export const HTTP_RESPONSE_STATUS_CODE = 'http.response.status_code';
export const RPC_METHOD = 'rpc.method';
export const RPC_STATUS_CODE = 'rpc.status_code';
export const RPC_SYSTEM_NAME = 'rpc.system.name';
export const SERVER_ADDRESS = 'server.address';
export const SERVER_PORT = 'server.port';
export const URL_FULL = 'url.full';

// What no convention has.
export const TCCC_OUTCOME = 'tccc.outcome';
export const TCCC_ATTEMPTS = 'tccc.attempts';
export const TCCC_REQUEST_ID = 'tccc.request_id';
export const TCCC_TRACE_ID = 'tccc.trace_id';
export const TCCC_WAIT = 'tccc.wait';

/** The value of `rpc.system.name`. */
export const SYSTEM = 'tencentcloud_api';
