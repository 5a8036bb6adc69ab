package org.uatwin.informationmodel.plant;

/** An address that cannot be: what is wrong, why, and what to write instead. */
final class AddressException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String detail;
    private final String fix;

    AddressException(String cause, String detail, String fix) {
        super(cause);
        this.detail = detail;
        this.fix = fix;
    }

    String text() {
        return String.valueOf(getMessage());
    }

    String detail() {
        return detail;
    }

    String fix() {
        return fix;
    }
}
