package dev.roster.server.config.effective;

import java.util.Set;

/**
 * A condition on active profiles, such as {@code prod & (eu | !test)}: what Spring's {@code Profiles.of} understands. A mixture
 * of {@code &} and {@code |} without parentheses is refused there, and so never holds here. For one thread.
 */
final class ProfileExpression {
    private static final int MAX_DEPTH = 50;

    private final String text;
    private final Set<String> active;
    private int at;
    private int depth;
    private boolean malformed;

    private ProfileExpression(String text, Set<String> active) {
        this.text = text;
        this.active = active;
    }

    /** Tells whether an expression holds; one that is malformed does not. */
    static boolean holds(String text, Set<String> active) {
        ProfileExpression expression = new ProfileExpression(text, active);
        boolean result = expression.operands();
        return result && !expression.malformed && expression.at == text.length();
    }

    private boolean operands() {
        boolean result = operand();
        char operator = 0;
        while (!malformed && at < text.length() && text.charAt(at) != ')') {
            char next = text.charAt(at++);
            boolean mixed = operator != 0 && operator != next;
            if (mixed || (next != '&' && next != '|')) {
                malformed = true;
            } else {
                operator = next;
                boolean operand = operand();
                result = operator == '&' ? result && operand : result || operand;
            }
        }
        return result;
    }

    private boolean operand() {
        skipBlanks();
        if (at == text.length() || depth == MAX_DEPTH) {
            malformed = true;
            return false;
        }
        boolean result;
        depth++;
        if (text.charAt(at) == '!') {
            at++;
            result = !operand();
        } else if (text.charAt(at) == '(') {
            at++;
            result = operands();
            malformed |= at == text.length();
            at = Math.min(at + 1, text.length());
        } else {
            result = active.contains(profile());
        }
        depth--;
        skipBlanks();
        return result;
    }

    private String profile() {
        int start = at;
        while (at < text.length() && "!&|() ".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        malformed |= at == start;
        return text.substring(start, at);
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }
}
