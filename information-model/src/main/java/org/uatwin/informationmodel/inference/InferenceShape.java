package org.uatwin.informationmodel.inference;

/**
 * How a model is asked.
 *
 * @param inputs numbers in a row, at least 1.
 * @param window rows in a question, at least 1.
 * @param output name of the output; empty: its first one.
 * @param element which number of that output, from 0.
 */
public record InferenceShape(int inputs, int window, String output, int element) {
    public InferenceShape {
        if (inputs < 1 || window < 1 || element < 0) {
            throw new IllegalArgumentException("inputs and window at least 1, element at least 0");
        }
    }
}
