package dev.roster.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {

    @ParameterizedTest
    @ValueSource(strings = {"/console", "/console/ns/default/services?prefix=a&cursor=b%2Fc",
            "/console/ns/default/configs/a.b_c-d", "/console?x", "/console/ns/a?to=/../b"})
    void leadsToPagesOfTheConsole(String page) {
        assertThat(Destination.checked(page)).isEqualTo(page);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "/", "/api/v1/users", "//host/console", "http://host/console", "/consolex",
            "/console\\..", "/console/\r\nSet-Cookie: a=b", "/console/ü", "/console/../api", "/console/{x}",
            "/console?a={x}", "/console/ns/..",
            "/console/./x", "/console/sign-in", "/console/sign-out",
            "/console/preferences"})
    void leadsToTheStartOtherwise(String elsewhere) {
        assertThat(Destination.checked(elsewhere)).isEqualTo("/console");
    }
}
