package org.uatwin.server.types;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumValueType;
import org.jspecify.annotations.Nullable;

/** Reads the lines of one table. */
final class ModelReader {

    private static final Map<String, Integer> PREFIXES = Map.of(
            "ua", 0,
            "twin", NamespaceRegistry.TYPES,
            "di", NamespaceRegistry.DI,
            "ia", NamespaceRegistry.IA,
            "mach", NamespaceRegistry.MACHINERY);

    private final int namespace;
    private final Map<String, NodeId> typeNames;
    private final EncodingContext encoding;

    ModelReader(int namespace, Map<String, NodeId> typeNames, EncodingContext encoding) {
        this.namespace = namespace;
        this.typeNames = typeNames;
        this.encoding = encoding;
    }

    void read(List<ModelLine> lines, ModelTables into) {
        for (ModelLine line : lines) {
            switch (line.word(0)) {
                case "ObjectType", "VariableType" -> into.add(type(line));
                case "Enumeration" -> into.add(enumeration(line));
                case "Structure" -> into.add(structure(line));
                case "EntryObject" -> into.addEntryObject(entryObject(line));
                case "Metadata" -> into.add(metadata(line));
                default -> throw line.error("unknown kind of line");
            }
        }
    }

    private TypeDeclaration type(ModelLine line) {
        QualifiedName name = name(line.word(2));
        VariableShape variable = line.word(0).equals("VariableType")
                ? shape(line, line.word(line.words().indexOf("<") + 2))
                : null;
        TypeDeclaration type = new TypeDeclaration(
                id(line.ids(1).get(0)),
                name,
                named(line, line.after("<")),
                LocalizedText.english(line.word(2)),
                text(line.description()),
                line.words().contains("abstract"),
                variable,
                members(line),
                List.of());
        return type.implementing(interfaces(line).toArray(NodeId[]::new));
    }

    private EnumerationDeclaration enumeration(ModelLine line) {
        ModelLine strings = line.children().get(0);
        List<String> names = strings.words().subList(2, strings.words().size());
        LocalizedText[] texts = names.stream().map(LocalizedText::english).toArray(LocalizedText[]::new);
        VariableShape shape = VariableShape.array(NodeIds.LocalizedText)
                .withRank(1, List.of(texts.length))
                .withValue(new Variant(texts));
        return new EnumerationDeclaration(
                id(line.ids(1).get(0)),
                name(line.word(2)),
                named(line, line.after("<")),
                text(line.description()),
                names,
                MemberDeclaration.property(id(strings.ids(1).get(0)), new QualifiedName(0, "EnumStrings"), shape)
                        .withRule(null));
    }

    /** {@code Structure id/encoding id name}, its fields below it: {@code field Name Type} or {@code Type[]}. */
    StructureDeclaration structure(ModelLine line) {
        List<Integer> ids = line.ids(1);
        List<StructureDeclaration.Field> fields = new ArrayList<>();
        for (ModelLine field : line.children()) {
            String type = field.word(2);
            int rank = type.endsWith("[]") ? 1 : -1;
            fields.add(new StructureDeclaration.Field(
                    field.word(1), named(field, type.replaceAll("\\[]$", "")), rank, text(field.description())));
        }
        return new StructureDeclaration(
                id(ids.get(0)), id(ids.get(1)), name(line.word(2)), text(line.description()), fields);
    }

    private MemberDeclaration entryObject(ModelLine line) {
        return describe(
                        MemberDeclaration.object(
                                id(line.ids(1).get(0)), name(line.word(2)), named(line, line.after(":"))),
                        line)
                .withReferenceType(NodeIds.Organizes)
                .withRule(null)
                .withChildren(members(line));
    }

    private NamespaceMetadata metadata(ModelLine line) {
        return new NamespaceMetadata(
                line.word(2),
                line.word(3),
                LocalDate.parse(line.word(4)).atStartOfDay(ZoneOffset.UTC).toInstant(),
                line.words().contains("subset"),
                true,
                false,
                line.ids(1).stream().map(this::id).toList());
    }

    private List<MemberDeclaration> members(ModelLine parent) {
        List<MemberDeclaration> members = new ArrayList<>();
        for (ModelLine line : parent.children()) {
            switch (line.word(0)) {
                case "in", "out" -> {} // read with the method
                case "State" -> members.add(numbered(line, NodeIds.StateType, "StateNumber"));
                case "Transition" -> members.add(transition(parent, line));
                default -> members.add(member(line));
            }
        }
        return members;
    }

    private MemberDeclaration member(ModelLine line) {
        NodeId id = id(line.ids(2).get(0));
        QualifiedName name = name(line.word(3));
        MemberDeclaration member =
                switch (line.word(1)) {
                    case "Property" -> MemberDeclaration.property(id, name, shape(line, line.word(4)));
                    case "Variable" -> variable(line, id, name);
                    case "MultiState" -> multiState(line, id, name);
                    case "Object" -> MemberDeclaration.object(id, name, objectType(line));
                    case "Method" ->
                        MemberDeclaration.method(id, name).withArguments(arguments(line, "in"), arguments(line, "out"));
                    default -> throw line.error("unknown kind of member");
                };
        if (line.words().contains("via")) {
            member = member.withReferenceType(named(line, line.after("via")));
        }
        for (NodeId interfaceType : interfaces(line)) {
            member = member.withReference(NodeIds.HasInterface, interfaceType);
        }
        return describe(member, line).withRule(rule(line)).withChildren(members(line));
    }

    private MemberDeclaration variable(ModelLine line, NodeId id, QualifiedName name) {
        boolean typed = line.word(4).equals(":");
        NodeId type = typed ? named(line, line.word(5)) : NodeIds.BaseDataVariableType;
        return MemberDeclaration.variable(id, name, type, shape(line, line.word(typed ? 6 : 4)));
    }

    /** {@code MultiState id/EnumValues/ValueAsText name dataType = Text0,Text1}: values count from 0. */
    private MemberDeclaration multiState(ModelLine line, NodeId id, QualifiedName name) {
        List<Integer> ids = line.ids(2);
        List<String> texts = List.of(line.after("=").split(","));
        ExtensionObject[] values = new ExtensionObject[texts.size()];
        for (int value = 0; value < values.length; value++) {
            EnumValueType entry =
                    new EnumValueType((long) value, LocalizedText.english(texts.get(value)), LocalizedText.NULL_VALUE);
            values[value] = ExtensionObject.encode(encoding, entry);
        }
        return MemberDeclaration.variable(
                        id, name, NodeIds.MultiStateValueDiscreteType, VariableShape.scalar(named(line, line.word(4))))
                .withChildren(List.of(
                        MemberDeclaration.property(
                                id(ids.get(1)),
                                new QualifiedName(0, "EnumValues"),
                                VariableShape.array(NodeIds.EnumValueType).withValue(new Variant(values))),
                        MemberDeclaration.property(
                                id(ids.get(2)),
                                new QualifiedName(0, "ValueAsText"),
                                VariableShape.scalar(NodeIds.LocalizedText))));
    }

    /** A state or transition {@code id/number id}: it belongs to the type, so it has no modelling rule. */
    private MemberDeclaration numbered(ModelLine line, NodeId type, String numberName) {
        List<Integer> ids = line.ids(1);
        Variant number = new Variant(uint(Integer.parseInt(line.after("="))));
        return MemberDeclaration.object(id(ids.get(0)), name(line.word(2)), type)
                .withRule(null)
                .withChildren(List.of(MemberDeclaration.property(
                        id(ids.get(1)),
                        new QualifiedName(0, numberName),
                        VariableShape.scalar(NodeIds.UInt32).withValue(number))));
    }

    /** {@code FromAToB} leads from state A to state B of the same type. */
    private MemberDeclaration transition(ModelLine type, ModelLine line) {
        MemberDeclaration transition = numbered(line, NodeIds.TransitionType, "TransitionNumber");
        for (ModelLine from : type.children()) {
            for (ModelLine to : type.children()) {
                if (from.word(0).equals("State")
                        && to.word(0).equals("State")
                        && line.word(2).equals("From" + from.word(2) + "To" + to.word(2))) {
                    return transition
                            .withReference(NodeIds.FromState, id(from.ids(1).get(0)))
                            .withReference(NodeIds.ToState, id(to.ids(1).get(0)));
                }
            }
        }
        throw line.error("no such states");
    }

    private @Nullable MethodArguments arguments(ModelLine method, String direction) {
        for (ModelLine line : method.children()) {
            if (line.word(0).equals(direction)) {
                List<Argument> arguments = new ArrayList<>();
                for (String word : line.words().subList(2, line.words().size())) {
                    String[] parts = word.split(":");
                    arguments.add(new Argument(parts[0], named(line, parts[1]), -1, null, text(line.description())));
                }
                return new MethodArguments(id(line.ids(1).get(0)), arguments);
            }
        }
        return null;
    }

    private VariableShape shape(ModelLine line, String typeWord) {
        char last = typeWord.charAt(typeWord.length() - 1);
        String type = typeWord.replaceAll("\\[]$|[?*]$", "");
        VariableShape shape = VariableShape.scalar(named(line, type));
        if (last == ']') {
            shape = VariableShape.array(named(line, type));
        } else if (last == '?') {
            shape = shape.withRank(-3, List.of());
        } else if (last == '*') {
            shape = shape.withRank(-2, List.of());
        }
        String value = line.after("=");
        if (value.isEmpty()) {
            return shape;
        }
        return shape.withValue(
                switch (type) {
                    case "QualifiedName" -> new Variant(name(value));
                    case "Boolean" -> new Variant(Boolean.valueOf(value));
                    default -> throw line.error("no values of type " + type + " in tables");
                });
    }

    private NodeId objectType(ModelLine line) {
        return line.words().contains(":") ? named(line, line.after(":")) : NodeIds.BaseObjectType;
    }

    private List<NodeId> interfaces(ModelLine line) {
        String names = line.after("implements");
        return names.isEmpty()
                ? List.of()
                : List.of(names.split(",")).stream()
                        .map(name -> named(line, name))
                        .toList();
    }

    private static @Nullable ModellingRule rule(ModelLine line) {
        return switch (line.word(0)) {
            case "M" -> ModellingRule.MANDATORY;
            case "O" -> ModellingRule.OPTIONAL;
            case "MP" -> ModellingRule.MANDATORY_PLACEHOLDER;
            case "OP" -> ModellingRule.OPTIONAL_PLACEHOLDER;
            case "-" -> null;
            default -> throw line.error("a modelling rule is M, O, MP, OP or -");
        };
    }

    private static MemberDeclaration describe(MemberDeclaration member, ModelLine line) {
        return line.description().isEmpty()
                ? member
                : member.withTexts(member.displayName(), LocalizedText.english(line.description()));
    }

    private static LocalizedText text(String text) {
        return text.isEmpty() ? LocalizedText.NULL_VALUE : LocalizedText.english(text);
    }

    private NodeId id(int number) {
        return new NodeId(namespace, number);
    }

    private NodeId named(ModelLine line, String type) {
        NodeId id = typeNames.get(type);
        if (id == null) {
            throw line.error("unknown type \"" + type + '"');
        }
        return id;
    }

    /** {@code di:Name}, or {@code Name} in the table's own namespace. */
    private QualifiedName name(String word) {
        int colon = word.indexOf(':');
        Integer prefix = colon < 0 ? null : PREFIXES.get(word.substring(0, colon));
        return prefix == null
                ? new QualifiedName(namespace, word)
                : new QualifiedName(prefix, word.substring(colon + 1));
    }
}
