/**
 * What every southbound protocol offers to the server: the adapter SPI.
 *
 * <p>A {@link org.uatwin.plcadapters.adapter.Protocol}, found on the class path, says which values of {@code protocol:}
 * it serves and what the plant file may say about them, and opens links. A
 * {@link org.uatwin.plcadapters.adapter.Link} owns one connection to the field. It polls by its own plan or listens,
 * hands samples to its {@link org.uatwin.plcadapters.adapter.SampleSink} and takes {@link org.uatwin.plcadapters.adapter.WriteCommand}s, each
 * answered exactly once by a {@link org.uatwin.plcadapters.adapter.WriteResult}. Time, threads and the executor for
 * answers come from outside ({@link org.uatwin.plcadapters.adapter.LinkEnvironment}), so the same code runs over
 * virtual time in tests.
 *
 * <p>The same way serves Modbus, MQTT and what others bring. No protocol is known here, and no thread is made. What a value looks like on the wire belongs to {@code codec},
 * when it is read to {@code poll}.
 */
@NullMarked
package org.uatwin.plcadapters.adapter;

import org.jspecify.annotations.NullMarked;
