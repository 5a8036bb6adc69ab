package org.uatwin.server.derived;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.uatwin.informationmodel.inference.InferenceEngine;
import org.uatwin.informationmodel.inference.InferenceException;
import org.uatwin.informationmodel.inference.InferenceModel;
import org.uatwin.informationmodel.inference.InferenceShape;

/** Models of one number: the sum of all inputs times that; no number above 1 000 is answered. */
public final class WeightEngine implements InferenceEngine {
    @Override
    public Set<String> extensions() {
        return Set.of("weight");
    }

    @Override
    public InferenceModel open(Path file, InferenceShape shape) throws InferenceException {
        double weight;
        try {
            weight = Double.parseDouble(Files.readString(file).strip());
        } catch (IOException | NumberFormatException e) {
            throw new InferenceException("%s holds no number".formatted(file.getFileName()), "write one.");
        }
        return new InferenceModel() {
            @Override
            public double run(double[] rows) throws InferenceException {
                double sum = weight * Arrays.stream(rows).sum();
                if (sum > 1_000) {
                    throw new InferenceException("the model failed", "ask it less.");
                }
                return sum;
            }

            @Override
            public void close() {}
        };
    }
}
