package dev.roster.server.registry;

import dev.roster.server.registry.InstanceFilter.Attribute;
import dev.roster.server.security.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads filters, as {@link InstanceFilter#parse} describes them. For one text, once. */
final class FilterParser {

    /** Longest filter: some twenty comparisons. It is also what bounds the work of matching. */
    private static final int MAX_CHARACTERS = 1024;

    /** Deepest nesting of parentheses and negations. */
    private static final int MAX_DEPTH = 16;

    private static final String METADATA = "metadata";
    private static final String COMPARISON = "a comparison such as zone == \"a\", \"canary\" in tags, or healthy";
    private static final List<String> RESERVED = List.of("and", "or", "not", "in", "like");

    private final String field;
    private final String text;
    private final List<FilterToken> tokens;
    private int next;
    private int depth;

    FilterParser(String field, String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new InvalidArgumentException(field, text, "at most " + MAX_CHARACTERS + " characters");
        }
        this.field = field;
        this.text = text;
        this.tokens = FilterToken.read(field, text);
    }

    InstanceFilter parse() {
        InstanceFilter filter = any();
        if (peek().kind() != FilterToken.Kind.END) {
            throw refused("and, or, or the end");
        }
        return filter;
    }

    private InstanceFilter any() {
        List<InstanceFilter> parts = new ArrayList<>(List.of(all()));
        while (skipWord("or")) {
            parts.add(all());
        }
        return parts.size() == 1 ? parts.getFirst() : new InstanceFilter.Any(parts);
    }

    private InstanceFilter all() {
        List<InstanceFilter> parts = new ArrayList<>(List.of(one()));
        while (skipWord("and")) {
            parts.add(one());
        }
        return parts.size() == 1 ? parts.getFirst() : new InstanceFilter.All(parts);
    }

    private InstanceFilter one() {
        if (++depth > MAX_DEPTH) {
            throw refused("nesting of at most " + MAX_DEPTH);
        }
        InstanceFilter filter;
        if (skipWord("not")) {
            filter = new InstanceFilter.Not(one());
        } else if (skipSymbol("(")) {
            filter = any();
            demandSymbol(")");
        } else {
            filter = comparison();
        }
        depth--;
        return filter;
    }

    private InstanceFilter comparison() {
        FilterToken left = peek();
        if (left.kind() == FilterToken.Kind.QUOTED || isBeforeIn()) {
            return tagged(value());
        }
        Optional<InstanceFilter.Flag> flag = constant(InstanceFilter.Flag.values(), left);
        if (flag.isPresent()) {
            next++;
            return flag.get();
        }
        Attribute attribute = attribute();
        if (skipSymbol("==")) {
            return new InstanceFilter.Equal(attribute, value());
        }
        if (skipSymbol("!=")) {
            return new InstanceFilter.Not(new InstanceFilter.Equal(attribute, value()));
        }
        if (skipWord("like")) {
            return new InstanceFilter.Like(attribute, new Wildcard(value()));
        }
        throw refused("==, != or like");
    }

    private boolean isBeforeIn() {
        int after = Math.min(next + 1, tokens.size() - 1);
        return peek().kind() == FilterToken.Kind.WORD && !RESERVED.contains(peek().text())
                && (tokens.get(after).isWord("in") || tokens.get(after).isWord("not"));
    }

    private InstanceFilter tagged(String tag) {
        boolean not = skipWord("not");
        if (!skipWord("in")) {
            throw refused("in");
        }
        if (!skipWord("tags")) {
            throw refused("tags");
        }
        InstanceFilter tagged = new InstanceFilter.Tagged(tag);
        return not ? new InstanceFilter.Not(tagged) : tagged;
    }

    private Attribute attribute() {
        FilterToken token = peek();
        Optional<InstanceFilter.Named> named = constant(InstanceFilter.Named.values(), token);
        if (named.isPresent()) {
            next++;
            return named.get();
        }
        if (token.isWord(METADATA)) {
            next++;
            demandSymbol("[");
            Attribute entry = new InstanceFilter.Metadata(value());
            demandSymbol("]");
            return entry;
        }
        if (token.kind() == FilterToken.Kind.WORD && token.text().startsWith(METADATA + '.')
                && token.text().length() > METADATA.length() + 1) {
            next++;
            return new InstanceFilter.Metadata(token.text().substring(METADATA.length() + 1));
        }
        throw refused(COMPARISON);
    }

    private String value() {
        FilterToken token = peek();
        if (token.kind() == FilterToken.Kind.QUOTED
                || (token.kind() == FilterToken.Kind.WORD && !RESERVED.contains(token.text()))) {
            next++;
            return token.text();
        }
        throw refused("a word, or a value in double quotes");
    }

    private static <E extends Enum<E>> Optional<E> constant(E[] constants, FilterToken token) {
        return Arrays.stream(constants)
                .filter(constant -> token.isWord(constant.name().toLowerCase(Locale.ROOT))).findFirst();
    }

    private FilterToken peek() {
        return tokens.get(next);
    }

    private boolean skipWord(String word) {
        boolean found = peek().isWord(word);
        next += found ? 1 : 0;
        return found;
    }

    private boolean skipSymbol(String symbol) {
        boolean found = peek().isSymbol(symbol);
        next += found ? 1 : 0;
        return found;
    }

    private void demandSymbol(String symbol) {
        if (!skipSymbol(symbol)) {
            throw refused(symbol);
        }
    }

    private InvalidArgumentException refused(String expected) {
        return FilterToken.refused(field, text, peek().at(), expected);
    }
}
