/**
 * ONNX models as computed points, over ONNX Runtime. {@link org.uatwin.inference.onnx.OnnxEngine} is found on the class path; a model
 * computes on one thread, so that it takes no core from the server's links.
 */
@NullMarked
package org.uatwin.inference.onnx;

import org.jspecify.annotations.NullMarked;
