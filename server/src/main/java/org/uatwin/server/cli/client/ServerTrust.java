package org.uatwin.server.cli.client;

import java.io.Console;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.jspecify.annotations.Nullable;
import org.uatwin.certs.store.CertificateFiles;
import org.uatwin.certs.store.CertificateInfo;
import org.uatwin.certs.store.PkiDirectory;
import org.uatwin.certs.store.Thumbprint;
import org.uatwin.certs.trust.TrustStore;
import org.uatwin.certs.validation.Purpose;
import org.uatwin.certs.validation.ValidationPolicy;
import org.uatwin.certs.validation.ValidationResult;
import org.uatwin.server.cli.CliException;
import org.uatwin.server.cli.Exit;

/**
 * Whether the certificate of a server is trusted: when it, or the CA that issued it, lies in the client's trusted
 * folder. A server on this machine is trusted on first use; another one by {@code --trust-server} or a yes on the
 * console. A changed certificate of a known application is never taken silently, not even on this machine.
 */
final class ServerTrust implements CertificateValidator {
    private final TrustStore store;
    private final org.uatwin.certs.validation.CertificateValidator validator;
    private final PkiDirectory pki;
    private final boolean isLoopback;
    private final boolean isTold;
    private final Consumer<String> say;

    /**
     * @param isLoopback the server is on this machine.
     * @param isTold the user said {@code --trust-server}.
     */
    ServerTrust(PkiDirectory pki, boolean isLoopback, boolean isTold, Consumer<String> say) {
        this.pki = pki.create();
        this.store = new TrustStore(pki.applications(), InstantSource.system(), System::nanoTime);
        this.validator = new org.uatwin.certs.validation.CertificateValidator(store, ValidationPolicy.defaults());
        this.isLoopback = isLoopback;
        this.isTold = isTold;
        this.say = say;
    }

    /** Before connecting: settles the trust in the certificate an endpoint announces, by asking if need be. */
    void check(EndpointDescription endpoint) {
        ByteString encoded = endpoint.getServerCertificate();
        if (encoded == null || encoded.isNullOrEmpty()) {
            return; // an endpoint without security and without users' secrets has none
        }
        List<X509Certificate> chain;
        try {
            chain = CertificateFiles.parseCertificates(encoded.bytesOrEmpty());
        } catch (CertificateException e) {
            throw new CliException(Exit.NO_CONNECTION, "the server's certificate cannot be read.", e);
        }
        ValidationResult result = judge(chain, null);
        if (result.isGood()) {
            return;
        }
        X509Certificate leaf = chain.get(0);
        if (!result.canBeTrusted()) {
            throw new CliException(
                    Exit.NO_CONNECTION,
                    "the server's certificate cannot be accepted (%s): %s."
                            .formatted(result.outcome().statusName(), result.detail()));
        }
        CertificateInfo info = CertificateInfo.of(leaf);
        Optional<CertificateInfo> former = formerOf(info);
        if (!isTold && !(isLoopback && former.isEmpty()) && !agrees(info, former)) {
            throw new CliException(
                    Exit.NO_CONNECTION,
                    "%s \"%s\", thumbprint %s.%nFix: compare the thumbprint with the server's (uatwin certs list there), then repeat with --trust-server."
                            .formatted(
                                    former.isPresent()
                                            ? "the server's certificate is another one than before:"
                                            : "the server's certificate is not trusted yet:",
                                    info.commonName(),
                                    info.thumbprint()));
        }
        store.trust(leaf);
        say.accept("trusting the server \"%s\", thumbprint %s, from now on (%s)"
                .formatted(info.commonName(), info.thumbprint(), pki.root()));
        former.ifPresent(old -> store.snapshot().trusted().stream()
                .filter(c -> c.info().thumbprint().equals(old.thumbprint()))
                .forEach(store::delete));
    }

    private Optional<CertificateInfo> formerOf(CertificateInfo info) {
        return store.refresh().trusted().stream()
                .map(stored -> stored.info())
                .filter(other -> other.applicationUri().isPresent()
                        && other.applicationUri().equals(info.applicationUri())
                        && !other.thumbprint().equals(info.thumbprint()))
                .findFirst();
    }

    @SuppressWarnings("SystemConsoleNull") // from Java 22 on there always is one; without a terminal it reads null
    private static boolean agrees(CertificateInfo info, Optional<CertificateInfo> former) {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        String answer = console.readLine(
                "The server's certificate is %s.%n  name        %s%n  valid until %s%n  thumbprint  %s%nTrust it from now on? [y/N] ",
                former.isPresent() ? "another one than before" : "not trusted yet",
                info.commonName(),
                info.notAfter(),
                info.thumbprint());
        return answer != null && answer.strip().equalsIgnoreCase("y");
    }

    @Override
    public void validateCertificateChain(
            List<X509Certificate> chain, @Nullable String applicationUri, @Nullable String @Nullable [] validHostnames)
            throws UaException {
        ValidationResult result = judge(chain, applicationUri);
        if (!result.isGood()) {
            throw new UaException(
                    StatusCodes.Bad_CertificateUntrusted,
                    "the server's certificate %s: %s".formatted(Thumbprint.of(chain.get(0)), result.detail()));
        }
    }

    private ValidationResult judge(List<X509Certificate> chain, @Nullable String applicationUri) {
        return validator.judge(chain, Purpose.SERVER_INSTANCE, applicationUri, Instant.now());
    }
}
