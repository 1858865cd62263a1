package dev.roster.server.api.description;

import dev.roster.server.web.OpenToAll;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The OpenAPI document. */
@RestController
final class DescriptionController {

    /** RFC 9512. */
    private static final String YAML = "application/yaml";

    private final Resource document = new ClassPathResource("openapi.yaml");

    @GetMapping(path = "/api/v1/openapi", produces = YAML)
    @OpenToAll(because = "whoever writes a client needs it before they have credentials; it is the same for every server")
    ResponseEntity<Resource> get() {
        return ResponseEntity.ok(document);
    }
}
