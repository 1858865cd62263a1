package dev.roster.server.config.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever a document holds, it is either good or refused with a place that it has; the parsers never fail otherwise. */
class DocumentFormatPropertyTest {
    private static final Map<DocumentFormat, String> GOOD = Map.of( //
            DocumentFormat.YAML,
            "a: &x {b: 1, c: [x, 'y', \"z\\u00e4\"]}\nd:\n  - <<: *x\n    e: !!int 3\n---\nt: 2024-01-01\nl: |2-\n   x\n?  k\n: !!binary YQ==\n",
            DocumentFormat.PROPERTIES, "a.b=1\nc : d\\\n  e\n#---\nf\\u0041 g\n",
            DocumentFormat.JSON, "{\"a\": [1.5e3, true, null, \"x\\u00e4\"],\n \"b\": {\"c\": -1}}",
            DocumentFormat.TOML,
            "a.b = 1\n[t.\"u\"]\nx = [1, {y = 2.5e1}, 2024-01-01T00:00:00Z]\n[[l]]\ns = \"\"\"\nx\\u00e4\"\"\"\nz = 'q' # c\n",
            DocumentFormat.XML,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- c -->\n<a b=\"1\">\n<c>x &amp; &#228;</c><![CDATA[ < ]]></a>\n",
            DocumentFormat.TEXT, "x\ny");

    private static final int DOCUMENTS = Integer.getInteger("roster.format.documents", 12_000);

    private static final String SPECIAL = "{}[]()<>:=,.#&*!?|-+'\"\\/%@`~_ \t\r\n\u0000\u0007\u0085\uFEFF\uD83D\uDE00\uD800aux0819eE";

    @Test
    void isAlwaysGoodOrRefusedWithAPlace() {
        long seed = Long.getLong("roster.format.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < DOCUMENTS; i++) {
            DocumentFormat format = DocumentFormat.values()[i % DocumentFormat.values().length];
            String content = damage(GOOD.get(format), random);

            Optional<DocumentFlaw> flaw = check(format, content, seed);

            flaw.ifPresent(found -> {
                long ends = content.chars().filter(c -> "\n\r\u0085\u2028\u2029".indexOf(c) >= 0).count();
                assertThat((long) found.line()).as("seed %d: %s in %s", seed, found, content).isBetween(1L, ends + 1);
                assertThat(found.column()).as("seed %d: %s in %s", seed, found, content).isPositive();
            });
        }
    }

    private static Optional<DocumentFlaw> check(DocumentFormat format, String content, long seed) {
        try {
            return format.check(content);
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("seed " + seed + ": " + format + " fails for " + content, e);
        }
    }

    private static String damage(String good, SplittableRandom random) {
        StringBuilder content = new StringBuilder(good);
        for (int changes = random.nextInt(1, 5); changes > 0; changes--) {
            int at = random.nextInt(content.length() + 1);
            int to = Math.min(content.length(), at + random.nextInt(6));
            switch (random.nextInt(4)) {
                case 0 -> content.delete(at, to);
                case 1 -> content.insert(at, SPECIAL.charAt(random.nextInt(SPECIAL.length())));
                case 2 -> content.insert(random.nextInt(content.length() + 1), content.substring(at, to));
                default -> content.replace(at, Math.min(content.length(), at + 1),
                        String.valueOf(SPECIAL.charAt(random.nextInt(SPECIAL.length()))));
            }
        }
        return content.toString();
    }
}
