/**
 * The event core: events as light field records, delivered to event monitored items without one node per event.
 *
 * <p>{@link org.uatwin.server.event.EventHub#raise} takes an {@link org.uatwin.server.event.EventRecord}, evaluates
 * each distinct select clause and where-clause once and puts the fields into the queues of the items that match. Where
 * clauses are our own ({@link org.uatwin.server.event.WhereClause}), with the operators of OPC UA Part 4, 7.7.3 in
 * three-valued logic. {@link org.uatwin.server.event.AuditTrail} turns writes, calls and session changes into audit events.
 *
 * <p>Threads: {@code raise} runs on the caller's thread, request or engine; items synchronise on themselves. Event types
 * are real nodes in a managed namespace; conditions with state belong to the alarm room.
 */
@NullMarked
package org.uatwin.server.event;

import org.jspecify.annotations.NullMarked;
