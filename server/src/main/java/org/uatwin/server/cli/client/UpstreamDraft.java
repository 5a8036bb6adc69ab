package org.uatwin.server.cli.client;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.types.structured.Range;
import org.uatwin.informationmodel.plant.TypeLibrary;
import org.uatwin.informationmodel.type.TwinType;
import org.uatwin.informationmodel.value.ValueType;

/**
 * A plant file that mirrors the variables of a server: a twin for each object that holds some, a type for each kind of
 * these. It passes {@code uatwin check}; names, limits and levels are for the reader. A pure function.
 */
final class UpstreamDraft {
    /**
     * How the server was reached.
     *
     * @param policy security policy in use.
     * @param user empty for an anonymous session.
     * @param remarks what the server says of itself, for the head of the file.
     */
    record Source(String url, String policy, Optional<String> user, List<String> remarks) {}

    private final StringBuilder types = new StringBuilder();
    private final StringBuilder twins = new StringBuilder();
    private final Map<String, String> typeBySignature = new LinkedHashMap<>();
    private final Set<String> typeNames = new HashSet<>(
            TypeLibrary.builtIn().types().stream().map(TwinType::name).toList()); // theirs are taken
    private final Set<String> twinIds = new HashSet<>();

    /** The plant file; empty if nothing can be a point. */
    static Optional<String> write(List<UpstreamSurvey.Variable> variables, Source source) {
        return new UpstreamDraft().text(variables, source);
    }

    private Optional<String> text(List<UpstreamSurvey.Variable> variables, Source source) {
        Map<String, List<UpstreamSurvey.Variable>> byParent = new LinkedHashMap<>();
        variables.stream().filter(variable -> variable.type().isPresent()).forEach(variable -> byParent.computeIfAbsent(
                        variable.parentId(), id -> new ArrayList<>())
                .add(variable));
        if (byParent.isEmpty()) {
            return Optional.empty();
        }
        byParent.values().forEach(this::twin);
        StringBuilder head = new StringBuilder(
                "# A draft by `uatwin probe opcua`. Give the twins types of the library where they fit.\n");
        source.remarks().forEach(remark -> head.append("# ").append(remark).append('\n'));
        StringBuilder connection = new StringBuilder();
        connection
                .append("    protocol: opcua\n    url: ")
                .append(quoted(source.url()))
                .append('\n');
        if (source.policy().equals("None")) {
            connection.append("    securityPolicy: None # readable and changeable by everybody on the way\n");
        }
        source.user().ifPresent(user -> connection
                .append("    user: ")
                .append(quoted(user))
                .append("\n    password: ${file:upstream.password}\n"));
        return Optional.of("%suatwin: 1\nsiteId: draft\nconnections:\n  upstream:\n%stypes:\n%stwins:\n%s"
                .formatted(head, connection, types, twins));
    }

    private void twin(List<UpstreamSurvey.Variable> variables) {
        Map<String, UpstreamSurvey.Variable> points = new LinkedHashMap<>();
        variables.forEach(variable -> points.put(unique(points.keySet(), camel(variable.name(), "Value")), variable));
        StringBuilder signature = new StringBuilder();
        points.forEach((name, variable) -> signature
                .append("      ")
                .append(name)
                .append(": ")
                .append(declaration(variable))
                .append('\n'));
        String parent = variables.get(0).parent();
        String type = typeBySignature.computeIfAbsent(signature.toString(), declared -> {
            String name = unique(typeNames, camel(parent.replaceAll("[0-9_.-]+$", ""), "Kind"));
            typeNames.add(name);
            types.append("  ")
                    .append(name)
                    .append(":\n    version: 1.0.0\n    points:\n")
                    .append(declared);
            return name;
        });
        String wanted = parent.replaceAll("[^A-Za-z0-9_.-]+", "-").replaceAll("^[-_]+", "");
        String id = unique(twinIds, wanted.isEmpty() ? "twin" : wanted);
        twinIds.add(id);
        twins.append("  - id: ").append(quoted(id)).append("\n    type: ").append(type);
        twins.append("\n    device: upstream\n    points:\n");
        points.forEach((name, variable) -> twins.append("      ")
                .append(name)
                .append(": ")
                .append(quoted(brace(variable.nodeId())))
                .append('\n'));
    }

    private static String declaration(UpstreamSurvey.Variable variable) {
        ValueType type = variable.type().orElseThrow();
        List<String> keys = new ArrayList<>();
        boolean isMeasured = type.isNumeric()
                && variable.unit().isPresent()
                && variable.euRange().isPresent();
        if (isMeasured) {
            Range range = variable.euRange().get();
            keys.add("unit: " + quoted(variable.unit().get().symbol()));
            keys.add("euRange: [%s, %s]".formatted(number(range.getLow()), number(range.getHigh())));
        } else if (type.isNumeric()) {
            keys.add("kind: plain");
        }
        keys.add("type: " + type.uaName());
        if (variable.arrayLength() > 0) {
            keys.add("array: " + variable.arrayLength());
        }
        if (variable.isWritable()) {
            keys.add("writable: true");
        }
        return "{" + String.join(", ", keys) + "}";
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** A name of a member: letters and digits, a capital first. */
    private static String camel(String text, String otherwise) {
        StringBuilder name = new StringBuilder();
        for (String word : text.split("[^A-Za-z0-9]+")) {
            if (!word.isEmpty()) {
                name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
            }
        }
        return name.isEmpty() || Character.isDigit(name.charAt(0)) ? otherwise + name : name.toString();
    }

    private static String unique(Set<String> taken, String wanted) {
        String name = wanted;
        for (int i = 2; taken.contains(name); i++) {
            name = wanted + i;
        }
        return name;
    }

    private static String brace(String text) {
        return text.replace("{", "{{").replace("}", "}}");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
