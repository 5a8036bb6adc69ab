package org.uatwin.server.types;

import org.jspecify.annotations.Nullable;

/** The namespace table on disk cannot be used; the message says which file, what is wrong and what to do. */
public final class NamespacesFileException extends RuntimeException {

    NamespacesFileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
