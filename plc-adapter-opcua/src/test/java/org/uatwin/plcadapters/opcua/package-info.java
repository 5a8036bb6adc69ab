/** Tests of the OPC UA adapter; {@code *IT} against a server of Milo in this process. */
@NullMarked
package org.uatwin.plcadapters.opcua;

import org.jspecify.annotations.NullMarked;
