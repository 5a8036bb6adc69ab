package org.uatwin.inference.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.uatwin.informationmodel.inference.InferenceException;
import org.uatwin.informationmodel.inference.InferenceShape;

/**
 * Rows of numbers as the tensors a model takes. Either one tensor gets them all: {@code [inputs]}, {@code [batch, inputs]},
 * {@code [batch, window * inputs]} or {@code [batch, window, inputs]}; or there is a tensor for each input, {@code [1]},
 * {@code [batch, 1]}, or {@code [batch, window]}. The batch is 1.
 */
final class Question {
    private final List<Part> parts;

    private Question(List<Part> parts) {
        this.parts = parts;
    }

    /** One tensor: which columns of the rows it gets. */
    private record Part(
            String name, OnnxJavaType type, List<Integer> dimensions, int firstColumn, int columns, int width) {
        OnnxTensor tensor(double[] rows) throws OrtException {
            int count = rows.length / width;
            double[] values = new double[count * columns];
            for (int row = 0; row < count; row++) {
                System.arraycopy(rows, row * width + firstColumn, values, row * columns, columns);
            }
            long[] shape = dimensions.stream().mapToLong(Integer::longValue).toArray();
            OrtEnvironment environment = OnnxEngine.environment();
            return switch (type) {
                case FLOAT -> {
                    float[] floats = new float[values.length];
                    for (int i = 0; i < floats.length; i++) {
                        floats[i] = (float) values[i];
                    }
                    yield OnnxTensor.createTensor(environment, FloatBuffer.wrap(floats), shape);
                }
                case INT64 ->
                    OnnxTensor.createTensor(
                            environment,
                            LongBuffer.wrap(
                                    Arrays.stream(values).mapToLong(Math::round).toArray()),
                            shape);
                case INT32 ->
                    OnnxTensor.createTensor(
                            environment,
                            IntBuffer.wrap(Arrays.stream(values)
                                    .mapToInt(v -> (int) Math.round(v))
                                    .toArray()),
                            shape);
                default -> OnnxTensor.createTensor(environment, DoubleBuffer.wrap(values), shape);
            };
        }
    }

    Map<String, OnnxTensor> tensors(double[] rows) throws OrtException {
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        for (Part part : parts) {
            tensors.put(part.name(), part.tensor(rows));
        }
        return tensors;
    }

    static Question of(Path file, OrtSession session, InferenceShape shape) throws OrtException, InferenceException {
        List<NodeInfo> inputs = List.copyOf(session.getInputInfo().values());
        List<Part> parts = new ArrayList<>();
        if (inputs.size() == 1) {
            parts.add(part(file, inputs.get(0), 0, shape.inputs(), shape));
        } else if (inputs.size() == shape.inputs()) {
            for (int i = 0; i < inputs.size(); i++) {
                parts.add(part(file, inputs.get(i), i, 1, shape));
            }
        } else {
            throw new InferenceException(
                    "%s takes %d inputs (%s), %d points are named"
                            .formatted(file.getFileName(), inputs.size(), names(inputs), shape.inputs()),
                    "name one point for each, in that order.");
        }
        return new Question(parts);
    }

    private static String names(List<NodeInfo> inputs) {
        return String.join(", ", inputs.stream().map(NodeInfo::getName).toList());
    }

    private static Part part(Path file, NodeInfo input, int first, int columns, InferenceShape shape)
            throws InferenceException {
        if (!(input.getInfo() instanceof TensorInfo tensor)
                || !List.of(OnnxJavaType.FLOAT, OnnxJavaType.DOUBLE, OnnxJavaType.INT64, OnnxJavaType.INT32)
                        .contains(tensor.type)) {
            throw new InferenceException(
                    "%s: its input %s is no tensor of numbers".formatted(file.getFileName(), input.getName()),
                    "export it with float inputs.");
        }
        long[] declared = tensor.getShape();
        int window = shape.window();
        for (List<Integer> candidate : List.of(
                List.of(1, window, columns),
                List.of(1, window * columns),
                List.of(window * columns),
                List.of(window, columns))) {
            if (fits(declared, candidate)) {
                return new Part(input.getName(), tensor.type, candidate, first, columns, shape.inputs());
            }
        }
        throw new InferenceException(
                "%s: its input %s has the shape %s, %d numbers in %d rows are to be asked"
                        .formatted(
                                file.getFileName(),
                                input.getName(),
                                Arrays.toString(declared).replace("-1", "any"),
                                columns * window,
                                window),
                "name as many points as it has inputs, and set window to its number of time steps.");
    }

    private static boolean fits(long[] declared, List<Integer> wanted) {
        if (declared.length != wanted.size()) {
            return false;
        }
        for (int i = 0; i < declared.length; i++) {
            if (declared[i] >= 0 && declared[i] != wanted.get(i)) {
                return false;
            }
        }
        return true;
    }
}
