package org.uatwin.plcadapters.adapter;

import org.uatwin.informationmodel.value.StatusCode;

/**
 * What became of a {@link WriteCommand}.
 *
 * @param status Good only if the device acknowledged the value and a read-back showed it.
 * @param text place and cause for a person; empty if Good without remarks.
 */
public record WriteResult(StatusCode status, String text) {
    public static final WriteResult CONFIRMED = new WriteResult(StatusCode.GOOD, "");
}
