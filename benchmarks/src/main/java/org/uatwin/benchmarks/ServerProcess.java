package org.uatwin.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A server under test in a JVM of its own, from its start to {@code ready URL}. */
final class ServerProcess implements AutoCloseable {
    private static final Set<String> ANSWERS =
            Set.of("gaps", "begin", "cpu", "gc", "fed", "p50", "p99", "worst", "count", "heap", "threads", "reload");

    private final Process process;
    private final BufferedReader out;
    private final Writer in;
    private final String url;
    private final double secondsToReady;
    private final double cpuSecondsToReady;

    private ServerProcess(
            Process process, BufferedReader out, String url, double secondsToReady, double cpuSecondsToReady) {
        this.process = process;
        this.out = out;
        this.in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        this.url = url;
        this.secondsToReady = secondsToReady;
        this.cpuSecondsToReady = cpuSecondsToReady;
    }

    static ServerProcess start(List<String> flags, String mainClass, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(List.of(arguments));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        String line;
        while ((line = out.readLine()) != null) {
            if (line.startsWith("ready ")) {
                double seconds = (System.nanoTime() - start) / 1e9;
                double cpu = process.info()
                        .totalCpuDuration()
                        .map(d -> d.toNanos() / 1e9)
                        .orElse(Double.NaN);
                return new ServerProcess(process, out, line.substring(6).strip(), seconds, cpu);
            }
            said.append(line).append('\n');
        }
        throw new IOException("the server ended before it was ready:\n" + said);
    }

    String url() {
        return url;
    }

    double secondsToReady() {
        return secondsToReady;
    }

    /** CPU time the process had used when it was ready: less disturbed by other work on the machine. */
    double cpuSecondsToReady() {
        return cpuSecondsToReady;
    }

    /** Asks for one line and gives the number in it, as {@link Pacer#serve} and its like answer. */
    double ask(String request) throws IOException {
        tell(request);
        return answer();
    }

    void tell(String request) throws IOException {
        in.write(request + "\n");
        in.flush();
    }

    double answer() throws IOException {
        String line;
        while ((line = out.readLine()) != null) {
            String[] words = line.split(" ");
            if (words.length == 2 && ANSWERS.contains(words[0])) {
                return Double.parseDouble(words[1]);
            }
        }
        throw new IOException("the server ended");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
