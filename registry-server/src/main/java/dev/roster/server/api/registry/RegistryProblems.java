package dev.roster.server.api.registry;

import dev.roster.server.registry.CheckNotFoundException;
import dev.roster.server.registry.HostMaintenances;
import dev.roster.server.registry.InstanceNotFoundException;
import dev.roster.server.registry.NamespaceFullException;
import dev.roster.server.registry.RegistrationContendedException;
import dev.roster.server.registry.RegistryException;
import dev.roster.server.registry.ServiceCatalog;
import dev.roster.server.registry.ServiceFullException;
import dev.roster.server.registry.ServiceNotFoundException;
import dev.roster.server.registry.TooManyHostsException;
import dev.roster.server.web.ProblemKind;
import dev.roster.server.web.ProblemMapping;
import dev.roster.server.web.ProblemReport;
import org.springframework.stereotype.Component;

/** What refusals of the registry look like to callers. */
@Component
final class RegistryProblems implements ProblemMapping<RegistryException> {
    @Override
    public Class<RegistryException> family() {
        return RegistryException.class;
    }

    @Override
    public ProblemReport report(RegistryException exception) {
        return switch (exception) {
            case InstanceNotFoundException e -> ProblemReport.of(ProblemKind.INSTANCE_NOT_FOUND,
                    "Instance " + e.instance() + " is not registered, or its time to live has run out");
            case CheckNotFoundException e -> ProblemReport.of(ProblemKind.CHECK_NOT_FOUND,
                    "Instance " + e.instance() + " has no check " + e.check() + " that waits for reports");
            case ServiceNotFoundException e -> ProblemReport.of(ProblemKind.SERVICE_NOT_FOUND,
                    "Service " + e.service() + " has no instance and is not defined");
            case ServiceFullException e -> ProblemReport.of(ProblemKind.CONFLICT, "Service " + e.service() + " has "
                    + ServiceCatalog.MAX_INSTANCES + " instances, which is the most that a service may have");
            case NamespaceFullException e ->
                ProblemReport.of(ProblemKind.CONFLICT, "Namespace " + e.namespace() + " has " + e.maxInstances()
                        + " instances, which is the most that it may have (roster.registry.max-instances-per-namespace)");
            case TooManyHostsException e ->
                ProblemReport.of(ProblemKind.CONFLICT, "Namespace " + e.namespace() + " has "
                        + HostMaintenances.MAX_HOSTS + " hosts in maintenance, which is the most that it may have");
            case RegistrationContendedException e -> ProblemReport.of(ProblemKind.CONFLICT, "Instance " + e.instance()
                    + " is being changed by others at the same time; it was not changed by this request");
        };
    }
}
