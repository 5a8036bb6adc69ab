package org.uatwin.server.derived;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.conditioning.Inference;
import org.uatwin.informationmodel.inference.InferenceEngines;
import org.uatwin.informationmodel.inference.InferenceException;
import org.uatwin.informationmodel.inference.InferenceModel;

/**
 * The users' models of a plant, each opened when it is first asked; twins that declare the same share one. All questions run one after
 * the other on a thread of their own, {@code uatwin-inference}, so that a slow model delays no formula. A point has one question open at
 * most, which bounds the queue.
 */
final class InferenceModels {
    private static final long IDLE_SECONDS = 60; // then the thread ends until it is needed again

    private final ThreadPoolExecutor thread = thread();
    private volatile Executor executor = thread;
    private final Map<Key, InferenceModel> open = new HashMap<>(); // owned by the executor
    private volatile boolean isUsed;
    private boolean isClosed; // owned by the executor

    /** What makes two declarations one model. */
    private record Key(Object file, String version, Object shape) {}

    private static ThreadPoolExecutor thread() {
        ThreadPoolExecutor one =
                new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "uatwin-inference");
                    thread.setDaemon(true);
                    return thread;
                });
        one.allowCoreThreadTimeOut(true);
        return one;
    }

    /** Each question is answered before the next line of whoever asks: time stands still meanwhile. Before the first question. */
    void answerAtOnce() {
        executor = Runnable::run;
    }

    /** @param done gets the answer or the reason there is none, on the executor. */
    void ask(Inference inference, double[] rows, BiConsumer<Double, @Nullable String> done) {
        isUsed = true;
        executor.execute(() -> {
            try {
                done.accept(model(inference).run(rows), null);
            } catch (InferenceException e) {
                done.accept(Double.NaN, "%s. Fix: %s".formatted(e.getMessage(), e.fix()));
            } catch (RuntimeException | LinkageError e) {
                done.accept(Double.NaN, "%s: %s".formatted(inference.file().getFileName(), e));
            }
        });
    }

    private InferenceModel model(Inference inference) throws InferenceException {
        if (isClosed) {
            throw new InferenceException("the plant has changed", "wait for the next answer.");
        }
        Key key = new Key(inference.file(), inference.version(), inference.shape());
        InferenceModel known = open.get(key);
        if (known == null) {
            known = InferenceEngines.open(inference.file(), inference.shape());
            open.put(key, known);
        }
        return known;
    }

    /** After the question at work; whoever asks later is told so. */
    void close() {
        if (isUsed) {
            executor.execute(() -> {
                isClosed = true;
                open.values().forEach(InferenceModel::close);
                open.clear();
                thread.setKeepAliveTime(1, TimeUnit.MILLISECONDS); // the thread ends
            });
        }
    }
}
