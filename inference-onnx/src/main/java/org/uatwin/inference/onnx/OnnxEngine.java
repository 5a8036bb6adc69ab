package org.uatwin.inference.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.file.Path;
import java.util.Set;
import org.uatwin.informationmodel.inference.InferenceEngine;
import org.uatwin.informationmodel.inference.InferenceException;
import org.uatwin.informationmodel.inference.InferenceModel;
import org.uatwin.informationmodel.inference.InferenceShape;

/** Opens {@code .onnx} files. */
public final class OnnxEngine implements InferenceEngine {
    /** One for the process; its warnings would stand between the lines of a server's log. */
    static OrtEnvironment environment() {
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    }

    @Override
    public Set<String> extensions() {
        return Set.of("onnx");
    }

    @Override
    public InferenceModel open(Path file, InferenceShape shape) throws InferenceException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            OrtSession session = environment().createSession(file.toString(), options);
            try {
                return new OnnxModel(session, Question.of(file, session, shape), Reply.of(file, session, shape));
            } catch (OrtException | InferenceException | RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (OrtException e) {
            throw new InferenceException(
                    "%s is no model ONNX Runtime can load (%s)".formatted(file.getFileName(), firstLine(e)),
                    "export it again, with an opset that ONNX Runtime 1.23 knows (up to 23) and without operators of its own.");
        } catch (LinkageError e) {
            throw new InferenceException(
                    "ONNX Runtime does not work on this machine (%s)".formatted(e.getMessage()),
                    "it needs 64-bit Linux with glibc, Windows or macOS.");
        }
    }

    static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
