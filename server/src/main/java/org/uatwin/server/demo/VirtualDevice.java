package org.uatwin.server.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.ModbusTable;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.plcadapters.codec.Decoded;
import org.uatwin.plcadapters.device.Fault;
import org.uatwin.plcadapters.device.VirtualModbusUnit;
import org.uatwin.simulation.virtual.VirtualMachine;

/**
 * A virtual machine behind the registers of one Modbus unit, at the addresses its twin is bound to. Stepped by the
 * virtual plant's thread; writes of masters are taken over with the next step.
 */
final class VirtualDevice {
    private static final double SECONDS_PER_HOUR = 3600;
    private static final Set<String> COUNTERS = Set.of("RunHours", "Starts");

    private final Twin twin;
    private final VirtualMachine machine;
    private final VirtualModbusUnit unit;
    private final Map<String, String> texts = new HashMap<>(); // owned by the plant's thread
    private final java.util.concurrent.ConcurrentLinkedQueue<Write> writes =
            new java.util.concurrent.ConcurrentLinkedQueue<>();
    private double runSeconds;
    private long starts;
    private boolean wasRunning;

    private record Write(ModbusTable table, int offset, int quantity) {}

    VirtualDevice(Twin twin, VirtualMachine machine, VirtualModbusUnit unit) {
        this.twin = twin;
        this.machine = machine;
        this.unit = unit;
        texts.put("RecipeName", "Standard");
        unit.onWrite((table, offset, quantity) -> writes.add(new Write(table, offset, quantity)));
        publish();
    }

    Twin twin() {
        return twin;
    }

    VirtualMachine machine() {
        return machine;
    }

    void step(double seconds) {
        for (Write write = writes.poll(); write != null; write = writes.poll()) {
            take(write);
        }
        machine.step(seconds);
        boolean isRunning = machine.value("Running") > 0;
        runSeconds += isRunning ? seconds : 0;
        starts += isRunning && !wasRunning ? 1 : 0;
        wasRunning = isRunning;
        unit.fault(machine.isAnswering() ? Fault.NONE : Fault.SILENT);
        publish();
    }

    private void take(Write write) {
        List<Member.Point> points = twin.type().points();
        for (int i = 0; i < points.size(); i++) {
            if (points.get(i).isWritable()
                    && twin.binding(i) instanceof Binding.Modbus binding
                    && binding.table() == write.table()
                    && binding.offset() < write.offset() + write.quantity()
                    && write.offset() < binding.offset() + binding.quantity()) {
                take(points.get(i), binding);
            }
        }
    }

    private void take(Member.Point point, Binding.Modbus binding) {
        Decoded value =
                unit.get(binding.table(), binding.offset(), binding.format(), point.dataType(), point.isArray());
        if (value.object instanceof double[] array) {
            machine.write(point.name(), array);
        } else if (value.object instanceof String text) {
            texts.put(point.name(), text);
        } else {
            machine.write(point.name(), point.dataType().toDouble(value.bits));
        }
    }

    private void publish() {
        if (!writes.isEmpty()) {
            return; // a master has just written: its registers must not be overwritten by what was there before
        }
        List<Member.Point> points = twin.type().points();
        for (int i = 0; i < points.size(); i++) {
            if (twin.binding(i) instanceof Binding.Modbus binding) {
                publish(points.get(i), binding);
            }
        }
    }

    private void publish(Member.Point point, Binding.Modbus binding) {
        Object object = object(point);
        if (object != null) {
            unit.set(binding.table(), binding.offset(), binding.format(), point.dataType(), 0, object);
        } else {
            double value = number(point.name());
            unit.set(
                    binding.table(),
                    binding.offset(),
                    binding.format(),
                    point.dataType(),
                    point.dataType() == ValueType.BOOLEAN ? Math.min(1, Math.max(0, value)) : value);
        }
    }

    private @Nullable Object object(Member.Point point) {
        if (point.isArray()) {
            return machine.values(point.name());
        }
        if (point.dataType() != ValueType.STRING) {
            return null;
        }
        String own = texts.get(point.name());
        return own == null ? machine.text(point.name()) : own;
    }

    private double number(String point) {
        if (COUNTERS.contains(point)) {
            return point.equals("Starts") ? starts : Math.floor(runSeconds / SECONDS_PER_HOUR * 100) / 100;
        }
        return machine.value(point);
    }
}
