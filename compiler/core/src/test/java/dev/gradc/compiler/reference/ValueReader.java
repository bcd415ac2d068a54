package dev.gradc.compiler.reference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code x = 2, A = [[1, 2], [3, 4]]}. */
final class ValueReader {

    private final String text;
    private int at;

    ValueReader(String text) {
        this.text = text;
    }

    /** All assignments, in order. */
    Map<String, Written> assignments() {
        Map<String, Written> values = new LinkedHashMap<>();
        while (at < text.length()) {
            int equals = text.indexOf('=', at);
            if (equals < 0) {
                throw new IllegalArgumentException("no value in `" + text.substring(at) + "` of `" + text + "`");
            }
            String name = text.substring(at, equals).strip();
            at = equals + 1;
            values.put(name, value());
            skip(',');
        }
        return values;
    }

    private Written value() {
        List<String> numbers = new ArrayList<>();
        List<Integer> extents = new ArrayList<>();
        value(0, numbers, extents);
        return new Written(numbers, extents);
    }

    private void value(int depth, List<String> numbers, List<Integer> extents) {
        if (!skip('[')) {
            numbers.add(number());
            return;
        }
        if (extents.size() == depth) {
            extents.add(0);
        }
        int count = 0;
        do {
            value(depth + 1, numbers, extents);
            count++;
        } while (skip(','));
        if (!skip(']')) {
            throw new IllegalArgumentException("a list that does not end in `" + text + "`");
        }
        extents.set(depth, count);
    }

    private String number() {
        int start = at;
        while (at < text.length() && ",] ".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private boolean skip(char wanted) {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        boolean isThere = at < text.length() && text.charAt(at) == wanted;
        at += isThere ? 1 : 0;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return isThere;
    }
}
