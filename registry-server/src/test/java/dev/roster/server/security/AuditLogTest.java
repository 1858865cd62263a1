package dev.roster.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.MDC;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class AuditLogTest {
    private final AuditLog audit = new AuditLog();
    private final LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());

    @BeforeEach
    void nameRequest() {
        logging.setLogLevel(AuditLog.LOGGER, LogLevel.INFO);
        MDC.put("requestId", "r-1");
    }

    @AfterEach
    void forgetRequest() {
        logging.setLogLevel(AuditLog.LOGGER, null);
        MDC.remove("requestId");
    }

    @Test
    void saysWhoDidWhatFromWhereAndWhatCameOfIt(CapturedOutput output) {
        Caller caller = new Caller("eve", Role.EDITOR, Caller.Means.TOKEN, "2001:db8::1",
                new TokenId("0123456789abcdef"));

        audit.record(caller, "config.publish", Map.of("item", "orders"), "done");

        assertThat(line(output))
                .isEqualTo("action=config.publish outcome=done caller=eve role=editor token=0123456789abcdef"
                        + " address=2001:db8::1 target.item=orders requestId=r-1");
    }

    @Test
    void keepsValuesFromBeginningOtherPairsOrLines(CapturedOutput output) {
        audit.refused("eve outcome=done\"\\\r\nfaked\u2028\u0000é", "192.0.2.7", "unauthenticated");

        assertThat(line(output))
                .isEqualTo("action=login outcome=unauthenticated claimed=\"eve outcome=done\\\"\\\\\\u000d"
                        + "\\u000afaked\\u2028\\u0000é\" address=192.0.2.7 requestId=r-1");
    }

    @Test
    void cutsLongValues(CapturedOutput output) {
        audit.refused("x".repeat(10_000), "192.0.2.7", "unauthenticated");

        assertThat(line(output).length()).isLessThan(500);
    }

    @Test
    void quotesWhatIsEmpty(CapturedOutput output) {
        audit.refused("", "192.0.2.7", "unauthenticated");

        assertThat(line(output)).contains("claimed=\"\"");
    }

    /** Returns the one line that was written, without what the logging system puts in front. */
    private static String line(CapturedOutput output) {
        assertThat(output.getOut().lines()).hasSize(1);
        return output.getOut().strip().substring(output.getOut().indexOf("action="));
    }
}
