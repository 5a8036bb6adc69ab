package org.uatwin.server.security;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.CertificateFactory;
import org.eclipse.milo.opcua.stack.core.security.CertificateGroup;
import org.eclipse.milo.opcua.stack.core.security.CertificateManager;
import org.eclipse.milo.opcua.stack.core.security.CertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.MemoryTrustListManager;
import org.eclipse.milo.opcua.stack.core.security.TrustListManager;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.uatwin.certs.store.OwnIdentity;

/**
 * The server's certificate and the check of its clients' as Milo wants them: a manager with one group. Trust lists are
 * files of the data directory ({@link org.uatwin.certs.trust.TrustStore}); Milo's own lists stay empty and are asked
 * by nobody, because the validator below is the only one.
 */
final class OwnCertificate implements CertificateManager, CertificateGroup {
    private final OwnIdentity identity;
    private final CertificateValidator validator;
    private final ByteString thumbprint;
    private final TrustListManager unusedTrustList = new MemoryTrustListManager();
    private final CertificateQuarantine unusedQuarantine = new MemoryCertificateQuarantine();

    OwnCertificate(
            OwnIdentity identity,
            org.uatwin.certs.validation.CertificateValidator peers,
            RefusedCertificates refusals,
            InstantSource clock)
            throws UaException {
        this.identity = identity;
        this.validator = new ClientCertificateCheck(peers, refusals, clock);
        this.thumbprint = CertificateUtil.thumbprint(identity.certificate());
    }

    private boolean isOurs(ByteString wanted) {
        return thumbprint.equals(wanted);
    }

    private X509Certificate[] chain() {
        return identity.chain().toArray(new X509Certificate[0]);
    }

    @Override
    public Optional<KeyPair> getKeyPair(ByteString wanted) {
        return isOurs(wanted) ? Optional.of(identity.keyPair()) : Optional.empty();
    }

    @Override
    public Optional<X509Certificate> getCertificate(ByteString wanted) {
        return isOurs(wanted) ? Optional.of(identity.certificate()) : Optional.empty();
    }

    @Override
    public Optional<X509Certificate[]> getCertificateChain(ByteString wanted) {
        return isOurs(wanted) ? Optional.of(chain()) : Optional.empty();
    }

    @Override
    public Optional<CertificateGroup> getCertificateGroup(ByteString wanted) {
        return isOurs(wanted) ? Optional.of(this) : Optional.empty();
    }

    @Override
    public Optional<CertificateGroup> getCertificateGroup(NodeId certificateGroupId) {
        return getCertificateGroupId().equals(certificateGroupId) ? Optional.of(this) : Optional.empty();
    }

    @Override
    public List<CertificateGroup> getCertificateGroups() {
        return List.of(this);
    }

    @Override
    public CertificateQuarantine getCertificateQuarantine() {
        return unusedQuarantine;
    }

    @Override
    public NodeId getCertificateGroupId() {
        return NodeIds.ServerConfiguration_CertificateGroups_DefaultApplicationGroup;
    }

    @Override
    public List<NodeId> getSupportedCertificateTypeIds() {
        return List.of(NodeIds.RsaSha256ApplicationCertificateType);
    }

    @Override
    public TrustListManager getTrustListManager() {
        return unusedTrustList;
    }

    @Override
    public List<Entry> getCertificateEntries() {
        return List.of(new Entry(getCertificateGroupId(), NodeIds.RsaSha256ApplicationCertificateType, chain()));
    }

    private static boolean isRsa(NodeId certificateTypeId) {
        return NodeIds.RsaSha256ApplicationCertificateType.equals(certificateTypeId);
    }

    @Override
    public Optional<KeyPair> getKeyPair(NodeId certificateTypeId) {
        return isRsa(certificateTypeId) ? Optional.of(identity.keyPair()) : Optional.empty();
    }

    @Override
    public Optional<X509Certificate[]> getCertificateChain(NodeId certificateTypeId) {
        return isRsa(certificateTypeId) ? Optional.of(chain()) : Optional.empty();
    }

    @Override
    public void updateCertificate(NodeId certificateTypeId, KeyPair keyPair, X509Certificate[] certificateChain)
            throws UaException {
        throw new UaException(
                StatusCodes.Bad_NotSupported, "replace the files under pki/own and restart; push is not offered");
    }

    @Override
    public CertificateFactory getCertificateFactory() {
        throw new IllegalStateException("certificates are made by the certs module, never by Milo");
    }

    @Override
    public CertificateValidator getCertificateValidator() {
        return validator;
    }
}
