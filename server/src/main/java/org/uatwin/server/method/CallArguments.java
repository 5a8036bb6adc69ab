package org.uatwin.server.method;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.types.StructureValue;
import org.uatwin.simulation.scenario.InvalidParameter;

/** Checked input arguments of a call, read by position. */
final class CallArguments {
    private final Variant[] values;

    private CallArguments(Variant[] values) {
        this.values = values;
    }

    /** Either arguments that fit the signature or the result that refuses the call; one of the two is null. */
    record Checked(@Nullable CallArguments arguments, @Nullable CallMethodResult refusal) {
        /** The answer to a call whose arguments do not fit. */
        CompletionStage<CallMethodResult> refused() {
            return CompletableFuture.completedFuture(
                    refusal == null ? CallArguments.refusal(StatusCodes.Bad_InternalError) : refusal);
        }
    }

    /** Arguments that are known to fit. */
    static CallArguments of(Variant... values) {
        return new CallArguments(values.clone());
    }

    /** Checks number and types (OPC UA Part 4, 5.11.2: Bad_ArgumentsMissing, Bad_TooManyArguments, per-argument results). */
    static Checked check(MethodSignature signature, Variant @Nullable [] given) {
        Variant[] values = given == null ? new Variant[0] : given;
        int wanted = signature.inputs().size();
        if (values.length != wanted) {
            long code = values.length < wanted ? StatusCodes.Bad_ArgumentsMissing : StatusCodes.Bad_TooManyArguments;
            return new Checked(null, refusal(code));
        }
        List<StatusCode> results = new ArrayList<>(wanted);
        boolean isRefused = false;
        for (int i = 0; i < wanted; i++) {
            boolean fits = fits(signature.inputs().get(i), values[i].value());
            isRefused |= !fits;
            results.add(fits ? StatusCode.GOOD : new StatusCode(StatusCodes.Bad_TypeMismatch));
        }
        return isRefused ? new Checked(null, invalid(results)) : new Checked(new CallArguments(values), null);
    }

    private static boolean fits(MethodSignature.Arg arg, @Nullable Object value) {
        if (value == null) {
            return arg.isArray()
                    || arg.type() == MethodSignature.ArgType.STRING
                    || arg.type() == MethodSignature.ArgType.DATE_TIME;
        }
        if (arg.type() == MethodSignature.ArgType.STRUCTURE) {
            return value instanceof StructureValue structure && structure.type().equals(arg.structure());
        }
        Class<?> element = value.getClass().isArray() ? value.getClass().getComponentType() : value.getClass();
        if (value.getClass().isArray() != arg.isArray()) {
            return false;
        }
        return switch (arg.type()) {
            case BOOLEAN -> element == Boolean.class || element == boolean.class;
            case INT32 -> element == Integer.class || element == int.class;
            case UINT32 -> element == UInteger.class;
            case DOUBLE -> element == Double.class || element == double.class;
            case STRING -> element == String.class;
            case DATE_TIME -> element == DateTime.class;
            case LOCALIZED_TEXT -> element == LocalizedText.class;
            case STRUCTURE -> false; // seen above
        };
    }

    static CallMethodResult refusal(long statusCode) {
        return refusal(new StatusCode(statusCode));
    }

    static CallMethodResult refusal(StatusCode status) {
        return new CallMethodResult(status, new StatusCode[0], new DiagnosticInfo[0], new Variant[0]);
    }

    /** Bad_InvalidArgument with one result per argument. */
    static CallMethodResult invalid(List<StatusCode> argumentResults) {
        return new CallMethodResult(
                new StatusCode(StatusCodes.Bad_InvalidArgument),
                argumentResults.toArray(new StatusCode[0]),
                new DiagnosticInfo[0],
                new Variant[0]);
    }

    /** The same from what is wrong with single arguments. */
    static CallMethodResult invalid(MethodSignature signature, List<InvalidParameter> problems) {
        int arguments = signature.inputs().size();
        for (InvalidParameter problem : problems) {
            arguments = Math.max(arguments, problem.argumentIndex() + 1); // a field that only the structure has
        }
        List<StatusCode> results = new ArrayList<>(Collections.nCopies(arguments, StatusCode.GOOD));
        for (InvalidParameter problem : problems) {
            long code =
                    switch (problem.kind()) {
                        case NO_MATCH -> StatusCodes.Bad_NoMatch;
                        case OUT_OF_RANGE -> StatusCodes.Bad_OutOfRange;
                        case INVALID -> StatusCodes.Bad_InvalidArgument;
                    };
            results.set(problem.argumentIndex(), new StatusCode(code));
        }
        return invalid(results);
    }

    int size() {
        return values.length;
    }

    @Nullable
    Object value(int i) {
        return values[i].value();
    }

    StructureValue structure(int i) {
        return (StructureValue) Objects.requireNonNull(values[i].value());
    }

    String string(int i) {
        Object value = values[i].value();
        return value == null ? "" : (String) value;
    }

    boolean isTrue(int i) {
        return Boolean.TRUE.equals(values[i].value());
    }

    double number(int i) {
        return values[i].value() instanceof Double d ? d : 0;
    }

    int integer(int i) {
        return values[i].value() instanceof Integer n ? n : 0;
    }

    long unsigned(int i) {
        return values[i].value() instanceof UInteger u ? u.longValue() : 0;
    }

    List<String> strings(int i) {
        List<String> strings = new ArrayList<>();
        if (values[i].value() instanceof String[] array) {
            for (String s : array) {
                strings.add(s == null ? "" : s);
            }
        }
        return strings;
    }

    List<Double> numbers(int i) {
        List<Double> numbers = new ArrayList<>();
        if (values[i].value() instanceof Double[] array) {
            numbers.addAll(List.of(array));
        } else if (values[i].value() instanceof double[] array) {
            for (double d : array) {
                numbers.add(d);
            }
        }
        return numbers;
    }
}
