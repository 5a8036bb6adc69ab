package org.uatwin.informationmodel.conditioning;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.uatwin.informationmodel.expression.PointRef;
import org.uatwin.informationmodel.inference.InferenceShape;

/**
 * A point computed by a user's own model.
 *
 * @param file of the model; absolute.
 * @param version first hex digits of the SHA-256 of the file: another content is another declaration.
 * @param inputs what it reads, in the order of its inputs.
 * @param every distance of two rows of a window, and of two answers.
 */
public record Inference(Path file, String version, List<PointRef> inputs, Duration every, InferenceShape shape) {
    public Inference {
        inputs = List.copyOf(inputs);
        if (inputs.size() != shape.inputs()) {
            throw new IllegalArgumentException("%d inputs, the shape says %d".formatted(inputs.size(), shape.inputs()));
        }
    }
}
