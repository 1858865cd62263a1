package dev.roster.server.config.gray;

import dev.roster.server.config.ItemKey;

/** The gray release is not as those have seen it who want to change it. */
public final class GrayReleaseMismatchException extends GrayException {
    private static final long serialVersionUID = 1L;

    private final long currentNumber;

    GrayReleaseMismatchException(ItemKey item, long version, long currentNumber) {
        super(item, version, "gray release " + version + " of item " + item + " has number " + currentNumber);
        this.currentNumber = currentNumber;
    }

    /** Returns the number that it has. */
    public long currentNumber() {
        return currentNumber;
    }
}
