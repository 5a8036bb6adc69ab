package org.uatwin.informationmodel.plant;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.maintenance.PlantMaintenance;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.informationmodel.type.TwinType;

/**
 * Reads a plant file. One reading reports everything there is to mend; a {@link Plant} comes out only if there is no
 * error. The grammar is in docs/reference/plant-file.md.
 */
public final class PlantFile {
    /** Major version of the form of the file this product writes and reads. */
    public static final int VERSION = 1;

    private static final String ROOT_FIX = "begin with uatwin: 1, then siteId and the rest.";

    private final Section.Context context;
    private final @Nullable Path folder;
    private final Sources sources;

    private final ModelCatalog models;
    private final ProtocolCatalog protocols;

    private PlantFile(
            Findings findings, @Nullable Path folder, Sources sources, ModelCatalog models, ProtocolCatalog protocols) {
        this.models = models;
        this.protocols = protocols;
        this.sources = sources;
        this.context =
                new Section.Context(findings, new Secrets(folder, System::getenv, findings::hide, sources::note));
        this.folder = folder;
    }

    /** Reads a file; tables and secrets it names are relative to its folder. */
    public static PlantReading read(Path path) {
        return read(path, ModelCatalog.UNKNOWN, ProtocolCatalog.MODBUS_ONLY);
    }

    /**
     * As {@link #read(Path)}, with the rest of the product.
     *
     * @param models names and parameters of simulation models are checked against these.
     * @param protocols what connections may speak beside Modbus.
     */
    public static PlantReading read(Path path, ModelCatalog models, ProtocolCatalog protocols) {
        Findings findings = new Findings();
        String name = path.toString();
        Sources sources = new Sources();
        sources.note(path);
        Optional<String> text = text(path, name, findings, sources);
        if (text.isEmpty()) {
            return new PlantReading(Optional.empty(), findings.sorted(), true, sources.files());
        }
        Path folder = path.toAbsolutePath().getParent();
        return new PlantFile(findings, folder, sources, models, protocols).readAll(name, text.get());
    }

    /** Reads a text as if it were a file of that name; it can name no tables or secret files. */
    public static PlantReading read(String text, String name) {
        return read(text, name, ProtocolCatalog.MODBUS_ONLY);
    }

    /** As {@link #read(String, String)}, with protocols beside Modbus. */
    public static PlantReading read(String text, String name, ProtocolCatalog protocols) {
        Sources sources = new Sources();
        sources.text(text);
        return new PlantFile(new Findings(), null, sources, ModelCatalog.UNKNOWN, protocols).readAll(name, text);
    }

    /**
     * What an upgrade of a file would change.
     *
     * @param text the file in the present form.
     * @param isChanged false if it was in the present form already.
     */
    public record Upgrade(String text, boolean isChanged) {}

    /**
     * Brings a file of an older major version to {@link #VERSION}. Version 1 is the first one, so there is nothing to
     * do for any file yet.
     */
    public static Upgrade upgrade(String text) {
        return new Upgrade(text, false);
    }

    /** The text of a file; empty with a finding if it cannot be read as UTF-8. */
    static Optional<String> text(Path path, String name, Findings findings, Sources sources) {
        byte[] bytes;
        try {
            if (Files.isDirectory(path)) {
                return unreadable(findings, name, 0, 0, "this is a folder", "name the file in it.");
            }
            if (Files.size(path) > YamlReader.MAX_CHARACTERS) {
                return unreadable(findings, name, 0, 0, "larger than 64 MiB", "declare twins as ranges or tables.");
            }
            bytes = sources.read(path);
        } catch (NoSuchFileException e) {
            return unreadable(findings, name, 0, 0, "there is no such file", "check the path.");
        } catch (IOException e) {
            return unreadable(
                    findings,
                    name,
                    0,
                    0,
                    "cannot be read (%s)".formatted(e.getClass().getSimpleName()),
                    "check the rights on the file.");
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        String decoded = text.flip().toString();
        if (result.isError()) {
            int line = 1 + (int) decoded.chars().filter(c -> c == '\n').count();
            int column = decoded.length() - decoded.lastIndexOf('\n');
            return unreadable(
                    findings, name, line, column, "this byte is not UTF-8", "save the file with the encoding UTF-8.");
        }
        return Optional.of(decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded);
    }

    private static Optional<String> unreadable(
            Findings findings, String name, int line, int column, String cause, String fix) {
        findings.add(new Finding(Finding.Severity.ERROR, name, line, column, "", cause, "", fix));
        return Optional.empty();
    }

    private PlantReading readAll(String name, String text) {
        Findings findings = context.findings();
        Optional<Yaml> root = YamlReader.read(name, text, findings);
        if (root.isEmpty()) {
            return new PlantReading(Optional.empty(), findings.sorted(), true, sources.files());
        }
        if (!(root.get() instanceof Yaml.Mapping mapping)) {
            findings.error(
                            root.get(),
                            "",
                            "a plant file is a mapping of keys, this is "
                                    + root.get().kind())
                    .fix(ROOT_FIX);
            return new PlantReading(Optional.empty(), findings.sorted(), true, sources.files());
        }
        Optional<Plant> plant = checkVersion(mapping) ? plant(mapping) : Optional.empty();
        return new PlantReading(
                findings.hasErrors() ? Optional.empty() : plant, findings.sorted(), false, sources.files());
    }

    private boolean checkVersion(Yaml.Mapping root) {
        Findings findings = context.findings();
        Yaml node = root.get("uatwin");
        if (!(node instanceof Yaml.Scalar version)) {
            findings.error(node == null ? root : node, "", "the file does not say which form it has")
                    .fix(ROOT_FIX);
            return false;
        }
        if (!root.entries().get(0).key().text().equals("uatwin")) {
            findings.error(root.entries().get(0).key(), "", "the first key must be uatwin")
                    .fix("move uatwin: 1 to the top.");
        }
        if (version.text().equals("" + VERSION)) {
            return true;
        }
        boolean isNewer = version.text().matches("[1-9]\\d{0,8}");
        findings.error(
                        version,
                        "",
                        "form %s of the plant file is not known; this product reads form %d"
                                .formatted(version.text(), VERSION))
                .fix(isNewer ? "use a newer release of uatwin." : "write uatwin: 1.");
        return false;
    }

    private Optional<Plant> plant(Yaml.Mapping root) {
        Section s =
                Section.of(context, Keys.ROOT, root, Template.Scope.NONE, "").orElseThrow();
        Optional<String> siteId = s.text("siteId");
        if (siteId.isPresent()
                && (!TwinReader.ID.matcher(siteId.get()).matches()
                        || siteId.get().length() > 64)) {
            s.error("siteId", "\"%s\" is no site id".formatted(siteId.get()))
                    .detail("It becomes part of the namespace urn:uatwin:site:<siteId> and never changes.")
                    .fix("use letters, digits, _ . and -, at most 64.");
        }
        Text name = s.localized("name");
        ServerSettings server = ServerReader.read(s);
        MaintenanceReader maintenanceReader = new MaintenanceReader(context, models);
        PlantMaintenance maintenance = maintenanceReader.plant(s);
        Connections connections = new ConnectionReader(context, protocols).read(s.entries("connections"));
        Map<String, TwinType> types = new LinkedHashMap<>(TypeLibrary.builtIn().byName());
        PointDefaults defaults = new PointDefaults(models);
        TypeReader typeReader = new TypeReader(
                context, TypeLibrary.builtIn().byName(), models, defaults, Optional.of(maintenanceReader));
        connections.typeTexts().forEach((protocol, text) -> types.putAll(TypeLibrary.read(protocol, text, types)));
        Yaml own = s.node("types");
        if (own != null) {
            types.putAll(typeReader.read(own));
        }
        TwinReader twinReader = new TwinReader(
                context,
                siteId.orElse(""),
                types,
                typeReader,
                connections,
                new TableReader(folder, sources),
                models,
                defaults,
                maintenanceReader);
        Yaml twinNode = s.node("twins");
        List<TwinReader.ReadTwin> read = twinNode == null ? List.of() : twinReader.read(twinNode);
        maintenanceReader.finish();
        new PlantChecks(context, read).run();
        List<Twin> systemTwins = twinReader.systemTwins();
        new DerivedChecks(context, read, systemTwins, defaults).run();
        new ControlChecks(context, read, systemTwins).run();
        if (context.findings().hasErrors()) {
            return Optional.empty();
        }
        List<Twin> twins = new ArrayList<>(read.size());
        read.forEach(r -> twins.add(r.twin()));
        return Optional.of(new Plant(
                siteId.orElseThrow(),
                name.isEmpty() ? Text.of(siteId.orElseThrow()) : name,
                server,
                maintenance,
                connections.all(),
                List.copyOf(types.values()),
                twins,
                systemTwins,
                sources.fingerprint()));
    }
}
