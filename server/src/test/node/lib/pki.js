'use strict';
// Certificates of the client and of a person, made by node-opcua itself; no key is kept in the repository.
const crypto = require('crypto'), fs = require('fs'), path = require('path');
const { OPCUACertificateManager } = require('node-opcua');

const APPLICATION_URI = 'urn:uatwin:interop-client';

async function make(folder, name, applicationUri) {
  const manager = new OPCUACertificateManager({ rootFolder: path.join(folder, name), automaticallyAcceptUnknownCertificate: true });
  await manager.initialize();
  const certificateFile = path.join(folder, name, 'own', 'certs', `${name}.pem`);
  if (!fs.existsSync(certificateFile)) await manager.createSelfSignedCertificate({ // a restarted server keeps its own
    applicationUri, dns: ['localhost'], ip: ['127.0.0.1'], subject: `/CN=${name}/O=uatwin tests`,
    startDate: new Date(Date.now() - 3600e3), validity: 30, outputFile: certificateFile,
  });
  const der = new crypto.X509Certificate(fs.readFileSync(certificateFile)).raw;
  return {
    manager, certificateFile, privateKeyFile: manager.privateKey, der,
    privateKey: fs.readFileSync(manager.privateKey, 'utf8'),
    thumbprint: crypto.createHash('sha1').update(der).digest('hex').toUpperCase(),
  };
}

/** Whether a folder of certificates (DER or PEM) holds this one. */
function lists(folder, certificate) {
  if (!fs.existsSync(folder)) return false;
  return fs.readdirSync(folder).some((file) => fs.readFileSync(path.join(folder, file)).equals(certificate.der));
}

module.exports = { APPLICATION_URI, make, lists };
