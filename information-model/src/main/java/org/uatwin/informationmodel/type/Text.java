package org.uatwin.informationmodel.type;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A text in one or more languages. BrowseNames are never texts.
 *
 * @param byLocale text by BCP 47 language tag; the tag {@code ""} is a text without a language, used as the fallback.
 */
public record Text(Map<String, String> byLocale) {
    public static final Text EMPTY = new Text(Map.of());

    public Text {
        byLocale = Map.copyOf(byLocale);
    }

    public static Text of(String text) {
        return new Text(Map.of("", text));
    }

    public boolean isEmpty() {
        return byLocale.isEmpty();
    }

    /**
     * A text and its language tag.
     *
     * @param locale language tag, {@code ""} if the text has none.
     */
    public record Localized(String locale, String text) {}

    /**
     * The text in the first of {@code locales} that has one (exact tag first, then the language alone), else the text
     * without language, else English, else the first by tag; {@code ("", "")} when there is none.
     */
    public Localized in(List<String> locales) {
        for (String wanted : locales) {
            String exact = byLocale.get(wanted);
            if (exact != null) {
                return new Localized(wanted, exact);
            }
            String language = Locale.forLanguageTag(wanted).getLanguage();
            String general = language.isEmpty() ? null : byLocale.get(language);
            if (general != null) {
                return new Localized(language, general);
            }
        }
        for (String fallback : List.of("", "en")) {
            String text = byLocale.get(fallback);
            if (text != null) {
                return new Localized(fallback, text);
            }
        }
        return new TreeMap<>(byLocale)
                .entrySet().stream()
                        .findFirst()
                        .map(e -> new Localized(e.getKey(), e.getValue()))
                        .orElse(new Localized("", ""));
    }
}
