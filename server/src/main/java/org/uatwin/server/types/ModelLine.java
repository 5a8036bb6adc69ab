package org.uatwin.server.types;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of a {@code *.model} table with the lines indented below it: words, then optionally {@code | description}.
 *
 * @param place resource and line number, for messages.
 * @param words split at white space.
 * @param description the text after {@code |}, or empty.
 * @param children filled while reading, then only read.
 */
record ModelLine(String place, List<String> words, String description, List<ModelLine> children) {

    /** Reads a table: two spaces of indentation a level, {@code #} opens a comment line. */
    static List<ModelLine> tree(String resource, List<String> lines) {
        List<ModelLine> roots = new ArrayList<>();
        List<ModelLine> open = new ArrayList<>(); // the line last seen on each level
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1);
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            int indent = line.indexOf(text.charAt(0));
            int level = indent / 2;
            if (indent % 2 != 0 || level > open.size()) {
                throw new IllegalStateException("%s:%d: indentation of %d".formatted(resource, number, indent));
            }
            int bar = text.indexOf(" | ");
            String words = bar < 0 ? text : text.substring(0, bar);
            ModelLine node = new ModelLine(
                    resource + ":" + number,
                    List.of(words.strip().split("\\s+")),
                    bar < 0 ? "" : text.substring(bar + 3).strip(),
                    new ArrayList<>());
            (level == 0 ? roots : open.get(level - 1).children()).add(node);
            open.subList(level, open.size()).clear();
            open.add(node);
        }
        return roots;
    }

    String word(int index) {
        if (index >= words.size()) {
            throw error("a word is missing");
        }
        return words.get(index);
    }

    /** The word after a keyword, or empty. */
    String after(String keyword) {
        int at = words.indexOf(keyword);
        return at < 0 ? "" : word(at + 1);
    }

    /** The numbers of a word such as {@code 5004/6038}. */
    List<Integer> ids(int index) {
        try {
            return List.of(word(index).split("/")).stream()
                    .map(Integer::valueOf)
                    .toList();
        } catch (NumberFormatException e) {
            throw new IllegalStateException(place + ": ids expected, found \"" + word(index) + '"', e);
        }
    }

    IllegalStateException error(String cause) {
        return new IllegalStateException(place + ": " + cause + ": " + String.join(" ", words));
    }
}
