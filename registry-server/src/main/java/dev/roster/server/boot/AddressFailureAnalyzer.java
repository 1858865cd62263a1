package dev.roster.server.boot;

import java.net.BindException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.env.Environment;

/** Says which address cannot be listened on; that of a port in use is Spring Boot's own. */
final class AddressFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {
    private final Environment environment;

    AddressFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        if (findCause(rootFailure, PortInUseException.class) != null) {
            return null;
        }
        return new FailureAnalysis(
                "The server cannot listen on " + environment.getProperty("server.address") + ", port "
                        + environment.getProperty("server.port") + ": " + cause.getMessage() + ".",
                "Set server.address to an address of this machine (127.0.0.1 for this machine alone, 0.0.0.0 for all its"
                        + " addresses) and server.port to a port that this user may use.",
                cause);
    }
}
