package dev.roster.console.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.ResourceBundleMessageSource;

class MomentsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:30:00Z");

    private final Moments moments = moments();

    @AfterEach
    void forgetLanguage() {
        LocaleContextHolder.resetLocaleContext();
    }

    @Test
    void showsUtcWhereverItRuns() {
        assertThat(moments.utc(Instant.parse("2026-01-02T03:04:05.678Z"))).isEqualTo("2026-01-02 03:04:05 UTC");
    }

    @ParameterizedTest
    @CsvSource({"PT0S,just now", "PT-4S,just now", "PT30S,30 seconds ago", "PT1M,1 minute ago",
            "PT59M59S,59 minutes ago",
            "PT25H,1 day ago", "PT240H,10 days ago", "PT-2H,in 2 hours", "PT-720H,in 30 days"})
    void saysHowLongAgoItWas(Duration ago, String expected) {
        LocaleContextHolder.setLocale(Locale.ENGLISH);

        assertThat(moments.relative(NOW.minus(ago))).isEqualTo(expected);
    }

    @Test
    void saysItInTheLanguageOfTheRequest() {
        LocaleContextHolder.setLocale(Locale.CHINESE);

        assertThat(moments.relative(NOW.minusSeconds(180))).isEqualTo("3 分钟前");
    }

    @ParameterizedTest
    @CsvSource({"PT0S,0 s", "PT30S,30 s", "PT90S,1 min 30 s", "PT12H,12 h", "PT24H,1 d", "PT0.5S,500 ms",
            "PT8784H,366 d"})
    void showsDurations(Duration duration, String expected) {
        assertThat(moments.duration(duration)).isEqualTo(expected);
    }

    private static Moments moments() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("dev/roster/console/messages");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        messages.setAlwaysUseMessageFormat(true);
        return new Moments(messages, InstantSource.fixed(NOW));
    }
}
