package org.uatwin.inference.onnx;

import ai.onnxruntime.MapInfo;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.SequenceInfo;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.uatwin.informationmodel.inference.InferenceException;
import org.uatwin.informationmodel.inference.InferenceShape;

/**
 * The number a point shows, out of what a model answers: an element of a tensor of numbers or truth values, or, of the probabilities
 * that classifiers answer as a list of maps, that of the class with that number.
 */
record Reply(String output, int element) {
    static Reply of(Path file, OrtSession session, InferenceShape shape) throws OrtException, InferenceException {
        Map<String, NodeInfo> outputs = session.getOutputInfo();
        String name = shape.output().isEmpty() ? outputs.keySet().iterator().next() : shape.output();
        NodeInfo info = outputs.get(name);
        if (info == null) {
            throw new InferenceException(
                    "%s has no output \"%s\"".formatted(file.getFileName(), name),
                    "name one of %s.".formatted(String.join(", ", outputs.keySet())));
        }
        boolean isProbabilities = info.getInfo() instanceof SequenceInfo sequence
                && sequence.isSequenceOfMaps()
                && isByNumber(sequence.mapInfo);
        boolean isNumbers = info.getInfo() instanceof TensorInfo tensor && tensor.type != OnnxJavaType.STRING;
        if (!isProbabilities && !isNumbers) {
            throw new InferenceException(
                    "%s: its output %s is no tensor of numbers".formatted(file.getFileName(), name),
                    "name another output, or export it with numbers instead of texts.");
        }
        if (info.getInfo() instanceof TensorInfo tensor) {
            long known =
                    Arrays.stream(tensor.getShape()).filter(size -> size >= 0).reduce(1, (a, b) -> a * b);
            boolean isWhole = Arrays.stream(tensor.getShape()).skip(1).allMatch(size -> size >= 0);
            if (isWhole && shape.element() >= known) {
                throw new InferenceException(
                        "%s: its output %s has %d numbers, element %d is wanted"
                                .formatted(file.getFileName(), name, known, shape.element()),
                        "elements count from 0.");
            }
        }
        return new Reply(name, shape.element());
    }

    private static boolean isByNumber(MapInfo map) {
        return map.keyType == OnnxJavaType.INT64 && map.valueType != OnnxJavaType.STRING;
    }

    double number(OrtSession.Result result) throws OrtException, InferenceException {
        OnnxValue value = result.get(output).orElseThrow();
        if (value instanceof OnnxSequence sequence) {
            return probability(sequence);
        }
        OnnxTensor tensor = (OnnxTensor) value;
        long count = tensor.getInfo().getNumElements();
        if (element >= count) {
            throw new InferenceException(
                    "the model answers %d numbers, element %d is wanted".formatted(count, element),
                    "elements count from 0.");
        }
        return switch (tensor.getInfo().type) {
            case DOUBLE -> tensor.getDoubleBuffer().get(element);
            case INT64 -> tensor.getLongBuffer().get(element);
            case INT32 -> tensor.getIntBuffer().get(element);
            case INT16 -> tensor.getShortBuffer().get(element);
            case INT8, UINT8, BOOL -> tensor.getByteBuffer().get(element);
            default -> tensor.getFloatBuffer().get(element);
        };
    }

    private double probability(OnnxSequence sequence) throws OrtException, InferenceException {
        List<? extends OnnxValue> maps = sequence.getValue();
        try {
            Object found =
                    maps.isEmpty() ? null : ((OnnxMap) maps.get(0)).getValue().get((long) element);
            if (!(found instanceof Number number)) {
                throw new InferenceException(
                        "the model answers no class %d".formatted(element), "element is the number of a class.");
            }
            return number.doubleValue();
        } finally {
            maps.forEach(OnnxValue::close);
        }
    }
}
