/**
 * MQTT 5 and 3.1.1, with Sparkplug B on top.
 *
 * <p>{@link org.uatwin.plcadapters.mqtt.MqttProtocol} opens a link: one thread, named {@code mqtt-<connection>}, owns
 * everything but the socket. The client of the broker stands behind {@code MqttPort}; its threads only put messages and
 * events into the {@code Inbox}, a bounded queue that drops its oldest message and counts. The loop body is a step:
 * events, connecting, up to 2 000 messages, writes, and twenty times a second a look for what has become silent. The
 * thread calls it in production, tests call it over virtual time with a scripted port.
 *
 * <p>A message finds what it feeds by its topic in one look-up ({@code TopicRoute}), is read once by {@code payload},
 * and judged by {@code Receiver}; absence is judged by {@code Watch}; both take the StatusCode from
 * {@code informationmodel.value.Quality}. Which filters are subscribed is a pure function ({@code SubscriptionPlan}).
 * Aliases, births and deaths of Sparkplug belong to {@code sparkplug}.
 *
 * <p>What begins with {@code Virtual} is the far end: {@link org.uatwin.plcadapters.mqtt.VirtualMqttDevices} publishes what the
 * same addresses describe and obeys the commands, stepped from outside; {@code VirtualStation} is a device with what a
 * fault makes of its messages, {@code VirtualTopic} and {@code VirtualEdgeNode} say when and what. Behind
 * {@code VirtualOutput} stands one thread a connection, {@code virtual-mqtt-<connection>}, that owns the ports
 * ({@code VirtualSessions}). It is here and not in {@code device} because both ends share addresses and ports.
 */
@NullMarked
package org.uatwin.plcadapters.mqtt;

import org.jspecify.annotations.NullMarked;
