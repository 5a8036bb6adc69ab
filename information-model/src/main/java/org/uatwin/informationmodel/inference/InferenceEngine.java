package org.uatwin.informationmodel.inference;

import java.nio.file.Path;
import java.util.Set;

/**
 * Runs models of one or more file formats. Found by {@link java.util.ServiceLoader}; it needs a constructor without arguments that loads
 * nothing yet.
 */
public interface InferenceEngine {
    /** Endings of the files it reads, lower case without the dot, for example {@code onnx}. */
    Set<String> extensions();

    /**
     * Opens a model and checks that it can be asked that way.
     *
     * @throws InferenceException if the file is no such model, or takes other inputs, or has no such output.
     */
    InferenceModel open(Path file, InferenceShape shape) throws InferenceException;
}
