package org.uatwin.informationmodel.inference;

/** An open model. One thread at a time. */
public interface InferenceModel extends AutoCloseable {
    /**
     * One answer.
     *
     * @param rows the points' values in the order of the declaration, row after row, the oldest row first: {@code window * inputs}
     *     numbers; never NaN. Booleans are 0 and 1.
     * @throws InferenceException if the model fails.
     */
    double run(double[] rows) throws InferenceException;

    @Override
    void close();
}
