package org.uatwin.informationmodel.plant;

/** An address that cannot be: what is wrong, why, and what to write instead. */
public final class AddressException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String detail;
    private final String fix;

    /**
     * @param cause quotes the address.
     * @param detail why, with the allowed range; may be empty.
     * @param fix what to do.
     */
    public AddressException(String cause, String detail, String fix) {
        super(cause);
        this.detail = detail;
        this.fix = fix;
    }

    public String text() {
        return String.valueOf(getMessage());
    }

    public String detail() {
        return detail;
    }

    public String fix() {
        return fix;
    }
}
