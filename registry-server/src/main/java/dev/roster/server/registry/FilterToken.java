package dev.roster.server.registry;

import dev.roster.server.security.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a filter.
 *
 * @param kind what it is
 * @param text a word or what stands between quotes; otherwise the characters themselves
 * @param at where it begins, in characters from 0
 */
record FilterToken(Kind kind, String text, int at) {
    private static final String SYMBOLS = "()[]";

    enum Kind {
        WORD, QUOTED, SYMBOL, END
    }

    /** Takes a filter apart; the last piece is the end. */
    static List<FilterToken> read(String field, String text) {
        List<FilterToken> tokens = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '"') {
                at = quoted(field, text, at, tokens);
            } else if (SYMBOLS.indexOf(c) >= 0) {
                tokens.add(new FilterToken(Kind.SYMBOL, String.valueOf(c), at));
                at++;
            } else if (c == '=' || c == '!') {
                if (!text.startsWith("=", at + 1)) {
                    throw refused(field, text, at, "== or !=");
                }
                tokens.add(new FilterToken(Kind.SYMBOL, text.substring(at, at + 2), at));
                at += 2;
            } else if (isWordCharacter(c)) {
                int end = at;
                while (end < text.length() && isWordCharacter(text.charAt(end))) {
                    end++;
                }
                tokens.add(new FilterToken(Kind.WORD, text.substring(at, end), at));
                at = end;
            } else {
                throw refused(field, text, at, "a word, a value in double quotes, a comparison or a parenthesis");
            }
        }
        tokens.add(new FilterToken(Kind.END, "", text.length()));
        return tokens;
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    static InvalidArgumentException refused(String field, String filter, int at, String expected) {
        return new InvalidArgumentException(field, filter, expected + " at character " + (at + 1));
    }

    /** Within quotes a backslash lets the next character stand for itself. */
    private static int quoted(String field, String text, int start, List<FilterToken> tokens) {
        StringBuilder value = new StringBuilder();
        for (int at = start + 1; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                tokens.add(new FilterToken(Kind.QUOTED, value.toString(), start));
                return at + 1;
            }
            if (c == '\\' && at + 1 < text.length()) {
                at++;
                c = text.charAt(at);
            }
            value.append(c);
        }
        throw refused(field, text, start, "a closing quote for the one");
    }

    private static boolean isWordCharacter(char c) {
        return Character.isLetterOrDigit(c) || "._-:*/".indexOf(c) >= 0;
    }
}
