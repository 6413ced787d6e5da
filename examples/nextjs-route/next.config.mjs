/** Left out of the bundle, and loaded from node_modules as it is. */
export default { serverExternalPackages: ['@tccc/outbound', '@tccc/core', 'undici'] };
