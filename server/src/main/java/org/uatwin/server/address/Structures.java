package org.uatwin.server.address;

import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.AxisScaleEnumeration;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.eclipse.milo.opcua.stack.core.types.structured.AxisInformation;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumValueType;
import org.uatwin.informationmodel.type.EngineeringUnit;
import org.uatwin.informationmodel.type.EnumText;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.informationmodel.unit.Units;
import org.uatwin.server.method.MethodSignature;

/** Our values as the structures of OPC UA. */
public final class Structures {
    private static final int SCALAR = -1;

    /** AxisScaleEnumeration as the Int32 that enumerations are sent as. */
    static final int LINEAR = AxisScaleEnumeration.Linear.getValue();

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
        return new Variant(information(unit));
    }

    /** A unit as clients read it. */
    public static EUInformation information(EngineeringUnit unit) {
        return new EUInformation(
                EngineeringUnit.NAMESPACE_URI,
                unit.unitId(),
                LocalizedText.english(unit.symbol()),
                LocalizedText.english(unit.description()));
    }

    /** A waveform's axis of time, from 0 to its last sample. */
    static Variant timeAxis(int samples, double sampleRateHz) {
        return axis("s", "Time", 0, (samples - 1) / sampleRateHz);
    }

    /** The same where nobody knows how fast the samples were taken: their numbers. */
    static Variant sampleAxis(int samples) {
        return axis("C62", "Sample", 0, samples - 1);
    }

    /** A spectrum's axis: the middle of the first line to that of the last. */
    static Variant frequencyAxis(int lines, double endHz) {
        double half = endHz / lines / 2;
        return axis("Hz", "Frequency", half, endHz - half);
    }

    private static Variant axis(String unit, String title, double low, double end) {
        EngineeringUnit of = Units.find(unit).orElseThrow().engineeringUnit();
        return new Variant(new AxisInformation(
                information(of),
                new org.eclipse.milo.opcua.stack.core.types.structured.Range(low, end),
                LocalizedText.english(title),
                AxisScaleEnumeration.Linear,
                new Double[0]));
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
                        arg.dataType(),
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
