package dev.roster.console.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.config.ConfigFormat;
import dev.roster.api.config.ConfigVersion;
import dev.roster.api.security.Role;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

class MessagesTest {
    private static final Pattern IN_TEMPLATE = Pattern.compile("#\\{([a-zA-Z][\\w.-]*)[(}]");
    private static final Pattern IN_CODE = Pattern.compile(
            "(?:Flash\\.(?:done|problem)\\(redirect, |Flaw\\.of\\([\\w\"]+, |message\\()\"([\\w-]+\\.[\\w.-]+)\"");

    @Test
    void existInEveryLanguage() throws IOException {
        assertThat(messages("_zh").stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(messages("").stringPropertyNames());
    }

    @Test
    void areWellFormed() throws IOException {
        for (String language : List.of("", "_zh")) {
            Properties messages = messages(language);
            for (String key : messages.stringPropertyNames()) {
                String text = messages.getProperty(key);
                assertThat(text.strip()).as(key).isNotEmpty();
                assertThat(new MessageFormat(text, Locale.ENGLISH).format(new Object[]{2, 3, 4})).as(key)
                        .doesNotContain("{", "}");
                assertThat(text.replace("''", "")).as(key).doesNotContain("'");
            }
        }
    }

    @Test
    void haveTheSameArgumentsInEveryLanguage() throws IOException {
        Properties english = messages("");
        Properties chinese = messages("_zh");
        for (String key : english.stringPropertyNames()) {
            assertThat(arguments(chinese.getProperty(key))).as(key).isEqualTo(arguments(english.getProperty(key)));
        }
    }

    @Test
    void areThereForEverythingThatTemplatesAndCodeAskFor() throws IOException {
        Set<String> known = messages("").stringPropertyNames();
        Set<String> asked = new TreeSet<>();
        collect(Path.of("src/main/resources/templates"), ".html", IN_TEMPLATE, asked);
        collect(Path.of("src/main/java"), ".java", IN_CODE, asked);

        assertThat(asked).hasSizeGreaterThan(150);
        assertThat(known).containsAll(asked);
    }

    @Test
    void areThereForEveryValueThatIsShown() throws IOException {
        List<String> keys = new ArrayList<>();
        for (Role role : Role.values()) {
            keys.addAll(List.of("role." + role, "role." + role + ".hint", "account.may." + role));
        }
        for (ConfigFormat format : ConfigFormat.values()) {
            keys.add("format." + format);
        }
        for (ConfigVersion.Action action : ConfigVersion.Action.values()) {
            keys.add("history." + action);
        }
        for (Theme theme : Theme.values()) {
            keys.add("layout.theme." + theme.key());
        }
        for (Locale language : Languages.SUPPORTED) {
            keys.add("layout.language." + language.toLanguageTag());
        }
        for (String kind : List.of("invalid", "forbidden", "not-found", "no-page", "changed", "too-large", "busy",
                "away",
                "outcome-unknown", "stale-form", "failed")) {
            keys.addAll(List.of("problem." + kind + ".title", "problem." + kind + ".text"));
        }

        assertThat(messages("").stringPropertyNames()).containsAll(keys);
    }

    private static Properties messages(String language) throws IOException {
        Properties messages = new Properties();
        try (Reader reader = new java.io.InputStreamReader(
                new ClassPathResource("dev/roster/console/messages" + language + ".properties").getInputStream(),
                StandardCharsets.UTF_8)) {
            messages.load(reader);
        }
        return messages;
    }

    private static Set<String> arguments(String message) {
        Set<String> arguments = new TreeSet<>();
        Matcher matcher = Pattern.compile("\\{(\\d)").matcher(message);
        while (matcher.find()) {
            arguments.add(matcher.group(1));
        }
        return arguments;
    }

    private static void collect(Path root, String suffix, Pattern pattern, Set<String> keys) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(path -> path.toString().endsWith(suffix)).toList()) {
                Matcher matcher = pattern.matcher(Files.readString(file));
                while (matcher.find()) {
                    keys.add(matcher.group(1));
                }
            }
        }
    }
}
