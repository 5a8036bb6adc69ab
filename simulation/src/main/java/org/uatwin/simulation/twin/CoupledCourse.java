package org.uatwin.simulation.twin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.scenario.Course;
import org.uatwin.simulation.solver.Trajectory;
import org.uatwin.simulation.system.Simulation;

/**
 * One run of a system: parts advance one after the other in their order (Gauss-Seidel), each with the newest outputs of those before it and
 * the old ones of those after it.
 */
final class CoupledCourse implements Course {
    private final CoupledSystem system;
    private final List<Course> courses;
    private final double[][] outputs;
    private final int[][] terms; // of each sum: index into all outputs
    private final double[] atStart; // input over source at the start, of relative couplings

    CoupledCourse(CoupledSystem system, List<Course> courses) {
        this.system = system;
        this.courses = courses;
        this.outputs = new double[courses.size()][];
        for (int p = 0; p < courses.size(); p++) {
            outputs[p] = new double
                    [system.parts().get(p).subject().description().outputs().size()];
        }
        this.terms = system.sums().stream()
                .map(sum -> sum.terms().stream()
                        .mapToInt(term -> system.description().outputIndex(term))
                        .toArray())
                .toArray(int[][]::new);
        for (int p = 0; p < courses.size(); p++) {
            courses.get(p).outputs(outputs[p]);
        }
        List<CoupledSystem.Drive> drives = system.drives();
        this.atStart = new double[drives.size()];
        for (int i = 0; i < atStart.length; i++) {
            CoupledSystem.Drive d = drives.get(i);
            double before = source(d);
            atStart[i] = before == 0 ? 0 : courses.get(d.to()).input(d.input()) / before;
        }
        for (int p = 0; p < courses.size(); p++) {
            drive(p);
            courses.get(p).outputs(outputs[p]);
        }
    }

    private double source(CoupledSystem.Drive d) {
        return d.output() >= 0
                ? outputs[d.from()][d.output()]
                : courses.get(d.from()).input(d.sharedInput());
    }

    /** Sets what others drive of one part. */
    private void drive(int part) {
        List<CoupledSystem.Drive> drives = system.drives();
        for (int i = 0; i < drives.size(); i++) {
            CoupledSystem.Drive first = drives.get(i);
            if (first.to() != part || isRepeated(i)) {
                continue;
            }
            double value = 0;
            for (int k = 0; k < drives.size(); k++) {
                CoupledSystem.Drive d = drives.get(k);
                if (d.to() == part && d.input() == first.input()) {
                    value += (d.isRelative() ? atStart[k] : d.gain()) * source(d);
                }
            }
            InputSpec spec =
                    system.parts().get(part).subject().description().inputs().get(first.input());
            courses.get(part).input(first.input(), Math.max(spec.lower(), Math.min(spec.upper(), value)));
        }
    }

    /** Whether an earlier coupling drives the same input: their sum is set once. */
    private boolean isRepeated(int drive) {
        CoupledSystem.Drive d = system.drives().get(drive);
        for (int i = 0; i < drive; i++) {
            CoupledSystem.Drive earlier = system.drives().get(i);
            if (earlier.to() == d.to() && earlier.input() == d.input()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void step() {
        for (int p = 0; p < courses.size(); p++) {
            drive(p);
            courses.get(p).step();
            courses.get(p).outputs(outputs[p]);
        }
    }

    @Override
    public double input(int index) {
        throw new UnsupportedOperationException("systems of systems are not coupled");
    }

    @Override
    public void input(int index, double value) {
        throw new UnsupportedOperationException("systems of systems are not coupled");
    }

    @Override
    public double timeSeconds() {
        return courses.get(0).timeSeconds();
    }

    @Override
    public void outputs(double[] y) {
        int at = 0;
        for (double[] own : outputs) {
            System.arraycopy(own, 0, y, at, own.length);
            at += own.length;
        }
        for (int[] sum : terms) {
            double value = 0;
            for (int term : sum) {
                value += y[term];
            }
            y[at++] = value;
        }
    }

    @Override
    public boolean insideEnvelope() {
        return courses.stream().allMatch(Course::insideEnvelope);
    }

    @Override
    public OperatingMode mode() {
        return OperatingMode.RUNNING;
    }

    @Override
    public List<Trajectory.Occurrence> occurrences() {
        List<Trajectory.Occurrence> all = new ArrayList<>();
        for (int p = 0; p < courses.size(); p++) {
            CoupledSystem.Part part = system.parts().get(p);
            courses.get(p)
                    .occurrences()
                    .forEach(o -> all.add(new Trajectory.Occurrence(o.atSeconds(), part.qualified(o.name()))));
        }
        all.sort(Comparator.comparingDouble(Trajectory.Occurrence::atSeconds));
        return all;
    }

    @Override
    public List<Simulation.Figure> figures() {
        List<Simulation.Figure> all = new ArrayList<>();
        for (int p = 0; p < courses.size(); p++) {
            CoupledSystem.Part part = system.parts().get(p);
            courses.get(p)
                    .figures()
                    .forEach(f -> all.add(new Simulation.Figure(part.qualified(f.name()), f.unit(), f.value())));
        }
        return all;
    }

    @Override
    public String toString() {
        return system.twinId() + " at " + timeSeconds() + " s";
    }
}
