package org.uatwin.informationmodel.inference;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

/** The engines on the class path. Any thread. */
public final class InferenceEngines {
    private InferenceEngines() {}

    /** Searched when first asked for: most plants never do. */
    private static final class Installed {
        static final List<InferenceEngine> ENGINES = all();

        private static List<InferenceEngine> all() {
            List<InferenceEngine> engines = new ArrayList<>();
            ServiceLoader.load(InferenceEngine.class).forEach(engines::add);
            return List.copyOf(engines);
        }
    }

    /**
     * Opens a model with the engine for its ending.
     *
     * @throws InferenceException if there is none, or the model cannot be used.
     */
    public static InferenceModel open(Path file, InferenceShape shape) throws InferenceException {
        String name = file.getFileName().toString();
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        Set<String> known = new TreeSet<>();
        for (InferenceEngine engine : Installed.ENGINES) {
            if (engine.extensions().contains(extension)) {
                return engine.open(file, shape);
            }
            known.addAll(engine.extensions());
        }
        throw new InferenceException(
                known.isEmpty()
                        ? "%s: no program that runs models is installed".formatted(name)
                        : "%s: no program for .%s is installed, only for %s".formatted(name, extension, known),
                "for .onnx put the folder onnx into adapters/ beside uatwin.jar; in a source tree:"
                        + " mvn -pl inference-onnx -am -DskipTests package.");
    }
}
