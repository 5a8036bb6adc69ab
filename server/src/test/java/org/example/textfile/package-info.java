/**
 * An adapter as somebody else would write it, complete and tiny: values are the lines {@code name = number} of a text
 * file. docs/how-to/add-a-protocol.md walks through it; {@code AddedProtocolIT} runs it through the whole server.
 */
@NullMarked
package org.example.textfile;

import org.jspecify.annotations.NullMarked;
