package org.uatwin.server.derived;

/** A node that writes a row. */
abstract class RowNode implements Node {
    final Inputs inputs;
    final Result result;
    private final String name;

    RowNode(String name, Inputs inputs, Result result) {
        this.name = name;
        this.inputs = inputs;
        this.result = result;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Inputs inputs() {
        return inputs;
    }

    @Override
    public final int output() {
        return result.slot();
    }

    @Override
    public final String problem() {
        return result.problem();
    }

    @Override
    public long due() {
        return Long.MAX_VALUE;
    }
}
