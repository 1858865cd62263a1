package dev.roster.server.config.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.config.format.DocumentProperties;
import dev.roster.server.config.format.DocumentProperty;
import dev.roster.server.config.format.TextQuotes;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SecretVaultTest {
    private static final NamespaceName NAMESPACE = new NamespaceName("default");
    private static final SecretPlace PLACE = new SecretPlace(NAMESPACE, "orders");
    private static final MasterKey MASTER = new MasterKey(new byte[32]);

    private static final SecretPlace OTHER_PLACE = new SecretPlace(new NamespaceName("elsewhere"), "other");

    private final LocalStore local = new LocalStore();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SecretVault vault = vault(new LocalKeyWrapping(() -> List.of(MASTER), () -> {}, new SecureRandom()));

    @AfterEach
    void close() {
        local.close();
    }

    private SecretVault vault(KeyWrapping wrapping) {
        return new SecretVault(local.store, wrapping, new SecureRandom(), local.clock, meters);
    }

    private String seal(DocumentFormat format, String content) {
        return vault.seal(local.store.view(), PLACE, format, content).content();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void encryptsWhatIsMarkedAndNothingElse(DocumentFormat format, String content, String plain) {
        String sealed = seal(format, content);

        assertThat(sealed).doesNotContain("hunter2", SecretText.MARK).contains(SecretToken.PREFIX);
        assertThat(format.check(sealed)).isEmpty();
        assertThat(SecretText.mask(sealed)).contains(SecretText.MASK).doesNotContain("rs1.");
        assertThat(format.check(SecretText.mask(sealed))).isEmpty();
        assertThat(vault.open(PLACE, format, sealed)).isEqualTo(plain);
        assertThat(seal(format, sealed)).as("given back as it is").isEqualTo(sealed);
        String marked = vault.mark(PLACE, format, sealed);
        assertThat(marked).contains(SecretText.MARK).doesNotContain(SecretToken.PREFIX);
        String elsewhere = vault.seal(local.store.view(), OTHER_PLACE, format, marked).content();
        assertThat(vault.open(OTHER_PLACE, format, elsewhere)).as("at another place").isEqualTo(plain);
        assertThat(vault.mark(OTHER_PLACE, format, elsewhere)).isEqualTo(marked);
    }

    static Stream<Arguments> documents() {
        return Stream.of(
                Arguments.of(DocumentFormat.YAML, "a: 1\ndb:\n  password: \"{secret}hunter2\" # why\nz: 2\n",
                        "a: 1\ndb:\n  password: \"hunter2\" # why\nz: 2\n"),
                Arguments.of(DocumentFormat.YAML, "a: '{secret}hunter2 it''s'\nb: [\"{secret}hunter2\", x]\n",
                        "a: \"hunter2 it's\"\nb: [\"hunter2\", x]\n"),
                Arguments.of(DocumentFormat.YAML, "key: |\n  {secret}-----hunter2\n  two\nnext: 1\n",
                        "key: \"-----hunter2\\ntwo\\n\"\nnext: 1\n"),
                Arguments.of(DocumentFormat.YAML, "key: >-\n  {secret}hunter2\n  two\n", "key: \"hunter2 two\"\n"),
                Arguments.of(DocumentFormat.YAML,
                        "# \uD83D\uDE00\na: \"\uD83D\uDE00\"\nb: \"{secret}hunter2\uD83D\uDE00\"\n",
                        "# \uD83D\uDE00\na: \"\uD83D\uDE00\"\nb: \"hunter2\\U0001F600\"\n"),
                Arguments.of(DocumentFormat.YAML, "a: &x\n  p: \"{secret}hunter2\"\nb: *x\n",
                        "a: &x\n  p: \"hunter2\"\nb: *x\n"),
                Arguments.of(DocumentFormat.PROPERTIES, "a=1\npassword = {secret}hunter2\\n two\nb=2",
                        "a=1\npassword = hunter2\\n two\nb=2"),
                Arguments.of(DocumentFormat.JSON, "{\"a\": [{\"p\": \"{secret}hunter2\\\"\\n\"}], \"n\": 1}",
                        "{\"a\": [{\"p\": \"hunter2\\\"\\n\"}], \"n\": 1}"),
                Arguments.of(DocumentFormat.TOML, "[db]\npassword = '{secret}hunter2\\' # c\nn = 1\n",
                        "[db]\npassword = \"hunter2\\\\\" # c\nn = 1\n"),
                Arguments.of(DocumentFormat.TOML, "t = { p = \"\"\"{secret}hunter2\ntwo\"\"\" }\n",
                        "t = { p = \"hunter2\\ntwo\" }\n"),
                Arguments.of(DocumentFormat.XML,
                        "<a b=\"{secret}hunter2{/secret}\">x{secret}hunter2 &amp; co{/secret}y</a>",
                        "<a b=\"hunter2\">xhunter2 &amp; coy</a>"),
                Arguments.of(DocumentFormat.TEXT, "user ann\npass {secret}hunter2{/secret} end",
                        "user ann\npass hunter2 end"));
    }

    @ParameterizedTest
    @MethodSource("misplaced")
    void refusesWhatWouldStayInTheClear(DocumentFormat format, String content, int line) {
        assertThatThrownBy(() -> seal(format, content)).isInstanceOfSatisfying(MisplacedSecretException.class, e -> {
            assertThat(e.flaw().line()).isEqualTo(line);
            assertThat(e).hasMessageNotContaining("hunter2");
        });
    }

    static Stream<Arguments> misplaced() {
        return Stream.of(Arguments.of(DocumentFormat.YAML, "a: 1\n# {secret}hunter2\n", 2),
                Arguments.of(DocumentFormat.YAML, "a: \"x{secret}hunter2\"\n", 1),
                Arguments.of(DocumentFormat.YAML, "b: 1\n\"{secret}hunter2\": x\n", 2),
                Arguments.of(DocumentFormat.YAML, "b: 1\na: &x \"{secret}hunter2\"\n", 2),
                Arguments.of(DocumentFormat.YAML, "b: 1\na: !!str \"{secret}hunter2\"\n", 2),
                Arguments.of(DocumentFormat.YAML, "a: \"{secret}\"\n", 1),
                Arguments.of(DocumentFormat.YAML, "a: \"{cipher}***\"\n", 1),
                Arguments.of(DocumentFormat.YAML, "a: \"{cipher}rs1.AAAA\"\n", 1),
                Arguments.of(DocumentFormat.PROPERTIES, "a=1\n# {secret}hunter2\n", 2),
                Arguments.of(DocumentFormat.TEXT, "a {secret}hunter2", 1),
                Arguments.of(DocumentFormat.XML, "<a>{secret}hunter2</a>", 1),
                Arguments.of(DocumentFormat.JSON, "{\"a\": 1,\n\"b\": \" {secret}hunter2\"}", 2));
    }

    @Test
    void bindsASecretToNamespaceItemAndPath() {
        String sealed = seal(DocumentFormat.YAML, "a: \"{secret}hunter2\"\n");

        assertThatThrownBy(() -> vault.open(new SecretPlace(NAMESPACE, "other"), DocumentFormat.YAML, sealed))
                .isInstanceOf(SecretUnreadableException.class);
        assertThatThrownBy(() -> vault.open(PLACE, DocumentFormat.YAML, sealed.replace("a:", "b:")))
                .isInstanceOf(SecretUnreadableException.class);
        assertThatThrownBy(() -> seal(DocumentFormat.YAML, sealed.replace("a:", "b:")))
                .isInstanceOf(MisplacedSecretException.class);
        assertThatThrownBy(() -> vault.seal(local.store.view(), new SecretPlace(new NamespaceName("x"), "orders"),
                DocumentFormat.YAML, sealed)).isInstanceOf(MisplacedSecretException.class);
        int last = sealed.lastIndexOf('"') - 2;
        String damaged = sealed.substring(0, last) + (sealed.charAt(last) == 'A' ? 'B' : 'A')
                + sealed.substring(last + 1);
        assertThatThrownBy(() -> vault.open(PLACE, DocumentFormat.YAML, damaged))
                .isInstanceOf(SecretUnreadableException.class);
    }

    @Test
    void tellsNothingByEqualityAndLittleByLength() {
        String one = seal(DocumentFormat.PROPERTIES, "a={secret}x");
        String same = seal(DocumentFormat.PROPERTIES, "a={secret}x");
        String longer = seal(DocumentFormat.PROPERTIES, "a={secret}" + "x".repeat(31));

        assertThat(one).isNotEqualTo(same).hasSameSizeAs(longer);
    }

    @Test
    void leavesForeignCiphersAlone() {
        String spring = "a={cipher}AQBzbGVlcA==\nb={cipher}0a1b";

        assertThat(seal(DocumentFormat.PROPERTIES, spring)).isEqualTo(spring);
        assertThat(SecretText.mask(spring)).isEqualTo(spring);
    }

    @ParameterizedTest
    @EnumSource(value = DocumentFormat.class, names = {"YAML", "PROPERTIES", "JSON", "TOML"})
    void givesBackEveryText(DocumentFormat format) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder();
            int length = 1 + random.nextInt(60);
            while (text.length() < length) {
                int codePoint = random.nextInt(4) == 0 ? random.nextInt(0x11000) : 9 + random.nextInt(120);
                if (Character.isDefined(codePoint) && !(codePoint >= 0xD800 && codePoint <= 0xDFFF)
                        && (codePoint >= 0xA0 || (codePoint >= ' ' && codePoint < 0x7F)
                                || "\n\t\r".indexOf(codePoint) >= 0)) {
                    text.appendCodePoint(codePoint);
                }
            }
            String secret = text.toString();
            String quoted = TextQuotes.quote(format, SecretText.MARK + secret);
            String content = switch (format) {
                case JSON -> "{\"p\": " + quoted + "}";
                case YAML -> "p: " + quoted + "\n";
                default -> "p = " + quoted + "\n";
            };

            String opened = vault.open(PLACE, format, seal(format, content));

            assertThat(DocumentProperties.read(format, opened).properties()).extracting(DocumentProperty::value)
                    .as("seed %d, round %d", seed, i).containsExactly(secret);
        }
    }

    @Test
    void needsAMasterKey() {
        SecretVault closed = SecretVault.closed(local.store, local.clock);

        assertThatThrownBy(() -> closed.seal(local.store.view(), PLACE, DocumentFormat.PROPERTIES, "a={secret}x"))
                .isInstanceOf(MasterKeyUnavailableException.class);
        assertThat(closed.seal(local.store.view(), PLACE, DocumentFormat.PROPERTIES, "a=x").content()).isEqualTo("a=x");

        String sealed = seal(DocumentFormat.PROPERTIES, "a={secret}x");
        byte[] other = new byte[32];
        other[0] = 1;
        SecretVault stranger = vault(
                new LocalKeyWrapping(() -> List.of(new MasterKey(other)), () -> {}, new SecureRandom()));
        assertThatThrownBy(() -> stranger.open(PLACE, DocumentFormat.PROPERTIES, sealed))
                .isInstanceOf(MasterKeyUnavailableException.class).hasMessageContaining(MASTER.id());
        assertThat(meters.counter("roster.config.secrets", "outcome", "failed").count()).isEqualTo(1);
    }

    @Test
    void refusesTooMany() {
        String content = "a={secret}x\n";
        StringBuilder many = new StringBuilder(content);
        for (int i = 0; i < SecretVault.MAX_SECRETS; i++) {
            many.append('p').append(i).append("={secret}x\n");
        }

        assertThatThrownBy(() -> seal(DocumentFormat.PROPERTIES, many.toString()))
                .isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> seal(DocumentFormat.PROPERTIES, content + "f=" + "x".repeat(1024 * 1024 - 40)))
                .isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void doesNotShowKeys() {
        assertThat(MASTER.toString()).isEqualTo("MasterKey[" + MASTER.id() + "]");
        assertThat(MASTER.id()).matches("[0-9a-f]{16}").isNotEqualTo("0".repeat(16));
    }
}
