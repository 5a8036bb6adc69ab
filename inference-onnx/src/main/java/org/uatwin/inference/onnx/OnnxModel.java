package org.uatwin.inference.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Map;
import org.uatwin.informationmodel.inference.InferenceException;
import org.uatwin.informationmodel.inference.InferenceModel;

/** A session and how it is asked. */
final class OnnxModel implements InferenceModel {
    private final OrtSession session;
    private final Question question;
    private final Reply reply;

    OnnxModel(OrtSession session, Question question, Reply reply) {
        this.session = session;
        this.question = question;
        this.reply = reply;
    }

    @Override
    public double run(double[] rows) throws InferenceException {
        Map<String, OnnxTensor> tensors = Map.of();
        try {
            tensors = question.tensors(rows);
            try (OrtSession.Result result = session.run(tensors)) {
                return reply.number(result);
            }
        } catch (OrtException e) {
            throw new InferenceException(
                    "the model failed: " + OnnxEngine.firstLine(e), "look at the inputs it was exported with.");
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("a session that does not close", e);
        }
    }
}
