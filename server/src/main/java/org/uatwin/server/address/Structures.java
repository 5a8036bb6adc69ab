package org.uatwin.server.address;

import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumValueType;
import org.uatwin.informationmodel.type.EngineeringUnit;
import org.uatwin.informationmodel.type.EnumText;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.server.method.MethodSignature;

/** Our values as the structures of OPC UA. */
final class Structures {
    private static final int SCALAR = -1;

    private Structures() {}

    static LocalizedText text(Text text, List<String> locales) {
        Text.Localized chosen = text.in(locales);
        return chosen.locale().isEmpty()
                ? new LocalizedText(null, chosen.text())
                : new LocalizedText(chosen.locale(), chosen.text());
    }

    static Variant range(Range range) {
        return new Variant(new org.eclipse.milo.opcua.stack.core.types.structured.Range(range.low(), range.high()));
    }

    static Variant unit(EngineeringUnit unit) {
        return new Variant(new EUInformation(
                EngineeringUnit.NAMESPACE_URI,
                unit.unitId(),
                LocalizedText.english(unit.symbol()),
                LocalizedText.english(unit.description())));
    }

    static Variant enumValues(List<EnumText> texts, List<String> locales) {
        return new Variant(texts.stream()
                .map(e -> new EnumValueType(e.value(), text(e.text(), locales), LocalizedText.NULL_VALUE))
                .toArray(EnumValueType[]::new));
    }

    static Variant arguments(List<MethodSignature.Arg> args) {
        return new Variant(args.stream()
                .map(arg -> new Argument(
                        arg.name(),
                        new NodeId(0, arg.type().builtinId()),
                        arg.isArray() ? 1 : SCALAR,
                        arg.isArray()
                                ? new org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger[] {
                                    org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint(0)
                                }
                                : null,
                        LocalizedText.english(arg.description())))
                .toArray(Argument[]::new));
    }
}
