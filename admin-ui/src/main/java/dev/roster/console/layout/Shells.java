package dev.roster.console.layout;

import dev.roster.console.gateway.Gateway;
import dev.roster.console.gateway.GatewayException;
import dev.roster.console.gateway.ServerAddress;
import dev.roster.console.session.ConsoleUser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Builds the frame of each page. Models get it by themselves; who renders an error asks for it. */
@ControllerAdvice("dev.roster.console")
public class Shells {
    static final String DEFAULT_NAMESPACE = "default";
    private static final String LAST_NAMESPACE = Shells.class.getName() + ".namespace";
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

    private final Gateway gateway;
    private final ServerAddress server;

    Shells(Gateway gateway, ServerAddress server) {
        this.gateway = gateway;
        this.server = server;
    }

    /** Whether the server would take {@code name} for the name of a namespace. */
    static boolean isNamespace(String name) {
        return NAMESPACE.matcher(name).matches();
    }

    /** The frame of the page that answers {@code request}. */
    @ModelAttribute("shell")
    public Shell shell(HttpServletRequest request) {
        ConsoleUser user = user();
        String namespace = namespace(request, user);
        return shell(request, user, namespace, () -> namespaces(user, namespace));
    }

    /** The frame of a page that says what went wrong: it asks the server for nothing, since that may be what went wrong. */
    public Shell shellWithoutServer(HttpServletRequest request) {
        ConsoleUser user = user();
        String namespace = namespace(request, user);
        return shell(request, user, namespace, () -> namespaces(null, namespace));
    }

    private Shell shell(HttpServletRequest request, @Nullable ConsoleUser user, String namespace,
            Supplier<List<String>> namespaces) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        String query = request.getQueryString();
        String here = "GET".equals(request.getMethod()) ? query == null ? path : path + "?" + query : null;
        return new Shell(user, namespace, area(path), Theme.of(request), LocaleContextHolder.getLocale(), here,
                apiUrl(request), namespaces);
    }

    private static @Nullable ConsoleUser user() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof ConsoleUser user ? user : null;
    }

    private static String namespace(HttpServletRequest request, @Nullable ConsoleUser user) {
        HttpSession session = user == null ? null : request.getSession(false);
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                && variables.get("ns") instanceof String named && isNamespace(named)) {
            if (session != null) {
                session.setAttribute(LAST_NAMESPACE, named);
            }
            return named;
        }
        return session != null && session.getAttribute(LAST_NAMESPACE) instanceof String last
                ? last
                : DEFAULT_NAMESPACE;
    }

    private static Shell.Area area(String path) {
        String[] parts = path.split("/", 6);
        String first = parts.length > 2 ? parts[2] : "";
        String inNamespace = parts.length > 4 ? parts[4] : "";
        return switch (first) {
            case "", "ns" -> switch (inNamespace) {
                case "" -> Shell.Area.OVERVIEW;
                case "services" -> Shell.Area.SERVICES;
                case "configs", "editor" -> Shell.Area.CONFIGS;
                default -> Shell.Area.NONE;
            };
            case "namespaces" -> Shell.Area.NAMESPACES;
            case "users" -> Shell.Area.USERS;
            case "tokens" -> Shell.Area.TOKENS;
            case "account" -> Shell.Area.ACCOUNT;
            default -> Shell.Area.NONE;
        };
    }

    private String apiUrl(HttpServletRequest request) {
        return server.configured() == null
                ? ServletUriComponentsBuilder.fromContextPath(request).build().toUriString()
                : server.configured().toString();
    }

    private List<String> namespaces(@Nullable ConsoleUser user, String present) {
        TreeSet<String> names = new TreeSet<>(List.of(DEFAULT_NAMESPACE, present));
        if (user != null) {
            try {
                names.addAll(gateway.as(user.token()).listNamespaces().items());
            } catch (GatewayException e) {
                // The page itself says that the server is away; a switcher with fewer names is no second message.
                return List.copyOf(names);
            }
        }
        return List.copyOf(names);
    }
}
