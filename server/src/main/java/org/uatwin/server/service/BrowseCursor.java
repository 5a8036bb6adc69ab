package org.uatwin.server.service;

import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.ViewDescription;

/**
 * Where a Browse stopped: the question and how many references of the node were looked at. The references themselves are
 * asked for again, so that a continuation point of a large folder costs nothing to keep.
 *
 * @param nextReference index of the first reference not yet looked at, before any filter.
 * @param maxReferences references per response, at least 1.
 */
record BrowseCursor(BrowseDescription description, ViewDescription view, int nextReference, int maxReferences) {}
