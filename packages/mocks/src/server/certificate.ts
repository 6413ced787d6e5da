import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';

/** What a TLS server needs, and what its clients must trust; all PEM. */
export interface Certificate {
  key: string;
  cert: string;
  /** The certificate of the authority. Its key is thrown away, so it vouches for nothing else. */
  ca: string;
}

const DAY_MS = 86_400_000;

/** How long it is valid. It is made again at each start. */
const VALID_DAYS = 30;

/**
 * Makes a certificate for these host names and addresses, and an authority for it: some clients trust authorities only.
 * Node.js cannot make certificates. node-forge can, is one package, and is loaded only for this.
 */
export async function makeCertificate(hosts: readonly string[]): Promise<Certificate> {
  const { default: forge } = await import('node-forge');
  const { pki, md } = forge;
  const makeKey = () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2_048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const [secret, open] = [pki.privateKeyFromPem(privateKey), pki.publicKeyFromPem(publicKey)];
    return { pem: privateKey, secret, open };
  };
  const name = (text: string) => [{ name: 'commonName', value: text }];
  const [authority, server] = [makeKey(), makeKey()];
  const authorityName = name(`tccc-mock ${randomBytes(4).toString('hex')}`);

  const make = (subject: typeof authorityName, open: typeof server.open, extensions: object[]) => {
    const certificate = pki.createCertificate();
    certificate.publicKey = open;
    // A positive number: its first bit is 0.
    certificate.serialNumber = `01${randomBytes(15).toString('hex')}`;
    certificate.validity.notBefore = new Date(Date.now() - DAY_MS);
    certificate.validity.notAfter = new Date(Date.now() + VALID_DAYS * DAY_MS);
    certificate.setSubject(subject);
    certificate.setIssuer(authorityName);
    certificate.setExtensions(extensions);
    certificate.sign(authority.secret, md.sha256.create());
    return pki.certificateToPem(certificate);
  };
  const authorityKeyId = pki.getPublicKeyFingerprint(authority.open).getBytes();
  return {
    key: server.pem,
    ca: make(authorityName, authority.open, [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
      { name: 'subjectKeyIdentifier' },
    ]),
    cert: make(name('tccc-mock'), server.open, [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectKeyIdentifier' },
      { name: 'authorityKeyIdentifier', keyIdentifier: authorityKeyId },
      { name: 'subjectAltName', altNames: hosts.map(alternativeName) },
    ]),
  };
}

/** A name or an address, as the extension has it. */
function alternativeName(host: string) {
  return isIP(host) === 0 ? { type: 2, value: host } : { type: 7, ip: host };
}
