package org.uatwin.server.cli;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.uatwin.certs.admin.CertificateAdmin;
import org.uatwin.certs.admin.CertificateChange;
import org.uatwin.certs.admin.CertificateListing;
import org.uatwin.certs.admin.CertificateRow;
import org.uatwin.certs.store.PkiDirectory;
import org.uatwin.certs.store.Thumbprint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uatwin certs}: whose certificates are trusted. A running server sees changes within a second. */
@Command(
        name = "certs",
        description = "Whose certificates are trusted; a running server sees changes within a second.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "A REFERENCE is a thumbprint, its first digits (4 or more), or a certificate file (DER or PEM).",
            "Exit codes: 0 done, 1 refused (no such certificate, ambiguous), 2 wrong usage."
        })
@SuppressWarnings("UnusedVariable") // picocli sets and reads the fields
final class CertsCommand implements Runnable {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: list, show, trust, reject or remove");
    }

    @Command(name = "list", description = "Show all certificates: own, trusted, issuers, rejected, those of persons.")
    int list(
            @Mixin CommonOptions help,
            @Mixin DataOption data,
            @Option(names = "--json", description = "Print as JSON.") boolean isJson) {
        Logging.forTool(help.isDebug());
        CertificateListing listing = admin(data).list();
        PrintWriter out = spec.commandLine().getOut();
        if (isJson) {
            out.println(Json.pretty(listing));
            return Exit.OK;
        }
        Table table = Table.of("STORE", "NAME", "THUMBPRINT", "VALID", "DAYS LEFT", "REMARKS");
        for (CertificateRow row : listing.certificates()) {
            table.row(
                    row.store(),
                    row.commonName(),
                    row.thumbprint(),
                    row.state(),
                    row.daysLeft(),
                    String.join("; ", row.defects()));
        }
        table.print(out);
        listing.problems().forEach(problem -> out.println("! " + Table.printable(problem)));
        return Exit.OK;
    }

    @Command(name = "show", description = "Show everything about one certificate.")
    int show(
            @Mixin CommonOptions help,
            @Mixin DataOption data,
            @Parameters(
                            index = "0",
                            paramLabel = "THUMBPRINT",
                            description = "A thumbprint, or its first digits (4 or more).")
                    String reference,
            @Option(names = "--json", description = "Print as JSON.") boolean isJson) {
        Logging.forTool(help.isDebug());
        String digits = Thumbprint.digitsOf(reference);
        List<CertificateRow> found = admin(data).list().certificates().stream()
                .filter(row -> digits.length() >= 4 && row.thumbprint().startsWith(digits))
                .toList();
        if (found.isEmpty()) {
            throw new CliException(
                    Exit.FAILED,
                    "%s: no certificate has this thumbprint. Fix: uatwin certs list shows them all."
                            .formatted(reference));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (isJson) {
            out.println(Json.pretty(found));
            return Exit.OK;
        }
        for (CertificateRow row : found) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("name", row.commonName());
            facts.put("store", row.store());
            facts.put("thumbprint", row.thumbprint());
            facts.put("application URI", row.applicationUri().isEmpty() ? "none" : row.applicationUri());
            facts.put("subject", row.subject());
            facts.put("issuer", row.selfSigned() ? "itself" : row.issuer());
            facts.put(
                    "valid",
                    "%s to %s (%s, %d days left)"
                            .formatted(row.notBefore(), row.notAfter(), row.state(), row.daysLeft()));
            facts.put("key", "%d bit, %s".formatted(row.keyBits(), row.signatureAlgorithm()));
            facts.put("file", row.file());
            facts.put("seen", row.seen());
            facts.put("remarks", row.defects().isEmpty() ? "none" : String.join("; ", row.defects()));
            Table table = new Table();
            facts.forEach(table::row);
            table.print(out);
        }
        return Exit.OK;
    }

    @Command(name = "trust", description = "Let the owner of a certificate in.")
    int trust(
            @Mixin CommonOptions help,
            @Mixin DataOption data,
            @Parameters(index = "0", paramLabel = "REFERENCE", description = "A thumbprint or a file.")
                    String reference,
            @Option(names = "--user", description = "It is the certificate of a person, not of a program.")
                    boolean isUser,
            @Option(names = "--json", description = "Print as JSON.") boolean isJson) {
        Logging.forTool(help.isDebug());
        CertificateAdmin admin = admin(data);
        CertificateChange change =
                isUser ? admin.trust(reference, CertificateAdmin.Scope.USER) : admin.trust(reference);
        return print("trusted", change, isJson);
    }

    @Command(name = "reject", description = "Take the trust in a certificate back.")
    int reject(
            @Mixin CommonOptions help,
            @Mixin DataOption data,
            @Parameters(index = "0", paramLabel = "THUMBPRINT", description = "A thumbprint or its first digits.")
                    String reference,
            @Option(names = "--json", description = "Print as JSON.") boolean isJson) {
        Logging.forTool(help.isDebug());
        return print("rejected", admin(data).reject(reference), isJson);
    }

    @Command(name = "remove", description = "Delete a certificate wherever it lies: trusted, issuer or rejected.")
    int remove(
            @Mixin CommonOptions help,
            @Mixin DataOption data,
            @Parameters(index = "0", paramLabel = "THUMBPRINT", description = "A thumbprint or its first digits.")
                    String reference,
            @Option(names = "--json", description = "Print as JSON.") boolean isJson) {
        Logging.forTool(help.isDebug());
        return print("removed", admin(data).remove(reference), isJson);
    }

    private static CertificateAdmin admin(DataOption data) {
        return new CertificateAdmin(PkiDirectory.inDataDirectory(data.existing()), InstantSource.system());
    }

    private int print(String done, CertificateChange change, boolean isJson) {
        PrintWriter out = spec.commandLine().getOut();
        if (isJson) {
            out.println(Json.pretty(change));
            return Exit.OK;
        }
        out.println("%s %s \"%s\""
                .formatted(
                        done,
                        change.certificate().thumbprint(),
                        Table.printable(change.certificate().commonName())));
        change.issuersAdded().forEach(issuer -> out.println("  with its issuer " + issuer));
        change.notes().forEach(note -> out.println("  " + Table.printable(note)));
        return Exit.OK;
    }
}
