package dev.roster.console.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * What a browser without script does: keeps cookies, follows links and redirects, submits forms with the fields that they
 * have. It speaks HTTP to a console that runs, since forwards, cookies, error pages and limits of the container are a part
 * of what pages depend on, and a mocked container has none of them.
 */
public final class Browser {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http = HttpClient.newBuilder().cookieHandler(cookies).version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER).build();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final URI root;
    private HttpResponse<String> answer;
    private Document page;

    public Browser(int port) {
        root = URI.create("http://127.0.0.1:" + port);
    }

    /** Sends a header with every further request. */
    public Browser with(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Signs in by the page that is for it. */
    public Browser signIn(String user) {
        open("/console/sign-in");
        submit("form[action=/console/sign-in]", Map.of("username", user, "password", "correct horse battery"));
        return this;
    }

    /** Opens a page, following redirects. */
    public Document open(String path) {
        get(path);
        return follow();
    }

    /** Asks for a path and stays there. */
    public Document get(String path) {
        return send(request(root.resolve(path)).GET());
    }

    /** Follows redirects until there is a page. */
    public Document follow() {
        for (int i = 0; i < 5 && answer.statusCode() / 100 == 3; i++) {
            URI next = answer.uri().resolve(header("Location"));
            send(request(next).GET());
        }
        return page;
    }

    /** Fills the only form that {@code selector} finds, presses its first button and follows redirects. */
    public Document submit(String selector, Map<String, String> fields) {
        Element form = page.select(selector).first();
        return press(form.selectFirst("button"), fields);
    }

    /** Fills the form around a button, presses the button and follows redirects. */
    public Document press(Element button, Map<String, String> fields) {
        pressOnly(button, fields);
        return follow();
    }

    /** Fills the form around a button, presses the button and stays there. */
    public Document pressOnly(Element button, Map<String, String> fields) {
        Element form = button.closest("form");
        Map<String, String> values = values(form);
        fields.forEach((name, value) -> {
            if (!values.containsKey(name)) {
                throw new AssertionError("no field " + name + " in " + values.keySet());
            }
            boolean area = !form.select("textarea[name=" + name + "]").isEmpty();
            values.put(name, area ? lineEnds(value) : value);
        });
        if (button.hasAttr("name")) {
            values.put(button.attr("name"), button.attr("value"));
        }
        String action = button.hasAttr("formaction") ? button.attr("formaction") : form.attr("action");
        URI target = action.isEmpty() ? answer.uri() : answer.uri().resolve(action);
        if (form.attr("method").equalsIgnoreCase("post")) {
            return post(target, values);
        }
        return send(request(URI.create(target.toString().replaceFirst("\\?.*", "") + "?" + encoded(values))).GET());
    }

    /** Sends a form that no page has. */
    public Document post(String path, Map<String, String> fields) {
        return post(root.resolve(path), fields);
    }

    private Document post(URI target, Map<String, String> fields) {
        return send(request(target).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(fields))));
    }

    /** The button with this text. */
    public Element button(String text) {
        return page.select("button").stream().filter(button -> button.text().equals(text)).findFirst()
                .orElseThrow(
                        () -> new AssertionError("no button '" + text + "' in " + page.select("button").eachText()));
    }

    /** The link with this text. */
    public Element link(String text) {
        return page.select("a").stream().filter(link -> link.text().equals(text)).findFirst()
                .orElseThrow(() -> new AssertionError("no link '" + text + "' in " + page.select("a").eachText()));
    }

    /** Follows the link with this text. */
    public Document click(String text) {
        return open(link(text).absUrl("href"));
    }

    public Document page() {
        return page;
    }

    public int status() {
        return answer.statusCode();
    }

    public String body() {
        return answer.body();
    }

    public HttpHeaders headers() {
        return answer.headers();
    }

    /** The value of a header, empty if there is none. */
    public String header(String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    /** Path and query of the page. */
    public String location() {
        URI uri = answer.uri();
        return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    }

    /** Names and values of the cookies. */
    public Map<String, String> cookies() {
        return cookies.getCookieStore().getCookies().stream()
                .collect(Collectors.toMap(HttpCookie::getName, HttpCookie::getValue));
    }

    /** Text of the message on top of the page, empty if there is none. */
    public String notice() {
        return page.select("main > .notice").text();
    }

    /** Texts of a table's cells, row by row. */
    public List<List<String>> rows(String selector) {
        return page.select(selector + " tbody tr").stream()
                .map(row -> row.children().stream().map(Element::text).toList()).toList();
    }

    private HttpRequest.Builder request(URI target) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target).timeout(PATIENCE).header("Accept", "text/html");
        headers.forEach(request::setHeader);
        return request;
    }

    private Document send(HttpRequest.Builder request) {
        try {
            answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            // HTML, "preprocessing the input stream": line ends are line feeds before anything is parsed.
            page = Jsoup.parse(answer.body().replace("\r\n", "\n"), answer.uri().toString());
            return page;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What a browser would send, with CR LF at line ends as browsers do. */
    private static Map<String, String> values(Element form) {
        Map<String, String> values = new LinkedHashMap<>();
        List<Element> fields = new ArrayList<>(form.select("input[name], textarea[name], select[name]"));
        for (Element field : fields) {
            String name = field.attr("name");
            switch (field.normalName()) {
                case "textarea" -> values.put(name, lineEnds(text(field)));
                case "select" -> {
                    Element chosen = field.selectFirst("option[selected]");
                    values.put(name, (chosen == null ? field.selectFirst("option") : chosen).attr("value"));
                }
                default -> {
                    if (!field.attr("type").equals("radio") || field.hasAttr("checked")) {
                        values.put(name, field.attr("value"));
                    }
                }
            }
        }
        return values;
    }

    private static String lineEnds(String text) {
        return text.replace("\r\n", "\n").replace("\n", "\r\n");
    }

    /** The text of an area; a line feed right after the tag does not count (HTML, "textarea"). */
    public static String text(Element area) {
        String text = area.wholeText();
        return text.startsWith("\n") ? text.substring(1) : text;
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
