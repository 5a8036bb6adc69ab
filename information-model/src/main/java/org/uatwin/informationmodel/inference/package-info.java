/**
 * Models of users' own that compute a point from others: the port to the programs that run them. A program is a service on the class
 * path ({@link org.uatwin.informationmodel.inference.InferenceEngine}); none ships with the server, because they are heavy.
 */
@NullMarked
package org.uatwin.informationmodel.inference;

import org.jspecify.annotations.NullMarked;
