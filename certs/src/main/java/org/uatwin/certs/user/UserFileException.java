package org.uatwin.certs.user;

import java.util.List;
import org.uatwin.certs.PkiException;

/** {@code users.yaml} is broken. The message lists every problem as {@code file:line:col: what. Fix: how}. */
public final class UserFileException extends PkiException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    UserFileException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** One line for each problem, in the order of the file. */
    public List<String> problems() {
        return problems;
    }
}
