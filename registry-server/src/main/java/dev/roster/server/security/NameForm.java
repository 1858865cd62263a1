package dev.roster.server.security;

/**
 * A form of names: letters, digits and some characters between them, beginning and ending with a letter or a digit, all of US-ASCII.
 * It is looked at character by character, since names are read with everything that is read from the store.
 */
public final class NameForm {
    private final boolean upperCase;
    private final String between;
    private final int longest;

    private NameForm(boolean upperCase, String between, int longest) {
        this.upperCase = upperCase;
        this.between = between;
        this.longest = longest;
    }

    /**
     * Returns a form with letters of either case.
     *
     * @param between other characters that may be between the first and the last
     * @param longest most characters, 1 or more
     */
    public static NameForm of(String between, int longest) {
        return new NameForm(true, between, longest);
    }

    /** Returns a form as {@link #of} does, but with lower-case letters only. */
    public static NameForm ofLowerCase(String between, int longest) {
        return new NameForm(false, between, longest);
    }

    /** Tells whether a name has this form. */
    public boolean accepts(String name) {
        int last = name.length() - 1;
        if (last < 0 || last >= longest || !isAlphanumeric(name.charAt(0)) || !isAlphanumeric(name.charAt(last))) {
            return false;
        }
        for (int i = 1; i < last; i++) {
            char one = name.charAt(i);
            if (!isAlphanumeric(one) && between.indexOf(one) < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean isAlphanumeric(char one) {
        return (one >= 'a' && one <= 'z') || (one >= '0' && one <= '9') || (upperCase && one >= 'A' && one <= 'Z');
    }
}
