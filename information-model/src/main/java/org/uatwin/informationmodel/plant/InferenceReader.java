package org.uatwin.informationmodel.plant;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.uatwin.informationmodel.conditioning.Inference;
import org.uatwin.informationmodel.expression.PointRef;
import org.uatwin.informationmodel.inference.InferenceEngines;
import org.uatwin.informationmodel.inference.InferenceException;
import org.uatwin.informationmodel.inference.InferenceModel;
import org.uatwin.informationmodel.inference.InferenceShape;

/** Reads {@code inference:}, and opens its model once to see that it can be asked that way. */
final class InferenceReader {
    private InferenceReader() {}

    static Optional<Inference> read(Section s) {
        Optional<Path> file = s.file("model");
        Optional<List<PointRef>> inputs = DerivationReader.points(s, "name every input once.");
        if (file.isEmpty() || inputs.isEmpty()) {
            return Optional.empty();
        }
        if (inputs.get().isEmpty()) {
            s.error("of", "no input").fix("name the points the model computes with.");
            return Optional.empty();
        }
        InferenceShape shape = new InferenceShape(
                inputs.get().size(), s.integer("window"), s.text("output").orElse(""), s.integer("element"));
        Path model = file.get().toAbsolutePath().normalize();
        try (InferenceModel opened = InferenceEngines.open(model, shape)) {
            opened.run(new double[shape.inputs() * shape.window()]);
            return Optional.of(new Inference(model, version(model), inputs.get(), s.duration("every"), shape));
        } catch (InferenceException e) {
            s.error("model", String.valueOf(e.getMessage())).fix(e.fix());
        } catch (IOException e) {
            s.error(
                            "model",
                            "%s cannot be read (%s)"
                                    .formatted(model.getFileName(), e.getClass().getSimpleName()))
                    .fix("make it readable for the user the server runs as.");
        }
        return Optional.empty();
    }

    private static String version(Path file) throws IOException {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of()
                    .formatHex(((DigestInputStream) in).getMessageDigest().digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
