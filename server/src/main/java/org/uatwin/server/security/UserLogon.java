package org.uatwin.server.security;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.sdk.server.RoleMapper;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.identity.AbstractIdentity;
import org.eclipse.milo.opcua.sdk.server.identity.AbstractUsernameIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.AbstractX509IdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.CompositeValidator;
import org.eclipse.milo.opcua.sdk.server.identity.DefaultUsernameIdentity;
import org.eclipse.milo.opcua.sdk.server.identity.DefaultX509UserIdentity;
import org.eclipse.milo.opcua.sdk.server.identity.Identity;
import org.eclipse.milo.opcua.sdk.server.identity.IdentityValidator;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.SignatureData;
import org.eclipse.milo.opcua.stack.core.types.structured.UserIdentityToken;
import org.eclipse.milo.opcua.stack.core.types.structured.UserNameIdentityToken;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.jspecify.annotations.Nullable;
import org.uatwin.certs.user.AuthenticatedUser;
import org.uatwin.certs.user.Role;
import org.uatwin.certs.user.UserDirectory;
import org.uatwin.certs.validation.CertificateValidator;
import org.uatwin.certs.validation.Purpose;
import org.uatwin.certs.validation.ValidationResult;

/**
 * Logs users on and gives their sessions roles. Every refusal of a password looks the same to the client
 * (Bad_UserAccessDenied), whatever was wrong with it, so that it tells nothing about names or padding.
 */
final class UserLogon implements RoleMapper {
    private final UserDirectory users;
    private final CertificateValidator userCertificates;
    private final Optional<Role> anonymousRole;
    private final RefusedCertificates refusals;
    private final InstantSource clock;

    /**
     * @param userCertificates validates over the users' trust folders.
     * @param anonymousRole role of a session without a user; empty refuses them.
     */
    UserLogon(
            UserDirectory users,
            CertificateValidator userCertificates,
            Optional<Role> anonymousRole,
            RefusedCertificates refusals,
            InstantSource clock) {
        this.users = users;
        this.userCertificates = userCertificates;
        this.anonymousRole = anonymousRole;
        this.refusals = refusals;
        this.clock = clock;
    }

    boolean allowsAnonymous() {
        return anonymousRole.isPresent();
    }

    IdentityValidator validator() {
        IdentityValidator passwords = new PasswordLogon();
        IdentityValidator certificates = new CertificateLogon();
        return allowsAnonymous()
                ? new Logon(AnonymousIdentityValidator.INSTANCE, passwords, certificates)
                : new Logon(passwords, certificates);
    }

    @Override
    public List<NodeId> getRoleIds(Identity identity) {
        Set<NodeId> roles = new HashSet<>();
        roles.add(NodeIds.WellKnownRole_Anonymous);
        if (identity.getUserTokenType() == UserTokenType.Anonymous) {
            anonymousRole.ifPresent(role -> roles.add(new NodeId(0, role.nodeId())));
            return List.copyOf(roles);
        }
        roles.add(NodeIds.WellKnownRole_AuthenticatedUser);
        if (identity instanceof AbstractIdentity known && known.getUserData() instanceof AuthenticatedUser user) {
            user.roles().forEach(role -> roles.add(new NodeId(0, role.nodeId())));
        }
        return List.copyOf(roles);
    }

    private static final class Logon extends CompositeValidator {
        Logon(IdentityValidator... validators) {
            super(validators);
        }

        @Override
        public Identity validateIdentityToken(
                Session session, UserIdentityToken token, UserTokenPolicy policy, SignatureData signature)
                throws UaException {
            String policyUri = policy.getSecurityPolicyUri(); // none: that of the channel, which has what it needs
            if (policyUri != null && !policyUri.isEmpty()) {
                SignatureProvider.installFor(policyUri);
            }
            return super.validateIdentityToken(session, token, policy, signature);
        }
    }

    private final class PasswordLogon extends AbstractUsernameIdentityValidator {
        // whether the logon on this thread came as far as comparing the password
        private final ThreadLocal<Boolean> isChecked = ThreadLocal.withInitial(() -> false);

        @Override
        protected DefaultUsernameIdentity validateUsernameToken(
                Session session, UserNameIdentityToken token, UserTokenPolicy policy, SignatureData signature)
                throws UaException {
            String algorithm = token.getEncryptionAlgorithm();
            if (algorithm == null || algorithm.isEmpty()) {
                // Every token policy of ours has a security policy: a password in clear is not a valid token.
                throw new UaException(StatusCodes.Bad_IdentityTokenInvalid);
            }
            isChecked.set(false);
            try {
                return (DefaultUsernameIdentity) super.validateUsernameToken(session, token, policy, signature);
            } catch (UaException | RuntimeException e) {
                if (!isChecked.get()) {
                    users.refuseUnread(); // an unreadable password costs the same work as a wrong one
                }
                throw new UaException(StatusCodes.Bad_UserAccessDenied);
            } finally {
                isChecked.remove();
            }
        }

        @Override
        protected @Nullable DefaultUsernameIdentity authenticateUsernamePassword(
                Session session, String username, String password) {
            isChecked.set(true);
            return users.authenticate(username, password.toCharArray())
                    .map(user -> with(new DefaultUsernameIdentity(username), user))
                    .orElse(null);
        }
    }

    private final class CertificateLogon extends AbstractX509IdentityValidator {
        @Override
        protected @Nullable DefaultX509UserIdentity authenticateCertificate(
                Session session, X509Certificate certificate) {
            ValidationResult result =
                    userCertificates.validate(List.of(certificate), Purpose.USER, null, clock.instant());
            if (!result.isGood()) {
                refusals.refused(List.of(certificate), "", result);
            }
            return result.isGood()
                    ? with(new DefaultX509UserIdentity(certificate), users.certificateUser(certificate))
                    : null;
        }
    }

    private static <T extends AbstractIdentity> T with(T identity, AuthenticatedUser user) {
        identity.setUserData(user);
        return identity;
    }
}
