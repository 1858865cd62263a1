package dev.roster.test;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;

/**
 * Runs the main class of a server until the pipe to standard input breaks, which it does when the process that started it has
 * ended in whatever way. Stands on the JDK alone: it runs in the server's process.
 */
final class Supervised {
    private static final int ORPHANED = 86;

    private Supervised() {}

    /**
     * Runs a program.
     *
     * @param args the main class, then its arguments
     */
    public static void main(String[] args) throws ReflectiveOperationException {
        Thread watcher = new Thread(Supervised::haltAtEndOfInput, "ends-with-parent");
        watcher.setDaemon(true);
        watcher.start();
        String[] rest = new String[args.length - 1];
        System.arraycopy(args, 1, rest, 0, rest.length);
        try {
            Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the server has failed", e.getCause());
        }
    }

    private static void haltAtEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // Nobody writes; only the end matters.
            }
        } catch (IOException e) {
            // As good as the end.
        }
        Runtime.getRuntime().halt(ORPHANED);
    }
}
