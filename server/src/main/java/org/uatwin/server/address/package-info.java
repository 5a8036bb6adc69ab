/**
 * The computed address space: nodes answered from layouts and the point table instead of stored ones.
 *
 * <p>{@link org.uatwin.server.address.Variants} is the one place where our values (bits or object, with a
 * {@link org.uatwin.informationmodel.value.ValueType}) become Milo Variants and back. It is stateless; any thread.
 */
@NullMarked
package org.uatwin.server.address;

import org.jspecify.annotations.NullMarked;
