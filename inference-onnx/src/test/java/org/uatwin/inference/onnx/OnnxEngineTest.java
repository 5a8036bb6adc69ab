package org.uatwin.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.inference.InferenceEngines;
import org.uatwin.informationmodel.inference.InferenceException;
import org.uatwin.informationmodel.inference.InferenceModel;
import org.uatwin.informationmodel.inference.InferenceShape;

class OnnxEngineTest {
    @TempDir
    private Path folder = Path.of(""); // set before each test

    /** y = x W + b with three inputs and two outputs. */
    private static OnnxFile linear(long batch) {
        return new OnnxFile()
                .node("MatMul", "xw", "x", "w")
                .node("Add", "y", "xw", "b")
                .constant("w", new long[] {3, 2}, 1, 10, 2, 20, 3, 30)
                .constant("b", new long[] {2}, 0.5f, 5)
                .input("x", OnnxFile.FLOAT, batch, 3)
                .output("y", OnnxFile.FLOAT, batch, 2);
    }

    private Path file(OnnxFile model) throws IOException {
        return Files.write(folder.resolve("model.onnx"), model.bytes());
    }

    private static double run(Path file, InferenceShape shape, double... rows) throws InferenceException {
        try (InferenceModel model = InferenceEngines.open(file, shape)) { // found as a service
            return model.run(rows);
        }
    }

    @Test
    void oneRowOfATableModel() throws Exception {
        Path file = file(linear(-1));
        assertThat(run(file, new InferenceShape(3, 1, "", 0), 1, 2, 3)).isCloseTo(14.5, within(1e-6));
        assertThat(run(file, new InferenceShape(3, 1, "y", 1), 1, 2, 3)).isCloseTo(145, within(1e-5));
    }

    /** The mean over three time steps: a model of sequences. */
    @Test
    void aWindowOfASequenceModel() throws Exception {
        Path file = file(new OnnxFile()
                .node("ReduceMean", "y", "x")
                .input("x", OnnxFile.DOUBLE, -1, 3, 2)
                .output("y", OnnxFile.DOUBLE));
        assertThat(run(file, new InferenceShape(2, 3, "", 0), 1, 2, 3, 4, 5, 12))
                .isEqualTo(4.5);
        assertThatThrownBy(() -> run(file, new InferenceShape(2, 4, "", 0)))
                .isInstanceOf(InferenceException.class)
                .hasMessageContaining("[any, 3, 2]")
                .hasMessageContaining("8 numbers in 4 rows");
    }

    /** A tensor for each input, of several types: the columns go to their own. */
    @Test
    void aTensorForEachInput() throws Exception {
        Path file = file(new OnnxFile()
                .node("Sub", "y", "a", "b")
                .input("a", OnnxFile.INT64, -1, 1)
                .input("b", OnnxFile.INT64, -1, 1)
                .output("y", OnnxFile.INT64, -1, 1));
        assertThat(run(file, new InferenceShape(2, 1, "", 0), 7, 2)).isEqualTo(5);
        assertThatThrownBy(() -> run(file, new InferenceShape(3, 1, "", 0)))
                .isInstanceOf(InferenceException.class)
                .hasMessageContaining("takes 2 inputs (a, b), 3 points are named");
    }

    @Test
    void whatDoesNotFitIsSaid() throws Exception {
        Path file = file(linear(1));
        assertThatThrownBy(() -> run(file, new InferenceShape(2, 1, "", 0)))
                .isInstanceOf(InferenceException.class)
                .hasMessageContaining("its input x has the shape [1, 3], 2 numbers in 1 rows");
        assertThatThrownBy(() -> run(file, new InferenceShape(3, 1, "z", 0)))
                .isInstanceOf(InferenceException.class)
                .hasMessage("model.onnx has no output \"z\"")
                .extracting(e -> ((InferenceException) e).fix())
                .isEqualTo("name one of y.");
        assertThatThrownBy(() -> run(file, new InferenceShape(3, 1, "", 2)))
                .isInstanceOf(InferenceException.class)
                .hasMessageContaining("has 2 numbers, element 2 is wanted");
        Path text = Files.writeString(folder.resolve("text.onnx"), "no model");
        assertThatThrownBy(() -> run(text, new InferenceShape(3, 1, "", 0)))
                .isInstanceOf(InferenceException.class)
                .hasMessageContaining("text.onnx is no model ONNX Runtime can load");
    }
}
