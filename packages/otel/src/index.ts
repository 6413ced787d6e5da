export const OTEL = 'tccc';
